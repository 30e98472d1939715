"""Snippets that already hold a client's live values, per library; what is shown here runs."""

import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.workbench.connect.addresses import ClientAddresses, PoolAddresses

LIBRARIES: tuple[tuple[str, str], ...] = (
    ("oidc-client-ts", "oidc-client-ts"),
    ("authlib", "Authlib"),
    ("curl", "curl"),
)
"""Key and name of each library, in the order of the tabs."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """Code to paste. `live_values` are the parts of it that come from the configuration.

    `note` says where they come from, or, where there is no `text`, why this client cannot do it.
    """

    text: str
    live_values: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class _Told:
    client: UserPoolClient
    pool: PoolAddresses
    own: ClientAddresses


def snippet(
    library: str, client: UserPoolClient, pool: PoolAddresses, own: ClientAddresses
) -> Snippet:
    """What to paste into an app that uses `library`, one of `LIBRARIES`.

    Raises:
        KeyError: no such library.
    """
    return _WRITERS[library](_Told(client, pool, own))


def _oidc_client_ts(told: _Told) -> Snippet:
    client, own = told.client, told.own
    if client.confidential:
        return _unfit(f"{client.client_name} has a secret, and a page in a browser can keep none.")
    if (reason := _no_sign_in(told)) is not None:
        return reason
    leave = [f"  post_logout_redirect_uri: {_js(own.logout)},"] if own.logout else []
    lines = [
        "import { UserManager } from 'oidc-client-ts';",
        "",
        "export const users = new UserManager({",
        f"  authority: {_js(told.pool.issuer)},",
        f"  client_id: {_js(own.client_id)},",
        f"  redirect_uri: {_js(own.callback)},",
        *leave,
        "  response_type: 'code',",
        f"  scope: {_js(_asked(own))},",
        "});",
        "",
        "// behind the button:   await users.signinRedirect();",
        "// at the callback:     const user = await users.signinCallback();",
    ]
    live = (told.pool.issuer, own.client_id, own.callback, own.logout)
    return Snippet("\n".join(lines), live, _live("issuer, client id and first callback URL", told))


def _authlib(told: _Told) -> Snippet:
    if told.client.may_use("client_credentials"):
        return _authlib_machine(told)
    if (reason := _no_sign_in(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    proof = f"    {own.secret!r}," if own.secret else "    token_endpoint_auth_method='none',"
    lines = [
        "from authlib.common.security import generate_token",
        "from authlib.integrations.requests_client import OAuth2Session",
        "",
        "session = OAuth2Session(",
        f"    {own.client_id!r},",
        proof,
        f"    scope={_asked(own)!r},",
        f"    redirect_uri={own.callback!r},",
        "    code_challenge_method='S256',",
        ")",
        "verifier = generate_token(48)",
        "url, state = session.create_authorization_url(",
        f"    {pool.authorize!r}, code_verifier=verifier",
        ")",
        "print('Open this address and sign in:', url)",
        "session.fetch_token(",
        f"    {pool.token!r},",
        "    authorization_response=input('Where did that lead to? '),",
        "    code_verifier=verifier,",
        "    state=state,",
        ")",
        f"print(session.get({pool.user_info!r}).json())",
    ]
    live = (pool.authorize, pool.token, pool.user_info, own.client_id, own.secret, own.callback)
    return Snippet("\n".join(lines), live, _live("addresses, client id and callback URL", told))


def _authlib_machine(told: _Told) -> Snippet:
    own, pool = told.own, told.pool
    lines = [
        "from authlib.integrations.requests_client import OAuth2Session",
        "",
        "session = OAuth2Session(",
        f"    {own.client_id!r},",
        f"    {own.secret!r},",
        f"    scope={own.scope!r},",
        ")",
        "token = session.fetch_token(",
        f"    {pool.token!r}, grant_type='client_credentials'",
        ")",
        "print(token['access_token'])",
    ]
    live = (pool.token, own.client_id, own.secret, own.scope)
    return Snippet("\n".join(lines), live, _live("token endpoint, client id and secret", told))


def _curl(told: _Told) -> Snippet:
    if told.client.may_use("client_credentials"):
        return _curl_machine(told)
    if (reason := _no_sign_in(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    lines = [
        "# 1. Open this address and sign in:",
        f"#    {own.authorize}",
        "# 2. Within five minutes, take the code from the address that leads to:",
        "code=...",
        f"curl -s {pool.token} \\",
        "  -d grant_type=authorization_code \\",
        f"  {_who(own)} \\",
        f"  --data-urlencode {shlex.quote(f'redirect_uri={own.callback}')} \\",
        '  --data-urlencode "code=$code"',
        "# 3. With the access token from the answer:",
        f'curl -s {pool.user_info} -H "Authorization: Bearer $access_token"',
    ]
    live = (own.authorize, pool.token, pool.user_info, own.client_id, own.secret, own.callback)
    return Snippet("\n".join(lines), live, _live("addresses, client id and callback URL", told))


def _curl_machine(told: _Told) -> Snippet:
    own, pool = told.own, told.pool
    lines = [
        f"curl -s {pool.token} \\",
        "  -d grant_type=client_credentials \\",
        f"  {_who(own)} \\",
        f"  --data-urlencode {shlex.quote(f'scope={own.scope}')}",
        "",
        "# What a resource server needs to check the token:",
        f"curl -s {pool.discovery}",
        f"curl -s {pool.keys}",
    ]
    live = (pool.token, pool.discovery, pool.keys, own.client_id, own.secret, own.scope)
    return Snippet("\n".join(lines), live, _live("addresses, client id and secret", told))


def _no_sign_in(told: _Told) -> Snippet | None:
    name = told.client.client_name
    if not told.client.may_use("code"):
        return _unfit(f"{name} signs nobody in: the flow “code” is not switched on for it.")
    if not told.own.callback:
        return _unfit(f"{name} has no callback URL of its own yet.")
    return None


def _unfit(reason: str) -> Snippet:
    return Snippet("", (), reason)


def _live(what: str, told: _Told) -> str:
    return f"Coloured values are live: {what} of {told.client.client_name}."


def _asked(own: ClientAddresses) -> str:
    """The OpenID Connect scopes a first sign-in asks for, in their usual order."""
    usual = ("openid", "email", "profile")
    allowed = own.scope.split()
    return " ".join([scope for scope in usual if scope in allowed]) or own.scope


def _who(own: ClientAddresses) -> str:
    if own.secret:
        return f"-u {shlex.quote(f'{own.client_id}:{own.secret}')}"
    return f"-d client_id={own.client_id}"


def _js(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


_WRITERS: Mapping[str, Callable[[_Told], Snippet]] = MappingProxyType(
    {"oidc-client-ts": _oidc_client_ts, "authlib": _authlib, "curl": _curl}
)
