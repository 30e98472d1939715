"""Which login a request belongs to, found by what it carries anyway; nothing extra travels.

Before sign-in a login is found by CSRF token and carried query, afterwards by session, code and
tokens. What is learnt here is for the window alone and decides nothing.
"""

import hashlib
from collections.abc import Sequence

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import LoginAttempt
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.parameters import Parameters
from sandbox_app.flows.sessions import cookie_hash
from sandbox_app.operations.core import Core
from sandbox_app.operations.keys import PoolKeys
from sandbox_app.tokens.identifiers import is_uuid
from sandbox_app.tokens.inspect import unverified_claims, verified_claims
from sandbox_app.tokens.refresh import fingerprint

_PATIENCE = 30.0
"""Seconds within which a page counts as the next one although its cookie is another."""

_TELLING = ("state", "nonce", "code_challenge", "error")
"""Parameters by which a query is nearly always that of one tab alone."""

_OLDEST = 8
"""How many sign-ins in other tabs a page may have missed and still be known again."""

Claims = dict[str, object]


def form_key(csrf: str, parameters: Parameters) -> str:
    """The key under which a tab's form is found again: carried query and CSRF token."""
    return f"{_hashed(parameters.encoded())}+{_hashed(csrf)}"


def send_on(parameters: Parameters, csrf: str, core: Core, trace: Trace) -> None:
    """A browser is sent to a page with these parameters: whoever arrives there is expected.

    Of what the window sends again nobody arrives, and who comes by the same query is another.
    """
    if trace.again is not None:
        return
    key = f"{form_key(csrf, parameters)}+{trace.login_id}"
    attempt = LoginAttempt(key=key, login_id=trace.login_id, shown_at=core.timestamp())
    core.store.attempts.put(attempt)


def arrive(parameters: Parameters, csrf: str, core: Core, trace: Trace) -> None:
    """A browser comes to a page: it goes on with the login that was sent there, if there is one.

    Two tabs that were sent to the very same page are told apart by their order. A browser
    without cookies yet may open two tabs at once, and then one of them arrives with the token
    of the other; its query alone still tells which it is.
    """
    known = core.store.attempts.beginning_with(f"{_hashed(parameters.encoded())}+")
    sent = [one for one in known if _is_sent(one)]
    found = _of_browser(sent, csrf, core) or _of_query(sent, parameters, core)
    if found is not None:
        core.store.attempts.remove(found.key)
    else:
        found = _of_browser([one for one in known if not _is_sent(one)], csrf, core)
    if found is not None:
        trace.login_id = found.login_id


def go_on(parameters: Parameters, csrf: str, core: Core, trace: Trace) -> None:
    """A form comes back: it goes on with the login that it was shown for."""
    shown = core.store.attempts.find(form_key(csrf, parameters))
    if shown is not None:
        trace.login_id = shown.login_id


def form_age(parameters: Parameters, csrf: str, core: Core) -> float | None:
    """Seconds since the tab was shown its form or sent to it; `None` where it never was."""
    known = core.store.attempts.beginning_with(form_key(csrf, parameters))
    return core.timestamp() - known[-1].shown_at if known else None


def renew(before: str | None, after: str, core: Core) -> None:
    """A browser gets another CSRF token; its other tabs still hold the one before."""
    if before is None:
        return
    attempt = LoginAttempt(
        key=f"after {_hashed(after)}", login_id=_hashed(before), shown_at=core.timestamp()
    )
    core.store.attempts.put(attempt)


def signed_in(cookie: str, client_id: str, core: Core, trace: Trace) -> None:
    """A client got a user by this browser session: its sign-out will belong to this login."""
    if trace.again is not None:
        return
    attempt = LoginAttempt(
        key=_visit(cookie, client_id), login_id=trace.login_id, shown_at=core.timestamp()
    )
    core.store.attempts.put(attempt)


def by_session(cookie: str | None, client: UserPoolClient | None, core: Core, trace: Trace) -> None:
    """A sign-out belongs to the client's last login in this browser, else to the session's own.

    Where the client is not known, it belongs to the browser's one session, if there is but one.
    """
    if cookie is None:
        return
    found = core.store.sessions.of_cookie(cookie_hash(cookie))
    if client is not None:
        found = tuple(one for one in found if one.user_pool_id == client.user_pool_id)
    if len(found) != 1:
        return
    visit = core.store.attempts.find(_visit(cookie, client.client_id)) if client else None
    trace.login_id = (visit or found[0]).login_id


def by_what_is_spent(parameters: Parameters, core: Core, trace: Trace) -> None:
    """A token request belongs to the login of its code or refresh token, also when refused."""
    code = parameters.get("code")
    found = core.store.codes.find(code) if code is not None else None
    if found is not None:
        trace.login_id = found.login_id
        return
    by_refresh_token(parameters.get("refresh_token"), core, trace)


def by_refresh_token(token: str | None, core: Core, trace: Trace) -> None:
    """A request with a refresh token belongs to the login that brought it."""
    grant = core.store.refresh_grants.find(fingerprint(token)) if token is not None else None
    if grant is not None:
        trace.login_id = grant.login_id


def by_claims(claims: Claims, core: Core, trace: Trace) -> None:
    """A request with a token of ours belongs to the login that brought it.

    The claims have to be verified. `event_id` is the login's own id: it is a UUID for one
    sign-in on the real service as well (contract oidc 10.1).
    """
    family = claims.get("origin_jti")
    known = core.store.refresh_grants.login_of(family) if isinstance(family, str) else None
    event = claims.get("event_id")
    if known is not None:
        trace.login_id = known
    elif isinstance(event, str) and is_uuid(event):
        trace.login_id = event


def by_signed_token(token: str, keys: PoolKeys | None, core: Core, trace: Trace) -> None:
    """The same for a token that may be anything."""
    if keys is None or unverified_claims(token) is None:
        return
    claims = verified_claims(token, [known.key for known in keys.all])
    if claims is not None:
        by_claims(claims, core, trace)


def _is_sent(attempt: LoginAttempt) -> bool:
    """Whether the page is still awaited; otherwise it was shown."""
    return attempt.key.count("+") > 1


def _of_browser(attempts: Sequence[LoginAttempt], csrf: str, core: Core) -> LoginAttempt | None:
    """The first with the browser's CSRF token, or with one that it had before."""
    token: str | None = _hashed(csrf)
    for _ in range(_OLDEST if attempts else 0):
        found = next((one for one in attempts if one.key.split("+")[1] == token), None)
        if found is not None or token is None:
            return found
        before = core.store.attempts.find(f"after {token}")
        token = None if before is None else before.login_id
    return None


def _of_query(
    attempts: Sequence[LoginAttempt], parameters: Parameters, core: Core
) -> LoginAttempt | None:
    if not any(parameters.has(name) for name in _TELLING):
        return None
    now = core.timestamp()
    return next((one for one in attempts if now - one.shown_at <= _PATIENCE), None)


def _visit(cookie: str, client_id: str) -> str:
    return _hashed("session", cookie, client_id)


def _hashed(*parts: str) -> str:
    text = "\n".join(parts)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
