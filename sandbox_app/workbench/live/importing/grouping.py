"""The requests of an archive put together into logins, by what they carry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.importing.entry import Recorded, is_foreign
from sandbox_app.workbench.live.importing.steps import tokens_in
from sandbox_app.workbench.live.messages import form_of, header, location_parameters, query_of

_ALONE = ("discovery", "key set")
_PAGES = ("login", "error page", "logout")


@dataclass(slots=True)
class _Login:
    """What is known of one login by what passed so far."""

    login_id: str
    page: str
    asked: frozenset[tuple[str, str]]
    handed_out: set[str] = field(default_factory=set)


def grouped(recorded: Sequence[tuple[Recorded, str]]) -> tuple[Recorded, ...]:
    """Every request with the id of its login; what belongs to none has none.

    Args:
        recorded: each with the page of the archive it belongs to. What this program wrote has a
            page for each login; of anything else a page may be a browser's tab.
    """
    logins: list[_Login] = []
    return tuple(_with_login(one, page, logins) for one, page in recorded)


def _with_login(recorded: Recorded, page: str, logins: list[_Login]) -> Recorded:
    exchange, detail = recorded
    if not is_foreign(exchange):
        login_id = f"page {page}" if page else ""
    else:
        login_id = _login_of(exchange, detail, page, logins)
    return replace(exchange, login_id=login_id), detail


def _login_of(exchange: Exchange, detail: ExchangeDetail, page: str, logins: list[_Login]) -> str:
    if exchange.step in _ALONE or not exchange.step:
        return ""
    asked = frozenset(it for it in query_of(detail.target) if it[0] in ("client_id", "state"))
    found = None
    if exchange.step != "authorize":
        found = _by_what_it_carries(exchange, detail, logins) or _by_page(asked, page, logins)
    if found is None or exchange.grant == "client_credentials":
        # A machine asks for its token without any login before.
        found = _Login(exchange.id, page, asked)
        logins.append(found)
    found.handed_out.update(_handed_out(detail))
    return found.login_id


def _by_what_it_carries(
    exchange: Exchange, detail: ExchangeDetail, logins: Iterable[_Login]
) -> _Login | None:
    """A code or token that a login brought is what tells best."""
    carried = {value for _, value in (*form_of(detail.request), *query_of(detail.target))}
    scheme, _, token = header(detail.request.headers, "authorization").partition(" ")
    if scheme.lower() == "bearer":
        carried.add(token)
    return next((it for it in reversed([*logins]) if it.handed_out & carried), None)


def _by_page(
    asked: frozenset[tuple[str, str]], page: str, logins: Sequence[_Login]
) -> _Login | None:
    """The sign-in pages carry the query along; else the newest login of the same tab goes on."""
    if asked:
        same = [it for it in logins if it.asked == asked]
        if same:
            return same[-1]
    of_page = [it for it in logins if it.page == page]
    if of_page or logins:
        return (of_page or logins)[-1]
    return None


def _handed_out(detail: ExchangeDetail) -> Iterable[str]:
    location = dict(location_parameters(header(detail.response.headers, "location")))
    code = location.get("code")
    return (*tokens_in(detail), *((code,) if code else ()))
