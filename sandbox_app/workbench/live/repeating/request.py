"""A draft read as a request that may go out, or told in words why it may not."""

import base64
import re
from urllib.parse import quote_plus

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.domain.sending_again import Outgoing
from sandbox_app.workbench.live.exporting.sending import NOT_RECORDED, SecretOf
from sandbox_app.workbench.live.repeating.draft import CONFIGURED, MADE_ANEW, Draft
from sandbox_app.workbench.sign_in_as import PATH as SIGN_IN_AS

_METHOD = re.compile(r"[A-Z]{1,20}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_TARGET = re.compile(r"[!-~]+")
_LONGEST_TARGET = 16_000
_LONGEST_HEADER = 32_000
_MOST_HEADERS = 200
_LARGEST_BODY = 1024 * 1024
_GAPS = (NOT_RECORDED, quote_plus(NOT_RECORDED))
_OWN = ("/_demo", "/_sandbox")
_BASIC = re.compile(r"(basic\s+)" + re.escape(CONFIGURED), re.IGNORECASE)


class WrongPart(ValueError):
    """A part of a draft that cannot be sent.

    Args:
        part: `method`, `target`, `headers` or `body`.
        sentence: what is wrong with it.
    """

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part
        self.sentence = sentence


def checked(draft: Draft) -> tuple[WrongPart, ...]:
    """Everything that keeps a draft from being sent, at most one thing of each part."""
    found: list[WrongPart] = []
    for check in (_method, _target, _headers, _body):
        try:
            check(draft)
        except WrongPart as wrong:
            found.append(wrong)
    return tuple(found)


def outgoing(draft: Draft, secret_of: SecretOf) -> Outgoing:
    """The request of a draft, with the secret that its client has now.

    Raises:
        WrongPart: it cannot be sent, or there is no such secret.
    """
    secret = secret_of(draft.client_id) if draft.client_id else ""
    filling = _Filling(draft.client_id, secret)
    headers = tuple(
        (name, filling.credentials(value) if name.lower() == "authorization" else value)
        for name, value in _headers(draft)
    )
    return Outgoing(
        method=_method(draft),
        target=filling.text(_target(draft), "target"),
        headers=tuple((name, filling.text(value, "headers")) for name, value in headers),
        body=filling.text(_body(draft), "body").encode() if draft.body is not None else draft.data,
        secure=draft.secure,
    )


def edited_words(draft: Draft, before: Draft) -> str:
    """Which parts somebody changed: "method, headers"; empty where none."""
    parts = {
        "method": (draft.method, before.method),
        "target": (draft.target, before.target),
        "headers": (draft.headers.splitlines(), before.headers.splitlines()),
        "body": (draft.body, before.body),
        "scheme": (draft.secure, before.secure),
    }
    return ", ".join(name for name, (now, then) in parts.items() if now != then)


class _Filling:
    """Puts the configured secret where its place is."""

    def __init__(self, client_id: str, secret: str) -> None:
        self._client_id = client_id
        self._secret = secret

    def credentials(self, value: str) -> str:
        """An Authorization header by Basic: client id and secret as one value."""
        if not _BASIC.fullmatch(value):
            return value
        pair = f"{self._client_id}:{self._known('headers')}"
        return _BASIC.sub(lambda found: found[1] + base64.b64encode(pair.encode()).decode(), value)

    def text(self, text: str, part: str) -> str:
        """Any other text: a query, a form, a header."""
        if CONFIGURED not in text:
            return text
        return text.replace(CONFIGURED, quote_plus(self._known(part)))

    def _known(self, part: str) -> str:
        if not self._secret:
            whose = f"Client {self._client_id}" if self._client_id else "A request of no client"
            raise WrongPart(part, f"{whose} has no secret to put in place of {CONFIGURED}.")
        return self._secret


def _method(draft: Draft) -> str:
    method = draft.method.strip()
    if not _METHOD.fullmatch(method):
        raise WrongPart("method", "A method is a word in capitals, such as POST.")
    if method == "CONNECT":
        raise WrongPart("method", "CONNECT asks a proxy for a tunnel; the sandbox is none.")
    return method


def _target(draft: Draft) -> str:
    target = draft.target.strip()
    if not target.startswith("/"):
        raise WrongPart("target", "Write path and query only: it goes to this sandbox alone.")
    if not _TARGET.fullmatch(target) or "#" in target:
        raise WrongPart("target", "Blanks, # and letters beyond ASCII have to be percent-encoded.")
    if len(target) > _LONGEST_TARGET:
        raise WrongPart("target", f"The server reads no more than {_LONGEST_TARGET} characters.")
    if target.startswith(_OWN) and target.partition("?")[0] != SIGN_IN_AS:
        raise WrongPart("target", "That is the sandbox's own and not recorded; nothing to repeat.")
    _refuse_gaps("target", target)
    return target


def _headers(draft: Draft) -> Headers:
    pairs = []
    for number, line in enumerate(draft.headers.split("\n"), 1):
        if line.strip():
            pairs.append(_header(number, line))
    if len(pairs) > _MOST_HEADERS:
        raise WrongPart("headers", f"More than {_MOST_HEADERS} headers are not sent.")
    return tuple(pairs)


def _header(number: int, line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    name, value = name.strip(), value.strip()
    if not colon or not _TOKEN.fullmatch(name):
        raise WrongPart("headers", f"Line {number} is no header; write it like Name: value.")
    if not value.replace("\t", " ").isprintable() or len(line) > _LONGEST_HEADER:
        words = "holds what a header cannot hold, or too much of it"
        raise WrongPart("headers", f"Line {number} {words}.")
    if name.lower() in MADE_ANEW:
        raise WrongPart("headers", f"Line {number}: {name} is made anew; leave it out.")
    _refuse_gaps("headers", value, name)
    return name, value


def _body(draft: Draft) -> str:
    body = draft.body or ""
    if len(body) > _LARGEST_BODY:
        raise WrongPart("body", "A body of more than a megabyte is not sent.")
    try:
        body.encode()
    except UnicodeEncodeError:
        raise WrongPart("body", "It holds half a character, which no text can hold.") from None
    _refuse_gaps("body", body)
    return body


def _refuse_gaps(part: str, text: str, name: str = "") -> None:
    """What was masked when it was recorded is known to nobody here."""
    if not any(gap in text for gap in _GAPS):
        return
    pairs = (pair.partition("=") for pair in text.rpartition("?")[2].split("&"))
    named = next((key for key, _, value in pairs if any(gap in value for gap in _GAPS)), "")
    what = name or named or "A value"
    raise WrongPart(part, f"{what} was not recorded: write it in place of {NOT_RECORDED}.")
