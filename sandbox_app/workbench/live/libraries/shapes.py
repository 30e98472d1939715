"""Libraries told by the order, the form and the company of their parameters.

Every library writes its authorize URL in an order of its own, which the browser keeps. Sources,
read in November 2026: URLs recorded here from aws-amplify 6.22.1 (`signInWithRedirect`),
oidc-client-ts 3.5.0 (`SigninRequest`, `SignoutRequest`; react-oidc-context uses it), openid-client
6.8.9 (`buildAuthorizationUrl` puts client_id and response_type last), @auth/core 0.41.3
(`getAuthorizationUrl`), Spring Security 6.5.6; the source of Authlib 1.9.9 (`prepare_grant_uri`,
states of 30 letters and digits) and of AppAuth for Android (`AuthorizationRequest.toUri`); public
captures of Microsoft's libraries, which add x-client-SKU. Go's url.Values writes keys sorted.
"""

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit

from sandbox_app.workbench.live.libraries.library import Library

Sent = Mapping[str, str]
"""Parameters by name, in the order sent."""

_MICROSOFT = (
    (re.compile(r"ID_NET"), Library("aspnet", "ASP.NET Core")),
    (re.compile(r"msal", re.IGNORECASE), Library("msal", "MSAL")),
)
_HEX = re.compile(r"[0-9a-f]{32}(;.*)?")
_LETTERS = re.compile(r"[A-Za-z0-9]{30}")
_AMPLIFY_STATE = re.compile(r"[A-Za-z0-9]{32}(-[0-9a-f]+)?")
_OIDC_CLIENT = ("client_id", "redirect_uri", "response_type", "scope")
_APP_AUTH = ("redirect_uri", "client_id", "response_type")
_AMPLIFY = ("redirect_uri", "response_type", "client_id")
_FIRST = ("response_type", "client_id")
_SORTED_LEAST = 5


def by_authorize(sent: Sent) -> Library | None:
    """The library behind an authorize request, or a /login one with the same query."""
    sku = next((value for name, value in sent.items() if name.lower() == "x-client-sku"), "")
    for pattern, library in _MICROSOFT:
        if pattern.search(sku):
            return library
    names = tuple(sent)
    return next((found for look in _LOOKS if (found := look(names, sent)) is not None), None)


def by_logout(sent: Sent) -> Library | None:
    """The library behind a sign-out."""
    names = tuple(sent)
    if names == ("client_id", "logout_uri"):
        return None
    if names[:1] in (("id_token_hint",), ("client_id",)) and _HEX.fullmatch(sent.get("state", "")):
        return Library("oidc-client-ts", "oidc-client-ts")
    return None


def by_callback(redirect_uri: str) -> Library | None:
    """The framework whose own callback path this is."""
    path = _path(redirect_uri)
    if "/api/auth/callback/" in path or path.startswith("/auth/callback/"):
        return Library("authjs", "Auth.js")
    if "/login/oauth2/code/" in path:
        return Library("spring", "Spring Security")
    if path.endswith("/signin-oidc"):
        return Library("aspnet", "ASP.NET Core")
    if path.endswith("/oauth2/callback"):
        return Library("oauth2-proxy", "oauth2-proxy")
    if path.endswith("/oauth2/idpresponse"):
        return Library("alb", "Application Load Balancer")
    if path.endswith("/_demo/callback"):
        return Library("demo", "the demo app")
    return None


def _amplify(names: tuple[str, ...], sent: Sent) -> Library | None:
    chosen = "identity_provider" in sent or "idp_identifier" in sent
    if names[:3] == _AMPLIFY and (chosen or _AMPLIFY_STATE.fullmatch(sent.get("state", ""))):
        return Library("amplify", "Amplify")
    return None


def _oidc_client(names: tuple[str, ...], sent: Sent) -> Library | None:
    if names[:4] == _OIDC_CLIENT and _HEX.fullmatch(sent.get("state", "")):
        return Library("oidc-client-ts", "oidc-client-ts")
    return None


def _app_auth(names: tuple[str, ...], sent: Sent) -> Library | None:
    if names[:3] == _APP_AUTH and "state" in sent and "nonce" in sent:
        return Library("appauth", "AppAuth")
    return None


def _openid_client(names: tuple[str, ...], sent: Sent) -> Library | None:
    if len(names) > 3 and names[-2:] == ("client_id", "response_type"):
        return Library("openid-client", "openid-client")
    return None


def _authlib(names: tuple[str, ...], sent: Sent) -> Library | None:
    if names[:2] == _FIRST and _LETTERS.fullmatch(sent.get("state", "")):
        return Library("authlib", "Authlib")
    return None


def _by_callback(names: tuple[str, ...], sent: Sent) -> Library | None:
    return by_callback(sent.get("redirect_uri", ""))


def _go(names: tuple[str, ...], sent: Sent) -> Library | None:
    """In alphabetical order, which others hit upon only with few parameters."""
    ordered = len(names) > _SORTED_LEAST and list(names) == sorted(names)
    return Library("go", "Go’s oauth2 package") if ordered else None


_LOOKS: tuple[Callable[[tuple[str, ...], Sent], Library | None], ...] = (
    _by_callback,
    _amplify,
    _oidc_client,
    _app_auth,
    _openid_client,
    _authlib,
    _go,
)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
