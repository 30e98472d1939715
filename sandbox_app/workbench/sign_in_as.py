"""Signing in as somebody without their password: a power the real service does not have.

The window makes a link with a one-time ticket; whoever opens it in a browser on this machine has
that user's session there and goes on to the app like after any other sign-in.
"""

import hashlib
import secrets
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from sandbox_app.domain.events import SessionEnded, SignInFailed
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import LoginAttempt
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.domain.refusals import Delivery, Refused
from sandbox_app.domain.rules.own_door import SIGN_IN_AS_CHECKS
from sandbox_app.domain.tickets import LIFETIME, Ticket
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import scopes, sessions
from sandbox_app.flows.outcomes import SentBack
from sandbox_app.flows.password_check import PasswordRefused, status_allows
from sandbox_app.operations.client_rules import why_not_a_callback
from sandbox_app.operations.core import Core
from sandbox_app.workbench.demo import CALLBACK, HOME, demo_clients

PATH = "/_sandbox/sign-in"
"""Where such links lead."""

Target = Literal["app", "login page"]
"""Where a sign-in ends: at the app's own callback, or where the demo app asks for it itself."""


class NoWayToSignIn(ValueError):
    """The client cannot sign users in as it is set up; the message says why, for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A browser at the door.

    Args:
        cookie: its `cognito` cookie, if it sent one.
        csrf: the token it is given with the answer, by which its next request is known again.
        origin: of this request.
    """

    ticket: str
    cookie: str | None
    csrf: str
    origin: str


def start_sign_in_as(
    core: Core,
    pool: UserPool,
    client: UserPoolClient,
    user: User,
    origin: str,
    *,
    target: Target = "app",
) -> str:
    """A URL that signs the user in once, within a minute, in whatever browser here opens it.

    Args:
        origin: where the sandbox listens on this machine, "http://localhost:9400".
        target: "login page" goes to the demo app where the client is its own, so that an app
            which never asked gets no code; any other client goes to its app all the same.

    Raises:
        NoWayToSignIn: see `why_no_sign_in`.
    """
    why = why_no_sign_in(core, client, origin)
    if why is not None:
        raise NoWayToSignIn(why)
    now = core.timestamp()
    ticket = Ticket(
        pool_id=pool.id,
        client_id=client.client_id,
        sub=user.sub,
        target=target,
        expires_at=now + LIFETIME,
    )
    return f"{origin}{PATH}?{urlencode({'ticket': core.tickets.issue(ticket, now)})}"


def why_no_sign_in(core: Core, client: UserPoolClient, origin: str) -> str | None:
    """What keeps the client from signing anybody in, for a person; `None` where nothing does."""
    if not _flow(client):
        return "The client may use neither the code nor the implicit flow."
    if core.store.domains.of_pool(client.user_pool_id) is None:
        return "The pool has no domain, and so no sign-in pages."
    if not client.callback_urls and not _is_demo(core, client, origin):
        return "The client has no callback URL to go back to."
    return None


def enter(entry: Entry, core: Core, trace: Trace) -> SentBack | Refused:
    """Spend the ticket, begin the user's session and send the browser on.

    The browser's present session with the pool ends, whoever it belongs to.
    """
    checks = trace.checks
    checks.plan(*SIGN_IN_AS_CHECKS)
    ticket = core.tickets.spend(entry.ticket, core.timestamp())
    if isinstance(ticket, str):
        checks.require("US-S2", False, because=ticket)
        return trace.refused(_refused("US-S2", ticket, status=410))
    checks.require("US-S2", True)
    client = core.store.clients.get(ticket.client_id)
    why = "The client was deleted meanwhile."
    if client is not None:
        trace.concerns(client)
        why = why_no_sign_in(core, client, entry.origin) or ""
    if not checks.require("US-S3", client is not None and not why, because=why) or client is None:
        return trace.refused(_refused("US-S3", why))
    user = _admitted(ticket, core, trace)
    if isinstance(user, PasswordRefused):
        core.bus.publish(SignInFailed(trace.login_id, ticket.pool_id, ticket.client_id, user.rule))
        return trace.refused(_refused(user.rule, user.because))
    return _signed_in(entry, ticket, client, user, core, trace)


def continued_login(core: Core, csrf: str, client_id: str) -> str | None:
    """The login that a sign-in without a password began in this browser a moment ago, once."""
    attempt = core.store.attempts.find(_handover(csrf, client_id))
    if attempt is None:
        return None
    core.store.attempts.remove(attempt.key)
    return attempt.login_id if core.timestamp() - attempt.shown_at <= LIFETIME else None


def _admitted(ticket: Ticket, core: Core, trace: Trace) -> User | PasswordRefused:
    """The user, if the sign-in page would let them in with the right password."""
    checks = trace.checks
    pool = core.store.pools.get(ticket.pool_id)
    user = core.store.users.get(ticket.pool_id, ticket.sub)
    if not checks.require("HU-4.1-5", user is not None) or user is None or pool is None:
        return PasswordRefused("HU-4.1-5", "", "the user was deleted meanwhile")
    trace.username = user.username
    if not checks.require("HU-4.1-6", user.enabled, got="" if user.enabled else "disabled"):
        return PasswordRefused("HU-4.1-6", "", f"{user.username} is disabled")
    return status_allows(pool, user, core, trace)


def _signed_in(
    entry: Entry, ticket: Ticket, client: UserPoolClient, user: User, core: Core, trace: Trace
) -> SentBack:
    because = (
        f"the sandbox signed {user.username} in without a password; "
        "the real service has no such door"
    )
    trace.checks.note("US-S4", because)
    with core.change():
        ended, _ = sessions.end(entry.cookie, ticket.pool_id, core)
        if ended is not None:
            core.bus.publish(SessionEnded(ticket.pool_id, ended.login_id))
        cookie = sessions.begin(entry.cookie, user, trace.login_id, core)
        key = _handover(entry.csrf, client.client_id)
        core.store.attempts.put(
            LoginAttempt(key=key, login_id=trace.login_id, shown_at=core.timestamp())
        )
    return SentBack(_way(core, client, ticket.target, entry.origin), session_cookie=cookie)


def _way(core: Core, client: UserPoolClient, target: str, origin: str) -> str:
    """Where the browser goes on: the app's sign-in request, which the session answers at once."""
    own = [url for url in client.callback_urls if not url.endswith(CALLBACK)]
    if (target == "login page" or not own) and _is_demo(core, client, origin):
        # The demo app asks for itself, with a state and a challenge that it can answer for.
        return f"{origin}{HOME}?sign-in"
    query = {
        "response_type": _flow(client),
        "client_id": client.client_id,
        "redirect_uri": (own or client.callback_urls)[0],
        "scope": " ".join(scopes.enabled(client, core.store)),
        "state": secrets.token_urlsafe(16),
    }
    return f"{origin}/oauth2/authorize?{urlencode(query)}"


def _flow(client: UserPoolClient) -> str:
    if client.may_use("code"):
        return "code"
    return "token" if client.may_use("implicit") else ""


def _is_demo(core: Core, client: UserPoolClient, origin: str) -> bool:
    """Whether the demo app on that origin signs in with this client."""
    found = demo_clients(core) if client.sandbox.demo_app else None
    return (
        found is not None
        and found.client.client_id == client.client_id
        and client.may_use("code")
        and why_not_a_callback(f"{origin}{CALLBACK}") is None
    )


def _handover(csrf: str, client_id: str) -> str:
    return hashlib.sha256(f"sign in as\n{csrf}\n{client_id}".encode()).hexdigest()


def _refused(rule: str, because: str, *, status: int = 403) -> Refused:
    return Refused("sign_in_failed", rule, because, Delivery.PAGE, status=status)
