"""Snippets for Python."""

from sandbox_app.workbench.connect.snippets.literals import python
from sandbox_app.workbench.connect.snippets.told import (
    NOT_YET,
    Snippet,
    Told,
    unfit,
    usual_scopes,
    why_no_domain,
    why_no_sign_in,
)


def authlib(told: Told) -> Snippet:
    """Authlib on requests, as a program that asks where the sign-in led to."""
    if told.machine:
        return _authlib_machine(told)
    if (reason := why_no_sign_in(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    proof = f"    {python(own.secret)}," if own.secret else "    token_endpoint_auth_method='none',"
    lines = [
        "from authlib.common.security import generate_token",
        "from authlib.integrations.requests_client import OAuth2Session",
        "",
        "session = OAuth2Session(",
        f"    {python(own.client_id)},",
        proof,
        f"    scope={python(' '.join(usual_scopes(own)))},",
        f"    redirect_uri={python(own.callback)},",
        "    code_challenge_method='S256',",
        ")",
        "verifier = generate_token(48)",
        "url, state = session.create_authorization_url(",
        f"    {python(pool.authorize)}, code_verifier=verifier",
        ")",
        "print('Open this address and sign in:', url)",
        "session.fetch_token(",
        f"    {python(pool.token)},",
        "    authorization_response=input('Where did that lead to? '),",
        "    code_verifier=verifier,",
        "    state=state,",
        ")",
        f"print(session.get({python(pool.user_info)}).json())"
        if told.asks_who
        else "print(session.token)",
    ]
    info = pool.user_info if told.asks_who else ""
    live = (pool.authorize, pool.token, info, own.client_id, own.secret, own.callback)
    return Snippet("\n".join(lines), live, told.live("addresses, client id and callback URL"))


def _authlib_machine(told: Told) -> Snippet:
    if (reason := why_no_domain(told)) is not None:
        return reason
    own, pool = told.own, told.pool
    lines = [
        "from authlib.integrations.requests_client import OAuth2Session",
        "",
        "session = OAuth2Session(",
        f"    {python(own.client_id)},",
        f"    {python(own.secret)},",
        f"    scope={python(own.scope)},",
        ")",
        "token = session.fetch_token(",
        f"    {python(pool.token)}, grant_type='client_credentials'",
        ")",
        "print(token['access_token'])",
    ]
    live = (pool.token, own.client_id, own.secret, own.scope)
    return Snippet("\n".join(lines), live, told.live("token endpoint, client id and secret"))


def boto3(_told: Told) -> Snippet:
    """Nothing to paste: what boto3 speaks is answered with 404 by this version."""
    return unfit(
        "boto3 speaks the JSON API, which is not served yet: every call would end in 404. "
        "To sign in from Python, take Authlib.",
        NOT_YET,
    )
