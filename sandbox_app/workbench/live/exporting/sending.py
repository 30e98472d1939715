"""A recorded request as something to send again, with what must be filled in first."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote_plus

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.redaction import Redactor
from sandbox_app.workbench.live.messages import Pairs, form_of, header

NOT_RECORDED = "(masked)"
_MASKED = re.compile(r"\(masked(?:-([a-z0-9-]+?)-(\d+))?\)|%28masked(?:-([a-z0-9-]+?)-(\d+))?%29")
_MADE_ANEW = frozenset(
    {"host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect"}
)
_ABSOLUTE = re.compile(r"https?://", re.IGNORECASE)
_NOT_KEPT = "(not kept:"


@dataclass(frozen=True, slots=True)
class Variable:
    """A value that is not written down: an environment variable of this name holds it."""

    name: str


Text = tuple[str | Variable, ...]
Given = tuple[tuple[str, Text], ...]
SecretOf = Callable[[str], str]
"""The secret of the app client with this id; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A request without what every program adds by itself.

    `auth` is a user name and password for Basic authentication. `form` holds the fields where the
    body is a form that can be written anew, otherwise `body` the text as it was.
    """

    method: str
    url: Text
    headers: Given
    auth: tuple[str, Text] | None
    form: Given
    body: Text
    notes: tuple[str, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of the values to fill in, in the order met."""
        texts = [self.url, *(text for _, text in (*self.headers, *self.form)), self.body]
        if self.auth is not None:
            texts.insert(1, self.auth[1])
        found = (part.name for text in texts for part in text if isinstance(part, Variable))
        return tuple(dict.fromkeys(found))


def can_be_sent(detail: ExchangeDetail) -> bool:
    """Whether it was an HTTP request at all, and not a handshake that failed before one."""
    return bool(detail.http_version)


def sent(exchange: Exchange, detail: ExchangeDetail, secret_of: SecretOf | None = None) -> Sent:
    """The request of an exchange.

    Args:
        secret_of: fills in codes, tokens and cookies as recorded, and the client's secret from the
            configuration, as the one that was sent is not recorded. Without it every secret
            becomes a variable.
    """
    redactor = Redactor(Redaction.MASK if secret_of is None else Redaction.NONE, [detail])
    secret = secret_of(exchange.client_id) if secret_of is not None else ""
    shown = redactor.detail(detail)
    notes: list[str] = []
    filling = _Filling(secret)
    headers, auth = _headers(shown.request.headers, exchange.client_id, filling)
    form, body = _payload(shown, detail, filling, notes)
    if filling.used:
        notes.append("The client secret is the configured one; the one that was sent is not kept.")
    if detail.origin.startswith("https:"):
        notes.append("The certificate is the sandbox's own: trust its authority first.")
    url = _url(address(shown), filling)
    return Sent(exchange.method, url, headers, auth, form, body, tuple(notes))


def address(detail: ExchangeDetail) -> str:
    """The whole URL; a request through a proxy names it itself."""
    target = detail.target
    return target if _ABSOLUTE.match(target) else f"{detail.origin}{target}"


class _Filling:
    """Puts variables where values are masked, or the client's secret where it is known."""

    def __init__(self, secret: str) -> None:
        self._secret = secret
        self.used = False

    def text(self, text: str, name: str) -> Text:
        """The parts of a text; `name` says what stands there if the recorder masked it."""
        parts: list[str | Variable] = []
        done = 0
        for found in _MASKED.finditer(text):
            parts += (text[done : found.start()], self._part(found, name))
            done = found.end()
        parts.append(text[done:])
        return tuple(part for part in parts if part != "")

    def _part(self, found: re.Match[str], name: str) -> str | Variable:
        label, number = found[1] or found[3], found[2] or found[4]
        if label:
            return Variable(_variable(label if number == "1" else f"{label}-{number}"))
        if self._secret and "secret" in name.lower():
            self.used = True
            return self._secret
        return Variable(_variable(name))


def _variable(name: str) -> str:
    plain = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_") or "VALUE"
    return f"V_{plain}" if plain[0].isdigit() else plain


def _url(url: str, filling: _Filling) -> Text:
    path, mark, query = url.partition("?")
    parts: list[str | Variable] = [path + mark]
    for at, pair in enumerate(query.split("&") if mark else ()):
        parts += (*(("&",) if at else ()), *filling.text(pair, pair.partition("=")[0]))
    return joined(tuple(parts))


def _headers(
    headers: Headers, client_id: str, filling: _Filling
) -> tuple[Given, tuple[str, Text] | None]:
    auth, given = None, []
    for name, value in headers:
        if name.lower() in _MADE_ANEW:
            continue
        if name.lower() == "authorization" and value.lower().startswith("basic ") and client_id:
            auth = (client_id, filling.text(NOT_RECORDED, "client_secret"))
        else:
            given.append((name, filling.text(value, "credentials")))
    return tuple(given), auth


def _payload(
    shown: ExchangeDetail, recorded: ExchangeDetail, filling: _Filling, notes: list[str]
) -> tuple[Given, Text]:
    request = shown.request
    if request.capped:
        notes.append("Only the beginning of the body was recorded.")
    text = _text_of(request.body)
    if text is None or _text_of(recorded.request.body) is None or text.startswith(_NOT_KEPT):
        notes.append("The body is left out: it is not text, or was not kept.")
        return (), ()
    pairs = form_of(request)
    if pairs and _can_be_written_anew(pairs, text):
        return tuple((name, filling.text(value, name)) for name, value in pairs), ()
    kind = header(request.headers, "content-type")
    return (), filling.text(text, "password" if "form" in kind else "value")


def _text_of(body: bytes) -> str | None:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _can_be_written_anew(pairs: Pairs, text: str) -> bool:
    """Whether encoding the fields gives the same form; a pair without `=` would get one."""
    return text.count("=") >= len(pairs) == text.count("&") + 1 and all(
        "=" in pair for pair in text.split("&")
    )


def joined(parts: Text) -> Text:
    """Neighbouring texts as one."""
    joined: list[str | Variable] = []
    for part in parts:
        if joined and isinstance(part, str) and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def encoded_form(form: Given) -> Text:
    """The fields as one body; what variables hold is taken as it is."""
    parts: list[str | Variable] = []
    for at, (name, text) in enumerate(form):
        parts.append(f"{'&' if at else ''}{quote_plus(name)}=")
        parts += (part if isinstance(part, Variable) else quote_plus(part) for part in text)
    return joined(tuple(parts))
