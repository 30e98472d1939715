"""The cookies of the domain host (contract oidc 1.5, hosted-ui 1.1, deviation "cookies")."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import format_datetime

from sandbox_app.flows.sessions import LIFETIME

SESSION = "cognito"
CSRF = "XSRF-TOKEN"
PRIVATE_CSRF = "sandbox-csrf"
"""Our own partner of `_csrf`: web frameworks use the name XSRF-TOKEN on localhost as well."""

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def csrf_of(cookies: Mapping[str, str]) -> str | None:
    """The token this browser already has from us; anything else under the name is not ours."""
    for name in (PRIVATE_CSRF, CSRF):
        value = cookies.get(name, "")
        if _UUID.fullmatch(value):
            return value
    return None


def csrf_partners(cookies: Mapping[str, str]) -> tuple[str, ...]:
    """The values that the form's `_csrf` may equal; one that we never gave is none of them."""
    values = (cookies.get(name, "") for name in (CSRF, PRIVATE_CSRF))
    return tuple(value for value in values if _UUID.fullmatch(value))


def set_csrf(value: str, *, secure: bool) -> list[str]:
    """`Set-Cookie` values for a CSRF token, in the real cookie and in ours."""
    return [
        f"{name}={value}; Path=/; {_secure(secure)}HttpOnly; SameSite=Lax"
        for name in (CSRF, PRIVATE_CSRF)
    ]


def set_session(value: str, *, now: datetime, secure: bool) -> str:
    """The `Set-Cookie` value of the hosted session: one hour, never renewed.

    Host-only, because a `Domain` of `localhost` is refused by browsers.

    Args:
        now: the machine's time; a browser would drop a cookie whose end lies in a bent past.
    """
    expires = format_datetime(now + timedelta(seconds=LIFETIME), usegmt=True)
    return (
        f'{SESSION}="{value}"; Version=1; Max-Age={LIFETIME}; Expires={expires}; '
        f"Path=/; {_secure(secure)}HttpOnly; SameSite=Lax"
    )


def clear_session(*, secure: bool) -> str:
    """The `Set-Cookie` value that ends the hosted session (contract oidc 9)."""
    return (
        f'{SESSION}=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT; Path=/; '
        f"{_secure(secure)}HttpOnly; SameSite=Lax"
    )


def _secure(secure: bool) -> str:
    return "Secure; " if secure else ""
