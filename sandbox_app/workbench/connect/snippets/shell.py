"""Snippets for a shell, for programs told by environment variables, and for oauth2-proxy."""

from urllib.parse import urlsplit

from sandbox_app.workbench.connect.snippets.callbacks import callback_for, note_with
from sandbox_app.workbench.connect.snippets.literals import dotenv, shell, toml
from sandbox_app.workbench.connect.snippets.told import (
    Snippet,
    Told,
    unfit,
    usual_scopes,
    why_no_domain,
    why_no_identity,
    why_no_sign_in,
)

_PROXY = "http://localhost:4180"


def curl(told: Told) -> Snippet:
    """curl, step by step."""
    if told.machine:
        return _curl_machine(told)
    if (reason := why_no_sign_in(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    who = [
        "# 3. With the access token from the answer:",
        f'curl -s {shell(pool.user_info)} -H "Authorization: Bearer $access_token"',
    ]
    lines = [
        "# 1. Open this address and sign in:",
        f"#    {own.authorize}",
        "# 2. Within five minutes, take the code from the address that leads to:",
        "code=...",
        f"curl -s {shell(pool.token)} \\",
        "  -d grant_type=authorization_code \\",
        f"  {_who(told)} \\",
        f"  --data-urlencode {shell(f'redirect_uri={own.callback}')} \\",
        '  --data-urlencode "code=$code"',
        *(who if told.asks_who else []),
    ]
    info = pool.user_info if told.asks_who else ""
    live = (own.authorize, pool.token, info, own.client_id, own.secret, own.callback)
    return Snippet("\n".join(lines), live, told.live("addresses, client id and callback URL"))


def _curl_machine(told: Told) -> Snippet:
    if (reason := why_no_domain(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    lines = [
        f"curl -s {shell(pool.token)} \\",
        "  -d grant_type=client_credentials \\",
        f"  {_who(told)} \\",
        f"  --data-urlencode {shell(f'scope={own.scope}')}",
        "",
        "# What a resource server needs to check the token:",
        f"curl -s {shell(pool.discovery)}",
        f"curl -s {shell(pool.keys)}",
    ]
    live = (pool.token, pool.discovery, pool.keys, own.client_id, own.secret, own.scope)
    return Snippet("\n".join(lines), live, told.live("addresses, client id and secret"))


def _who(told: Told) -> str:
    own = told.own
    if own.secret:
        return f"-u {shell(f'{own.client_id}:{own.secret}')}"
    return f"--data-urlencode {shell(f'client_id={own.client_id}')}"


def env(told: Told) -> Snippet:
    """Every value as a variable; addresses that only a domain has are left out without one."""
    own, pool = told.own, told.pool
    variables = {
        "COGNITO_REGION": pool.region,
        "COGNITO_USER_POOL_ID": pool.pool_id,
        "COGNITO_CLIENT_ID": own.client_id,
        "COGNITO_CLIENT_SECRET": own.secret,
        "COGNITO_ISSUER": pool.issuer,
        "COGNITO_DISCOVERY_URL": pool.discovery,
        "COGNITO_JWKS_URI": pool.keys,
        "COGNITO_SCOPE": own.scope,
        "COGNITO_REDIRECT_URI": own.callback,
        "COGNITO_LOGOUT_URI": own.logout,
    }
    if pool.sign_in:
        variables["COGNITO_AUTHORIZE_URL"] = pool.authorize
        variables["COGNITO_TOKEN_URL"] = pool.token
        variables["COGNITO_USERINFO_URL"] = pool.user_info
    given = {name: value for name, value in variables.items() if value}
    written = {name: dotenv(value) for name, value in given.items()}
    unreadable = [given[name] for name, literal in written.items() if literal is None]
    if unreadable:
        return unfit(f"No two programs read {unreadable[0]} alike from a .env file.")
    lines = [f"{name}={literal}" for name, literal in written.items()]
    note = told.live("every value that an app may need to know")
    return Snippet("\n".join(lines), tuple(given.values()), note)


def oauth2_proxy(told: Told) -> Snippet:
    """oauth2-proxy 7, as its configuration file."""
    if told.machine:
        return unfit(f"{told.name} is a machine, and oauth2-proxy signs people in.")
    if (reason := why_no_sign_in(told) or why_no_identity(told, "oauth2-proxy")) is not None:
        return reason
    own = told.own
    if not own.secret:
        return unfit(f"{told.name} has no secret, and oauth2-proxy does not start without one.")
    callback, missing = callback_for(told, _is_proxys, "/oauth2/callback", _PROXY)
    parts = urlsplit(callback)
    scopes = usual_scopes(own)
    lines = [
        "# OAUTH2_PROXY_COOKIE_SECRET=$(openssl rand -hex 16) \\",
        "#   oauth2-proxy --config oauth2-proxy.cfg",
        f"http_address = {toml(_listening(parts.port, parts.scheme))}",
        f"proxy_prefix = {toml(parts.path.removesuffix('/callback'))}",
        f"redirect_url = {toml(callback)}",
        f"cookie_secure = {'true' if parts.scheme == 'https' else 'false'}",
        'upstreams = ["static://202"]  # the app behind it, such as http://localhost:8000/',
        'email_domains = ["*"]',
        "",
        'provider = "oidc"',
        *_issuer(told),
        f"client_id = {toml(own.client_id)}",
        f"client_secret = {toml(own.secret)}",
        f"scope = {toml(' '.join(scopes))}",
        'code_challenge_method = "S256"',
        *([] if "email" in scopes else ['oidc_email_claim = "cognito:username"']),
    ]
    live = (callback, told.pool.issuer, own.client_id, own.secret)
    note = note_with(told, "issuer, client id and secret", missing, "oauth2-proxy")
    return Snippet("\n".join(lines), live, note, callback_to_add=missing)


def _is_proxys(path: str) -> bool:
    return path.endswith("/callback") and path != "/callback"


def _listening(port: int | None, scheme: str) -> str:
    return f"127.0.0.1:{port or {'https': 443}.get(scheme, 80)}"


def _issuer(told: Told) -> list[str]:
    """The issuer; and where its endpoints are, where it does not lead to them."""
    pool = told.pool
    lines = [f"oidc_issuer_url = {toml(pool.issuer)}"]
    if pool.found_by_issuer:
        return lines
    return [
        *lines,
        "skip_oidc_discovery = true",
        f"login_url = {toml(pool.authorize)}",
        f"redeem_url = {toml(pool.token)}",
        f"oidc_jwks_url = {toml(pool.keys)}",
    ]
