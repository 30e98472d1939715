"""{issuer}/.well-known/openid-configuration: the discovery document."""

from sandbox_app.domain.trace import Trace
from sandbox_app.flows.discovery import answer_discovery
from sandbox_app.server.hosted.site import Site
from sandbox_app.server.incoming import Incoming
from sandbox_app.server.reply import Reply, issuer_reply


async def discovery(incoming: Incoming, site: Site, trace: Trace) -> Reply:
    """GET {issuer}/.well-known/openid-configuration."""
    pool_id = incoming.path.split("/")[1]
    return issuer_reply(answer_discovery(pool_id, incoming.origin, site.core, trace))
