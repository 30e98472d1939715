"""grant_type=client_credentials: a token for a machine (contract oidc 6.5)."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import minting, scopes
from sandbox_app.flows.client_authentication import BackChannelRequest
from sandbox_app.flows.near_misses import scopes as near_misses
from sandbox_app.flows.outcomes import Answered
from sandbox_app.operations.core import Core


async def issue(
    asked: BackChannelRequest, client: UserPoolClient, core: Core, trace: Trace
) -> Answered | Refused:
    """An access token with the custom scopes asked for, or all the client has."""
    checks = trace.checks
    allowed = client.may_use("client_credentials")
    if not checks.require(
        "TM-1",
        allowed,
        got="client_credentials",
        expected=", ".join(client.allowed_oauth_flows) or "no flow",
    ):
        return Refused("invalid_grant", "TM-1", "client_credentials is off on the client")
    defined = scopes.custom(client, core.store)
    wanted = scopes.requested(asked.parameters.get("scope"))
    own = scopes.of_machine(client)
    strange = [name for name in wanted if name not in own]
    if not checks.require(
        "TM-2",
        not strange,
        got=" ".join(wanted) or "none named, so all of the client's",
        expected=" ".join(own),
        because=f"not enabled: {' '.join(strange)}" if strange else "",
    ):
        return Refused("invalid_grant", "TM-2", f"not enabled: {' '.join(strange)}")
    granted = tuple(name for name in wanted or own if name in defined)
    if gone := [name for name in wanted or own if name not in defined]:
        checks.note("TM-3", near_misses.why_left_out(gone, client, core))
    if asked.parameters.get("resource") is not None:
        checks.note("TM-4", "resource is ignored for machines")
    pool = core.store.pools.get(client.user_pool_id)
    assert pool is not None, "a client always has its pool"
    minted = await minting.for_machine(pool, client, granted, core, trace, origin=asked.origin)
    return Answered(minted.as_body())
