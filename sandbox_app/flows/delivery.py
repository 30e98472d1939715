"""The end of a good sign-in: a code, or tokens in the fragment, go back to the app."""

from urllib.parse import quote_plus, urlencode

from sandbox_app.domain.records.grants import AuthorizationCode
from sandbox_app.domain.records.users import User
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import minting
from sandbox_app.flows.authorize_checks import Accepted, Asking
from sandbox_app.flows.errors_at_client import appended, at_client
from sandbox_app.flows.outcomes import SentBack
from sandbox_app.operations.core import Core
from sandbox_app.tokens.identifiers import new_authorization_code

CODE_LIFETIME = 300
"""Seconds an authorization code can be redeemed (contract TC-1)."""


async def send_back(
    accepted: Accepted, user: User, auth_time: int, origin: str, core: Core, trace: Trace
) -> SentBack:
    """AZ-23 … AZ-25: deliver what the app asked for.

    Args:
        auth_time: epoch seconds of the interactive sign-in, which a silent one keeps.
        origin: of this request; it delivers the tokens of the implicit flow, and is kept with a
            code.
    """
    trace.username = user.username
    if accepted.asking.in_fragment:
        return await _with_tokens(accepted, user, auth_time, origin, core, trace)
    return SentBack(_with_code(accepted, user, auth_time, origin, core, trace))


def turn_back(asking: Asking, refused: Refused) -> SentBack:
    """Tell the app about a refusal, in the place where it awaits its answer."""
    return SentBack(
        at_client(
            asking.redirect_uri,
            refused.error,
            description=refused.description,
            state=asking.state,
            fragment=asking.in_fragment,
        )
    )


def _with_code(
    accepted: Accepted, user: User, auth_time: int, origin: str, core: Core, trace: Trace
) -> str:
    asking = accepted.asking
    now = core.timestamp()
    code = AuthorizationCode(
        code=new_authorization_code(),
        user_pool_id=asking.pool.id,
        client_id=asking.client.client_id,
        sub=user.sub,
        redirect_uri=asking.redirect_uri,
        scopes=accepted.scopes,
        issued_at=now,
        expires_at=now + CODE_LIFETIME,
        auth_time=auth_time,
        login_id=trace.login_id,
        nonce=asking.parameters.get("nonce"),
        code_challenge=asking.parameters.get("code_challenge"),
        resource=asking.parameters.get("resource"),
        origin=origin,
    )
    core.store.codes.add(code)
    text = f"code={code.code}"
    if asking.state is not None:
        text += f"&state={quote_plus(asking.state)}"
    return appended(asking.redirect_uri, text)


async def _with_tokens(
    accepted: Accepted, user: User, auth_time: int, origin: str, core: Core, trace: Trace
) -> SentBack:
    asking = accepted.asking
    minted = await minting.for_user(
        minting.Session(
            pool=asking.pool,
            client=asking.client,
            user=user,
            scopes=accepted.scopes,
            auth_time=auth_time,
            login_id=trace.login_id,
            nonce=asking.parameters.get("nonce"),
            resource=asking.parameters.get("resource"),
        ),
        core,
        trace,
        origin=origin,
        grant="implicit",
        refreshable=False,
    )
    members: list[tuple[str, str]] = []
    if minted.id_token is not None:
        members.append(("id_token", minted.id_token))
    members += [
        ("access_token", minted.access_token),
        ("expires_in", str(minted.expires_in)),
        ("token_type", "Bearer"),
    ]
    if asking.state is not None:
        members.append(("state", asking.state))
    return SentBack(appended(asking.redirect_uri, urlencode(members), fragment=True))
