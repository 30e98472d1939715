"""Parameters that other services know and this one passes over, each with what does it here.

Source: contract oidc 4.1 for those that exist, hosted-ui 4.8 and oidc 9 for sign-out; the names
are those of OpenID Connect Core, RFC 8707 and the services that people come from.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sandbox_app.domain.trace import Trace
from sandbox_app.flows.parameters import Parameters

_LONGEST_SHOWN = 60

_STEP_UP = (
    "step-up needs a pool on the Essentials or Plus plan and managed login; "
    "it is passed over here as a Lite pool does"
)
_PROVIDER = "identity_provider names the provider, idp_identifier its domain"
_ALWAYS = "a refresh token comes with every code; nothing has to be asked for"
_PLAIN = "the parameters themselves have to be in the query"

AUTHORIZE: Mapping[str, str] = MappingProxyType(
    {
        "response_mode": "the answer travels in the query for code and in the fragment for token; "
        "form_post does not exist",
        "claims": "scopes and the client's ReadAttributes decide which claims there are, "
        "or a pre token generation trigger",
        "audience": "resource names the API that the access token's aud shall be",
        "acr_values": _STEP_UP,
        "max_age": _STEP_UP,
        "id_token_hint": "login_hint fills the user name in; nothing else is taken from outside",
        "lang": "the classic pages are English; managed login obeys lang",
        "ui_locales": "the classic pages are English; managed login takes lang",
        "display": "there is one kind of sign-in page",
        "access_type": _ALWAYS,
        "approval_prompt": _ALWAYS,
        "include_granted_scopes": "each sign-in is granted what it asks for, and no more",
        "domain_hint": _PROVIDER,
        "hd": _PROVIDER,
        "kc_idp_hint": _PROVIDER,
        "connection": _PROVIDER,
        "idp": _PROVIDER,
        "organization": "there are no organizations; a pool or a group takes their place",
        "screen_hint": "the sign-up page has an address of its own, /signup",
        "request": f"request objects are not read; {_PLAIN}",
        "request_uri": f"pushed requests are not known; {_PLAIN}",
        "registration": "clients are made in the pool, not by a request",
        "authorization_details": "scopes of a resource server say what is asked for",
        "dpop_jkt": "tokens are plain bearer tokens and bound to no key",
        "code_verifier": "it belongs into the token request, and is no secret any more",
        "client_secret": "it belongs into the token request, and is no secret any more",
        "grant_type": "it belongs into the token request",
        "logout_uri": "it belongs into the request to /logout",
    }
)

TOKEN: Mapping[str, str] = MappingProxyType(
    {
        "audience": "scopes of a resource server say what a token is for; resource at authorize "
        "sets a user token's aud",
        "client_assertion": "private_key_jwt is not known; a client proves itself by its secret",
        "client_assertion_type": "private_key_jwt is not known; a client proves itself by its "
        "secret",
        "code_challenge": "it belongs into the authorize request",
        "code_challenge_method": "it belongs into the authorize request",
        "requested_token_type": "tokens are not exchanged here",
        "subject_token": "tokens are not exchanged here",
        "actor_token": "tokens are not exchanged here",
        "assertion": "assertions of other services buy no token here",
        "claims": "scopes and the client's ReadAttributes decide which claims there are",
    }
)

_FIXED = "what was granted at authorize stays as it is"
TRADED: Mapping[str, str] = MappingProxyType(
    {
        **TOKEN,
        "scope": f"{_FIXED}: ask for other scopes in a new sign-in",
        "resource": f"{_FIXED}: resource belongs into the authorize request",
    }
)
"""Ignored where a code or refresh token is traded."""

LOGOUT: Mapping[str, str] = MappingProxyType(
    {
        "returnTo": "logout_uri says where to go",
        "return_to": "logout_uri says where to go",
        "post_logout_redirect_url": "logout_uri says where to go",
        "logout_hint": "the browser's own session ends, whoever it belongs to",
        "ui_locales": "there is no page to translate",
        "federated": "only a SAML provider with its sign-out flow on is signed out as well",
    }
)

REVOKE: Mapping[str, str] = MappingProxyType(
    {"token_type_hint": "only refresh tokens can be revoked; the hint changes nothing"}
)

_SECRETIVE = frozenset(
    {"id_token_hint", "request", "client_secret", "client_assertion", "code_verifier"}
    | {"subject_token", "actor_token", "assertion"}
)
"""Told by name alone."""


def note_ignored(rule: str, known: Mapping[str, str], parameters: Parameters, trace: Trace) -> None:
    """Leave a note for each parameter of the table that was sent, in the order sent."""
    for name, value in parameters.values.items():
        words = known.get(name)
        if words is not None:
            shown = "" if name in _SECRETIVE else f"={value}"[:_LONGEST_SHOWN]
            trace.checks.note(rule, f"{name} is ignored: {words}", got=f"{name}{shown}")
