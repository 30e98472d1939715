"""What a fault makes of an answer before it goes out, and the words that tell of it."""

from dataclasses import dataclass, replace

from sandbox_app.domain.conditions.faults import (
    Cut,
    Duplicate,
    Hang,
    LostCookie,
    MalformedJson,
    Reset,
    WrongType,
)
from sandbox_app.domain.records.traffic import Headers

Alteration = WrongType | MalformedJson | LostCookie | Duplicate
Ending = Hang | Reset | Cut


@dataclass(frozen=True, slots=True)
class Sent:
    """An answer as it goes over the wire; status 0 and nothing else where none does."""

    status: int
    headers: Headers
    body: bytes

    def __str__(self) -> str:
        return f"status {self.status}, {len(self.body)} bytes"


NOTHING = Sent(0, (), b"")


def altered(answer: Sent, alteration: Alteration) -> tuple[Sent, str]:
    """The answer afterwards, and what was done to it, in words."""
    match alteration:
        case WrongType(media_type):
            return _with_type(answer, media_type)
        case MalformedJson():
            return _malformed(answer)
        case LostCookie(name):
            return _without_cookie(answer, name)
        case Duplicate():
            return answer, "it was sent twice"


def ended(answer: Sent, ending: Ending) -> tuple[Sent, str]:
    """What of the answer goes out, and how that ends, in words."""
    match ending:
        case Hang():
            return NOTHING, "no answer was sent, and the connection was left open"
        case Reset():
            return NOTHING, "no answer was sent, and the connection was reset"
        case Cut(size) if size < len(answer.body):
            words = f"the connection was closed after {size} of {len(answer.body)} bytes"
            return replace(answer, body=answer.body[:size]), words
        case Cut(size):
            return answer, f"there was nothing to cut: the body has {len(answer.body)} bytes"


def _with_type(answer: Sent, media_type: str) -> tuple[Sent, str]:
    was = _content_type(answer)
    headers = tuple(pair for pair in answer.headers if pair[0].lower() != "content-type")
    headers = (*headers, ("Content-Type", media_type))
    words = f"the Content-Type was {media_type} instead of {was or 'none'}"
    return replace(answer, headers=headers), words


def _malformed(answer: Sent) -> tuple[Sent, str]:
    if "json" not in _content_type(answer).lower() or not answer.body:
        return answer, "there was no JSON to spoil"
    # At least its last byte, the brace that closes it.
    kept = min(len(answer.body) * 3 // 4, len(answer.body) - 1)
    words = f"the last {len(answer.body) - kept} of {len(answer.body)} bytes of JSON were missing"
    return replace(answer, body=answer.body[:kept]), words


def _without_cookie(answer: Sent, name: str) -> tuple[Sent, str]:
    lost = [pair for pair in answer.headers if _is_cookie(pair, name)]
    if not lost:
        return answer, f"there was no cookie {name} to lose" if name else "there was none to lose"
    headers = tuple(pair for pair in answer.headers if pair not in lost)
    named = ", ".join(dict.fromkeys(value.partition("=")[0] for _, value in lost))
    return replace(answer, headers=headers), f"Set-Cookie was left out for {named}"


def _is_cookie(pair: tuple[str, str], name: str) -> bool:
    header, value = pair
    return header.lower() == "set-cookie" and name in ("", value.partition("=")[0])


def _content_type(answer: Sent) -> str:
    return next((value for name, value in answer.headers if name.lower() == "content-type"), "")
