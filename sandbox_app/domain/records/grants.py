"""What a sign-in leaves behind and later requests spend: sessions, codes and refresh tokens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowserSession:
    """One pool's hour of single sign-on in one browser, found by the hash of its cookie.

    `started_at` is the moment of the interactive sign-in, in epoch seconds, which tokens carry
    as `auth_time`; the hour is never renewed. Source: contract hosted-ui 1.2.
    """

    cookie_hash: str
    user_pool_id: str
    sub: str
    started_at: float
    login_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorizationCode:
    """A one-time code and everything its exchange must agree with. Times in epoch seconds.

    `origin` is how the browser reached the pool: scheme, host and port; empty where nobody knows.
    """

    code: str
    user_pool_id: str
    client_id: str
    sub: str
    redirect_uri: str
    scopes: tuple[str, ...]
    issued_at: float
    expires_at: float
    auth_time: int
    login_id: str
    nonce: str | None = None
    code_challenge: str | None = None
    resource: str | None = None
    spent_at: float | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshGrant:
    """A refresh token, found by the SHA-256 of its text, with the session it continues.

    `family` is the `origin_jti` that all tokens of the session share. `retired_at` is when
    rotation replaced it and `usable_until` when the grace ends. Times in epoch seconds.
    Source: contract oidc 6.4, 16, 17.
    """

    fingerprint: str
    user_pool_id: str
    client_id: str
    sub: str
    family: str
    scopes: tuple[str, ...]
    issued_at: float
    expires_at: float
    auth_time: int
    login_id: str
    event_id: str
    nonce: str | None = None
    resource: str | None = None
    revoked_at: float | None = None
    usable_until: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginAttempt:
    """A sign-in under way in one browser tab, found by CSRF token and carried query together.

    Both are kept as one SHA-256 (`key`), so nothing extra has to travel. `shown_at` is when the
    form was last rendered, in epoch seconds. Source: contract hosted-ui G8.
    """

    key: str
    login_id: str
    shown_at: float
