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


def boto3(told: Told) -> Snippet:
    """boto3 led to the control interface, which takes the same calls in the same shapes."""
    if not told.token_file:
        return unfit(
            "boto3 speaks the JSON API, which is not served yet. What administers a pool goes "
            "through the control interface, once the sandbox is started. To sign in from Python, "
            "take Authlib.",
            NOT_YET,
        )
    pool, client_id = told.pool, told.own.client_id
    lines = [
        "import boto3",
        "from botocore import UNSIGNED",
        "from botocore.config import Config",
        "",
        f"with open({python(told.token_file)}) as file:",
        "    token = file.read().strip()",
        "",
        "",
        "def through_control(request, **_):",
        "    operation = request.headers['X-Amz-Target'].decode().split('.')[1]",
        f"    request.url = {python(f'{pool.origin}/_sandbox/operations/')} + operation",
        "    request.headers['Authorization'] = f'Bearer {token}'",
        "    request.headers['Content-Type'] = 'application/json'",
        "",
        "",
        "cognito = boto3.client(",
        f"    'cognito-idp', region_name={python(pool.region)},",
        f"    endpoint_url={python(pool.origin)}, config=Config(signature_version=UNSIGNED),",
        ")",
        "# The sandbox has no JSON API yet; its control interface takes the same calls.",
        "cognito.meta.events.register('before-send.cognito-idp', through_control)",
        "",
        "client = cognito.describe_user_pool_client(",
        f"    UserPoolId={python(pool.pool_id)}, ClientId={python(client_id)}",
        ")['UserPoolClient']",
        "print(client['ClientName'])",
        f"for user in cognito.list_users(UserPoolId={python(pool.pool_id)})['Users']:",
        "    print(user['Username'], user['UserStatus'])",
    ]
    note = (
        f"{told.live('address, token file, pool and client id')} What administers a pool works, on "
        "this machine alone; signing in (initiate_auth) is not served yet: take Authlib. The "
        "token file has another name after each start."
    )
    live = (told.token_file, pool.origin, pool.region, pool.pool_id, client_id)
    return Snippet("\n".join(lines), live, note)
