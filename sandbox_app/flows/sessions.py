"""The hosted session: one hour of single sign-on per browser and pool (contract hosted-ui 1.2)."""

import hashlib
import secrets
from dataclasses import replace

from sandbox_app.domain.records.grants import BrowserSession
from sandbox_app.domain.records.users import User
from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core

LIFETIME = 3600
"""Seconds a session lives, used or not."""


def cookie_hash(cookie: str) -> str:
    """What the workspace keeps of a cookie, so that the file holds no usable session."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def current(
    cookie: str | None, pool_id: str, core: Core, trace: Trace
) -> tuple[BrowserSession, User] | None:
    """The session that the cookie opens in this pool, with its user, if it still holds."""
    if cookie is None:
        return None
    session = core.store.sessions.find(cookie_hash(cookie), pool_id)
    if session is None:
        return None
    age = core.timestamp() - session.started_at
    if age >= LIFETIME:
        # Left in the file until it is purged: the clock may be set back to when it was alive.
        trace.checks.note("HU-1.2-3", "the session is over, so the form is shown", got=_age(age))
        return None
    user = core.store.users.get(pool_id, session.sub)
    if user is None or not user.enabled:
        trace.checks.note("HU-1.2-5", "the session's user was disabled or deleted")
        core.store.sessions.remove(session.cookie_hash, pool_id)
        return None
    return session, user


def begin(cookie: str | None, user: User, login_id: str, core: Core) -> str:
    """Open a session for the user and return the browser's new cookie value.

    The value changes at each sign-in, so a planted cookie opens nothing; the browser's sessions
    with other pools move along, each with its own hour (contract, deviation "cookies").
    """
    fresh = secrets.token_urlsafe(32)
    with core.store.transaction():
        if cookie is not None:
            core.store.sessions.move(cookie_hash(cookie), cookie_hash(fresh))
        core.store.sessions.put(
            BrowserSession(
                cookie_hash=cookie_hash(fresh),
                user_pool_id=user.user_pool_id,
                sub=user.sub,
                started_at=core.timestamp(),
                login_id=login_id,
            )
        )
    return fresh


def end(cookie: str | None, pool_id: str, core: Core) -> tuple[BrowserSession | None, bool]:
    """End this pool's session; also tells whether the cookie has no session left at all."""
    if cookie is None:
        return None, True
    hashed = cookie_hash(cookie)
    ended = core.store.sessions.find(hashed, pool_id)
    core.store.sessions.remove(hashed, pool_id)
    return ended, not core.store.sessions.of_cookie(hashed)


def with_login(session: BrowserSession, login_id: str) -> BrowserSession:
    """The same session as seen by another login that it signs in silently."""
    return replace(session, login_id=login_id)


def _age(seconds: float) -> str:
    return f"{int(seconds)} s old, {LIFETIME} s allowed"
