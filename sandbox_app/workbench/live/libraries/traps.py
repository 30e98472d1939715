"""What users of a library stumble over at this service, told only where it is the cause.

Sources, read in November 2026: the packages named in `shapes` and `headers` themselves; for
sign-out the issues awspring/spring-cloud-aws#132, AxaFrance/oidc-client#1173,
streamlit/streamlit#14601 and ITfoxtec/FoxIDs#961; for callbacks run twice in React,
authts/react-oidc-context#401; for scopes and callbacks Auth.js's `getAuthorizationUrl`.
"""

from collections.abc import Callable, Iterator, Mapping

from sandbox_app.domain.checks import Check
from sandbox_app.workbench.live.libraries.library import Library

Sent = Mapping[str, str]
When = Callable[[Check, Sent], bool]
Trap = tuple[tuple[str, ...], tuple[str, ...], When, str, str]
"""Libraries, rules, a condition, what happens, and what to do about it."""


def _always(check: Check, sent: Sent) -> bool:
    return True


def _speaks_oidc(check: Check, sent: Sent) -> bool:
    return "post_logout_redirect_uri" in sent or "id_token_hint" in sent


def _spent(check: Check, sent: Sent) -> bool:
    return "spent at" in check.because


def _without_secret(check: Check, sent: Sent) -> bool:
    return "none was sent" in check.because


def _by_http(check: Check, sent: Sent) -> bool:
    return check.got.startswith("http://") and f"https{check.got[4:]}" in check.expected.split(", ")


def _without_verifier(check: Check, sent: Sent) -> bool:
    return "has to come now" in check.because


_PAGES = ("oidc-client-ts", "amplify", "appauth")

_TRAPS: tuple[Trap, ...] = (
    (
        ("oidc-client-ts",),
        ("AZ-1", "LO-3"),
        _speaks_oidc,
        "oidc-client-ts signs out with id_token_hint and post_logout_redirect_uri.",
        "Call signoutRedirect({ extraQueryParams: { client_id, logout_uri } }), or go to /logout "
        "without it.",
    ),
    (
        ("spring",),
        ("AZ-1", "LO-3"),
        _speaks_oidc,
        "Spring’s OidcClientInitiatedLogoutSuccessHandler sends post_logout_redirect_uri.",
        "Write a LogoutSuccessHandler that goes to /logout with client_id and logout_uri.",
    ),
    (
        ("aspnet",),
        ("AZ-1", "LO-3"),
        _speaks_oidc,
        "ASP.NET Core signs out with post_logout_redirect_uri.",
        "Set client_id and logout_uri in OnRedirectToIdentityProviderForSignOut.",
    ),
    (
        ("authlib", "openid-client"),
        ("AZ-1", "LO-3"),
        _speaks_oidc,
        "Signing out as OpenID Connect has it is not what this service knows.",
        "Send the browser to /logout with client_id and logout_uri yourself.",
    ),
    (
        ("aspnet",),
        ("AZ-6",),
        _always,
        "ASP.NET Core asks for id_token unless it is told otherwise.",
        "Set ResponseType to code.",
    ),
    (
        ("amplify",),
        ("AZ-4", "LO-2"),
        _always,
        "Amplify takes the entry of redirectSignIn or redirectSignOut that fits the page it is on.",
        "List every address the app runs under, on the client and in the configuration alike.",
    ),
    (
        ("amplify",),
        ("AZ-12",),
        _always,
        "Amplify sends identity_provider=COGNITO unless it is given a provider.",
        "",
    ),
    (
        ("amplify", "oidc-client-ts"),
        ("TK-5",),
        _without_secret,
        "A library for pages sends no secret, since a page can keep none.",
        "Use a client without a secret.",
    ),
    (
        _PAGES,
        ("TC-1",),
        _spent,
        "React’s StrictMode runs effects twice in development, and the callback with them.",
        "Handle the callback outside of the effect, or guard it.",
    ),
    (
        ("authjs",),
        ("AZ-4",),
        _always,
        "Auth.js builds the callback from AUTH_URL, or from the Host header it trusts.",
        "It ends in /api/auth/callback/ and the provider's id, cognito.",
    ),
    (
        ("authjs",),
        ("AZ-10",),
        _always,
        "Auth.js asks for openid profile email unless authorization.params.scope says otherwise.",
        "",
    ),
    (
        ("authjs",),
        ("TK-5",),
        _without_secret,
        "Auth.js reads AUTH_COGNITO_SECRET where the app runs.",
        "It may be missing there.",
    ),
    (
        ("authjs",),
        ("TC-4",),
        _without_verifier,
        "Auth.js keeps the verifier in a cookie of the app's host.",
        "Begin and end the sign-in under the same host name.",
    ),
    (
        ("openid-client",),
        ("TC-3",),
        _always,
        "openid-client takes redirect_uri from the URL handed to authorizationCodeGrant.",
        "Behind a proxy hand it the public URL, not the one the app sees.",
    ),
    (
        ("spring",),
        ("AZ-4",),
        _always,
        "Spring’s callback is {baseUrl}/login/oauth2/code/ and the registration's id.",
        "Behind a proxy set server.forward-headers-strategy, or baseUrl is the inner address.",
    ),
    (
        ("spring",),
        ("TK-5", "TK-6"),
        _always,
        "Spring sends the secret as client-authentication-method says.",
        "none is for public clients, client_secret_basic for all others.",
    ),
    (
        ("authlib",),
        ("AZ-4", "TC-3"),
        _by_http,
        "Flask and Django build http addresses behind a proxy.",
        "Use ProxyFix or SECURE_PROXY_SSL_HEADER.",
    ),
    (
        ("authlib",),
        ("TC-4",),
        _without_verifier,
        "Authlib sends a verifier only if it made one.",
        "Set client_kwargs['code_challenge_method'] to S256.",
    ),
    (
        ("go",),
        ("TK-5",),
        _always,
        "Go’s oauth2 package tries Basic first and then the body, until it knows.",
        "Set Endpoint.AuthStyle.",
    ),
    (
        ("curl", "wget"),
        ("LG-2",),
        _always,
        "curl keeps cookies only when told to.",
        "Use -c and -b with one file for all requests.",
    ),
    (
        ("requests", "httpx", "aiohttp"),
        ("US-W5",),
        _always,
        "json= sends JSON.",
        "Use data= with a dictionary.",
    ),
    (
        ("axios",),
        ("US-W5",),
        _always,
        "axios sends objects as JSON.",
        "Hand it a URLSearchParams.",
    ),
    (
        ("boto3", "aws-cli", "aws-sdk"),
        ("US-W3",),
        _always,
        "AWS SDKs speak the JSON API, not the endpoints of the domain.",
        "",
    ),
)


def traps(library: Library | None, check: Check, sent: Sent) -> Iterator[tuple[str, str]]:
    """What happens with this library, and what to do about it, where that is the cause."""
    if library is None:
        return
    for keys, rules, holds, words, advice in _TRAPS:
        if library.key in keys and check.rule in rules and holds(check, sent):
            yield words, advice
