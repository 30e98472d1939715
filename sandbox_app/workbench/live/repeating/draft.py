"""What is sent again: the recorded request as text, with a place where a secret is not recorded."""

from dataclasses import dataclass
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers
from sandbox_app.workbench.live.exporting.sending import NOT_RECORDED
from sandbox_app.workbench.live.messages import cap_note, form_of, header

CONFIGURED = "(configured)"
"""Stands for the client secret, which is looked up only when the request goes out."""

MADE_ANEW = frozenset(
    {"connection", "content-length", "expect", "keep-alive", "transfer-encoding", "upgrade"}
)
"""Headers that belong to a connection, not to the request."""

_NOT_KEPT = b"(not kept:"
_SPENT = (
    ("code", "The code is sent as it was; it is good once, within five minutes."),
    ("refresh_token", "The refresh token is sent as it was, also if it is spent or revoked."),
)
_SECRET_FIELD = "client_secret"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request to look over before it goes out.

    Args:
        of, at: id and beginning of the exchange it is taken from.
        client_id: whose configured secret takes the place of `CONFIGURED`.
        headers: one a line, `Name: value`.
        body: as text; `None` where it is none, and `data` goes out as it is.
        secure: whether it goes over HTTPS.
        notes: sentences on what differs from what was sent then.
        whole: whether it can go out as it is, as far as the record tells.
    """

    of: str
    at: float
    client_id: str
    method: str
    target: str
    headers: str
    body: str | None
    data: bytes = b""
    secure: bool = False
    notes: tuple[str, ...] = ()
    whole: bool = True


def draft_of(exchange: Exchange, detail: ExchangeDetail) -> Draft:
    """The request of an exchange, as it is recorded."""
    request = detail.request
    notes = [note for name, note in _SPENT if name in dict(form_of(request))]
    body, data = _body(request.body)
    if request.body.startswith(_NOT_KEPT):
        body = ""
        notes.append("The body was not kept, as it may have held a password: write it anew.")
    elif request.capped:
        notes.append(f"{cap_note(request)} Only they are sent.")
    target, asked = _target(detail)
    headers = _headers(request.headers, exchange.client_id)
    if body is not None and "form" in header(request.headers, "content-type"):
        body = _with_place(body, exchange.client_id)
    path, mark, query = target.partition("?")
    target = f"{path}{mark}{_with_place(query, exchange.client_id)}"
    if any(CONFIGURED in part for part in (target, headers, body or "")):
        notes.insert(0, f"{CONFIGURED} stands for the client's secret of now.")
    return Draft(
        of=exchange.id,
        at=exchange.started_at,
        client_id=exchange.client_id,
        method=exchange.method,
        target=target,
        headers=headers,
        body=body,
        data=data,
        secure=_is_secure(detail),
        notes=(*notes, *asked),
        whole=not request.capped and not request.body.startswith(_NOT_KEPT),
    )


def _body(body: bytes) -> tuple[str | None, bytes]:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None, body
    # The field would turn these into line feeds, or drop them.
    return (None, body) if {"\0", "\r", "\u2028", "\u2029"} & set(text) else (text, b"")


def _target(detail: ExchangeDetail) -> tuple[str, tuple[str, ...]]:
    """In origin form; a client that used a proxy named the whole address."""
    target = detail.target
    if target.startswith("/"):
        return target, ()
    path = f"/{target.partition('://')[2].partition('/')[2]}"
    return path, ("The target named a whole address; its path is sent.",)


def _headers(headers: Headers, client_id: str) -> str:
    return "\n".join(
        f"{name}: {_credentials(value, client_id) if name.lower() == 'authorization' else value}"
        for name, value in headers
        if name.lower() not in MADE_ANEW
    )


def _credentials(value: str, client_id: str) -> str:
    if client_id and value.lower() == f"basic {NOT_RECORDED}":
        return value.replace(NOT_RECORDED, CONFIGURED)
    return value


def _with_place(encoded: str, client_id: str) -> str:
    return "&".join(
        f"{pair.partition('=')[0]}={CONFIGURED}" if client_id and _is_secret(pair) else pair
        for pair in encoded.split("&")
    )


def _is_secret(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return unquote_plus(value) == NOT_RECORDED and unquote_plus(name) == _SECRET_FIELD


def _is_secure(detail: ExchangeDetail) -> bool:
    """Over which listener it came; a proxy in front of it names the scheme of its own client."""
    forwarded = any(
        header(detail.request.headers, name) for name in ("x-forwarded-proto", "forwarded")
    )
    return detail.origin.startswith("https:") and not forwarded
