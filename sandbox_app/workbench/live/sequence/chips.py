"""Which values a request or an answer carries along, as chips."""

from collections.abc import Iterable, Mapping

from sandbox_app.workbench.live.sequence.parts import Chip
from sandbox_app.workbench.live.sequence.reading import Goal, Reading
from sandbox_app.workbench.live.words import showable

_TOKENS = (("id_token", "ID"), ("access_token", "Access"), ("refresh_token", "Refresh"))
_SESSION = Chip("session", "user", kind="neutral")


def request_chips(reading: Reading) -> tuple[Chip, ...]:
    """What is sent along with a request."""
    makers = {
        "authorize": _authorize,
        "login": _login,
        "token": _token,
        "revoke": _revoke,
        "userInfo": _bearer,
        "logout": _session,
    }
    maker = makers.get(reading.step)
    return () if maker is None or reading.is_preflight else tuple(maker(reading))


def answer_chips(reading: Reading) -> tuple[Chip, ...]:
    """What is handed out with an answer."""
    chips = [*_tokens(reading.body)]
    if reading.goal in (Goal.APP, Goal.PROVIDER):
        chips += delivered_chips(reading.delivered)
    if reading.sets_session:
        chips.append(_SESSION)
    return tuple(chips)


def delivered_chips(members: Mapping[str, str]) -> tuple[Chip, ...]:
    """What a redirect carries to the app."""
    tied = (Chip(name, "link", members[name]) for name in ("code", "state") if members.get(name))
    return (*_error(members), *_tokens(members), *tied)


def _authorize(reading: Reading) -> Iterable[Chip]:
    query = reading.query
    if query.get("code_challenge"):
        yield Chip("code_challenge", "lock", query["code_challenge"])
    for name in ("state", "nonce"):
        if query.get(name):
            yield Chip(name, "link", query[name])
    if reading.has_session:
        yield _SESSION


def _login(reading: Reading) -> Iterable[Chip]:
    if reading.exchange.method == "POST":
        if "username" in reading.form:
            yield Chip("username", "user", reading.form["username"], kind="neutral")
        if "password" in reading.form:
            yield Chip("password", "lock")


def _token(reading: Reading) -> Iterable[Chip]:
    if reading.asked("code"):
        yield Chip("code", "link", reading.asked("code"))
    if reading.asked("code_verifier"):
        yield Chip("verifier", "lock", reading.asked("code_verifier"))
    if reading.asked("refresh_token"):
        yield Chip("Refresh", "key", reading.asked("refresh_token"), is_token=True)
    yield from _secret(reading)


def _revoke(reading: Reading) -> Iterable[Chip]:
    if reading.asked("token"):
        yield Chip("Refresh", "key", reading.asked("token"), is_token=True)
    yield from _secret(reading)


def _secret(reading: Reading) -> Iterable[Chip]:
    if reading.with_basic or "client_secret" in reading.form:
        yield Chip("secret", "lock")


def _bearer(reading: Reading) -> Iterable[Chip]:
    if reading.bearer:
        yield Chip("Access", "key", reading.bearer, is_token=True)


def _session(reading: Reading) -> Iterable[Chip]:
    if reading.has_session:
        yield _SESSION


def _tokens(members: Mapping[str, object]) -> Iterable[Chip]:
    for member, name in _TOKENS:
        value = members.get(member)
        if isinstance(value, str) and value:
            yield Chip(name, "key", value, is_token=True)


def _error(members: Mapping[str, str]) -> Iterable[Chip]:
    error = members.get("error")
    if error:
        yield Chip(showable(error)[:40], "refused", kind="bad")
