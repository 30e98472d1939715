"""A recorded message as a person reads it: parameters decoded, JSON indented, bytes as hex."""

import codecs
import json
import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message
from sandbox_app.workbench.live.words import count_words, status_words

Pairs = tuple[tuple[str, str], ...]

_FORM = "application/x-www-form-urlencoded"
_HEX_BYTES = 2_048
_HEX_ROW = 16
_MOST_FIELDS = 500
_LONGEST_INDENTED = 1_000_000
"""Characters; a small body nested deeply grows a thousandfold when it is indented."""

_STRING = r'"(?:[^"\\]|\\.)*"'
_MEMBER = re.compile(rf"({_STRING}): ({_STRING}|true|false|null|-?[0-9][0-9.eE+-]*),?")
_JSON_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]:,]|[^\s"{}\[\]:,]+')


@dataclass(frozen=True, slots=True)
class Body:
    """A body ready to be shown; `note` says what is not shown of it."""

    text: str
    syntax: Literal["plain", "json"] = "plain"
    note: str = ""


def request_line(exchange: Exchange, detail: ExchangeDetail) -> str:
    """`GET /oauth2/authorize?… HTTP/1.1`; a handshake speaks no HTTP yet."""
    version = f" HTTP/{detail.http_version}" if detail.http_version else ""
    return f"{exchange.method} {detail.target}{version}"


def status_line(exchange: Exchange, detail: ExchangeDetail) -> str:
    """`HTTP/1.1 302`, or that there was no answer."""
    if not exchange.status:
        return status_words(exchange.status)
    return f"HTTP/{detail.http_version} {exchange.status}"


def query_of(target: str) -> Pairs:
    """The decoded query of a target or URL."""
    return _pairs(target.partition("?")[2].partition("#")[0])


def fragment_of(url: str) -> Pairs:
    """The decoded fragment, in which the implicit flow delivers."""
    return _pairs(url.partition("#")[2])


def form_of(message: Message) -> Pairs:
    """The decoded fields of a form body; nothing for any other body."""
    if header(message.headers, "content-type").partition(";")[0].strip().lower() != _FORM:
        return ()
    return _pairs(message.body.decode("utf-8", "replace"))


def header(headers: Headers, name: str) -> str:
    """The first header of that name, in whatever case."""
    return next((value for key, value in headers if key.lower() == name), "")


def body_of(message: Message) -> Body:
    """The body as indented JSON, as text, or as a hex preview."""
    note = cap_note(message)
    text = _text_of(message)
    if text is None:
        return Body(hex_preview(message.body), note=_hex_note(message))
    indented = _indented(text)
    if indented is not None:
        return Body(indented, "json", note)
    return Body(text, note=note)


def cap_note(message: Message) -> str:
    """Says how much of a body was kept, when it was not all."""
    if not message.capped:
        return ""
    kept = _size_words(len(message.body))
    return f"The first {kept} of {_size_words(message.size)} were recorded."


def hex_preview(data: bytes) -> str:
    """Offset, sixteen bytes, and what is printable of them, for the first two kilobytes."""
    lines = []
    for at in range(0, min(len(data), _HEX_BYTES), _HEX_ROW):
        row = data[at : at + _HEX_ROW]
        shown = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{at:06x}  {row.hex(' '):<47}  {shown}")
    return "\n".join(lines)


def raw_text(exchange: Exchange, detail: ExchangeDetail) -> str:
    """The whole exchange as it went over the wire, as far as it was recorded."""
    return "\n".join(
        (
            request_line(exchange, detail),
            *_raw_message(detail.request),
            "",
            status_line(exchange, detail),
            *_raw_message(detail.response),
        )
    )


def _raw_message(message: Message) -> tuple[str, ...]:
    headers = tuple(f"{name}: {value}" for name, value in message.headers)
    body = message.body.decode("utf-8", "replace")
    note = cap_note(message)
    return (*headers, "", *((body,) if body else ()), *((f"({note})",) if note else ()))


def _pairs(encoded: str) -> Pairs:
    try:
        pairs = parse_qsl(
            encoded, keep_blank_values=True, errors="replace", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        return ()
    return tuple(pairs)


def location_parameters(url: str) -> Pairs:
    """What a redirect carries, in query and fragment."""
    try:
        urlsplit(url)
    except ValueError:
        return ()
    return (*query_of(url), *fragment_of(url))


def _text_of(message: Message) -> str | None:
    """The body as UTF-8, whatever charset it claims; `None` where it is no text."""
    # The cap may have cut the last character in two, which alone is no reason to doubt the rest.
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(message.body, final=not message.capped)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _indented(text: str) -> str | None:
    """JSON with its lines broken and nothing else changed; `None` where it is none.

    Read and written anew, a doubled member would vanish, and 1.10 or an escape would change.
    """
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    shown: list[str] = []
    depth = length = 0
    before = ""
    for piece in _JSON_PIECE.findall(text):
        depth -= piece in ("}", "]")
        gap = _gap(before, piece, depth)
        depth += piece in ("{", "[")
        shown += (gap, piece)
        length += len(gap) + len(piece)
        if length > _LONGEST_INDENTED:
            return None
        before = piece
    return "".join(shown)


def _gap(before: str, piece: str, depth: int) -> str:
    opens, closes = before in ("{", "["), piece in ("}", "]")
    if before == "," or opens != closes:
        return "\n" + "  " * depth
    return " " if before == ":" else ""


def member_of(line: str) -> tuple[str, str] | None:
    """Name and value of the plain member that a line of indented JSON holds; `None` of others."""
    found = _MEMBER.fullmatch(line.strip())
    if found is None:
        return None
    name, value = json.loads(found[1]), json.loads(found[2])
    return name, value if isinstance(value, str) else found[2]


def _no_constant(name: str) -> None:
    """Python reads NaN and Infinity, JSON knows neither."""
    raise ValueError(f"{name} is not JSON")


def _hex_note(message: Message) -> str:
    kept, size = min(len(message.body), _HEX_BYTES), max(message.size, len(message.body))
    if kept == size:
        return f"Not text: {_size_words(size)}."
    return f"Not text: the first {_size_words(kept)} of {_size_words(size)}."


def _size_words(size: int) -> str:
    return count_words(size, "byte") if size < 10_240 else f"{size / 1024:.0f} KiB"
