"""/oauth2/token, /oauth2/userInfo and /oauth2/revoke: what programs call."""

from sandbox_app.domain.trace import Trace
from sandbox_app.flows.client_authentication import BackChannelRequest
from sandbox_app.flows.revocation import answer_revocation
from sandbox_app.flows.token import answer_token_request
from sandbox_app.flows.userinfo import answer_userinfo
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply


async def token(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """POST /oauth2/token; parameters in the query are taken too, the body wins (contract 6)."""
    return site.renderer.json(await answer_token_request(_asked(incoming), site.core, trace))


async def revoke(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """POST /oauth2/revoke."""
    return site.renderer.json(answer_revocation(_asked(incoming), site.core, trace))


async def userinfo(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET (and POST, contract 7) /oauth2/userInfo."""
    authorization = incoming.headers.get("authorization")
    outcome = answer_userinfo(authorization, site.core, trace, pool_id=incoming.pool_id)
    return site.renderer.json(outcome)


def _asked(incoming: Incoming) -> BackChannelRequest:
    parameters = incoming.form()
    if incoming.query:
        parameters = parameters.over(incoming.query_parameters())
    return BackChannelRequest(
        parameters=parameters,
        origin=incoming.origin,
        authorization=incoming.headers.get("authorization"),
        pool_id=incoming.pool_id,
    )
