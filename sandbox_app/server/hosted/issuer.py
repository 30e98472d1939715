"""{issuer}/.well-known/…: the discovery document and the key set."""

from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows.discovery import answer_discovery, answer_jwks
from sandbox_app.flows.outcomes import Answered
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, json_reply


async def discovery(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET {issuer}/.well-known/openid-configuration."""
    pool_id = incoming.path.split("/")[1]
    return _json(answer_discovery(pool_id, incoming.origin, site.core, trace))


async def jwks(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET {issuer}/.well-known/jwks.json."""
    pool_id = incoming.path.split("/")[1]
    return _json(await answer_jwks(pool_id, site.core, trace))


def _json(outcome: Answered | Refused) -> Reply:
    if isinstance(outcome, Answered):
        return json_reply(outcome.body, outcome.status)
    # The issuer host speaks the JSON API's dialect, not OAuth's; the body is inferred (DC-5).
    return json_reply({"message": outcome.description or outcome.error}, outcome.status)
