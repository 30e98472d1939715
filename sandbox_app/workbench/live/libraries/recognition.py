"""Who sent a request, and who a whole login is made with."""

from collections.abc import Callable, Iterable, Iterator

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.libraries.headers import by_headers
from sandbox_app.workbench.live.libraries.library import Library
from sandbox_app.workbench.live.libraries.shapes import by_authorize, by_callback, by_logout
from sandbox_app.workbench.live.messages import form_of, header, query_of

LOOKED_AT = 12
"""Requests of a login that are looked at; a library shows itself in the first ones."""

_PREFLIGHT = "access-control-request-headers"
_PAGES = ("authorize", "login")
_WRAPS = {
    "authjs": ("oauth4webapi", "openid-client"),
    "spring": ("java",),
    "oauth2-proxy": ("go",),
}
"""Frameworks that a callback path tells, and the packages that speak for them."""


def recognise(exchange: Exchange, detail: ExchangeDetail) -> Library | None:
    """Who sent this request; a browser counts, an unknown program does not."""
    return _best(_of(exchange, detail))


def recognise_login(
    exchanges: Iterable[Exchange], look_up: Callable[[str], ExchangeDetail | None]
) -> Library | None:
    """Who a login is made with: the library that shows in any of its first requests."""
    found: list[Library] = []
    for number, exchange in enumerate(exchanges):
        if number >= LOOKED_AT:
            break
        detail = look_up(exchange.id)
        if detail is not None:
            found.extend(_of(exchange, detail))
    return _best(found)


def _of(exchange: Exchange, detail: ExchangeDetail) -> Iterator[Library]:
    sent = dict(query_of(detail.target))
    if exchange.step in _PAGES:
        shaped = by_authorize(sent)
    elif exchange.step == "logout":
        shaped = by_logout(sent)
    else:
        shaped = by_callback(dict(form_of(detail.request)).get("redirect_uri", ""))
    if shaped is not None:
        yield shaped
    if "x-amz-user-agent" in header(detail.request.headers, _PREFLIGHT):
        yield Library("amplify", "Amplify")
    yield from by_headers(detail.request.headers)


def _best(found: Iterable[Library]) -> Library | None:
    """The most telling, with the version that another request of it told."""
    known = sorted(found, key=lambda one: -one.rank)
    if not known:
        return None
    best = known[0]
    best = next((one for one in known if best.key in _WRAPS.get(one.key, ())), best)
    return next((one for one in known if one.key == best.key and one.version), best)
