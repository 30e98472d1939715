"""POST /oauth2/revoke (contract oidc 8 and 17)."""

from dataclasses import replace

from sandbox_app.domain.events import TokensRevoked
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import RefreshGrant
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.rules.userinfo_and_revoke import REVOKE_CHECKS
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import joining
from sandbox_app.flows.client_authentication import BackChannelRequest, authenticate
from sandbox_app.flows.ignored_parameters import REVOKE, note_ignored
from sandbox_app.flows.near_misses import refresh_tokens
from sandbox_app.flows.near_misses.clocks import span_words
from sandbox_app.flows.outcomes import Done
from sandbox_app.operations.core import Core
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.tokens.refresh import fingerprint


def answer_revocation(asked: BackChannelRequest, core: Core, trace: Trace) -> Done | Refused:
    """Kill a refresh token with its family; a token that means nothing is answered alike."""
    checks = trace.checks
    checks.plan(*REVOKE_CHECKS)
    note_ignored("OI-8", REVOKE, asked.parameters, trace)
    token = asked.parameters.get("token")
    joining.by_refresh_token(token, core, trace)
    client = authenticate(asked, core, trace)
    if isinstance(client, Refused):
        if client.rule == "OI-1.1":
            return trace.refused(client)
        checks.require("RV-1", False, because=client.because)
        return trace.refused(
            replace(client, error="invalid_client", description=None, rule="RV-1", status=401)
        )
    checks.require("RV-1", True, got=client.client_name)
    because = _why_not(token, client)
    if not checks.require("RV-2", not because, because=because) or token is None:
        return trace.refused(Refused("invalid_request", "RV-2", because))
    readable = unverified_claims(token) is not None
    if not checks.require("RV-3", not readable, got="a signed JWT" if readable else "opaque"):
        joining.by_signed_token(token, core.keys.known(client.user_pool_id), core, trace)
        return trace.refused(
            Refused("unsupported_token_type", "RV-3", "the token is not a refresh token")
        )
    _revoke(token, client, core, trace)
    return Done()


def _revoke(token: str, client: UserPoolClient, core: Core, trace: Trace) -> None:
    checks = trace.checks
    grant = core.store.refresh_grants.find(fingerprint(token))
    if grant is None or grant.revoked_at is not None:
        checks.skip("RV-5", "RV-6")
        checks.note("RV-4", f"{_why_nothing(token, grant, core)}; nothing was done")
        return
    if grant.client_id != client.client_id:
        checks.skip("RV-4", "RV-6")
        owner = core.store.clients.get(grant.client_id)
        name = owner.client_name if owner is not None else grant.client_id
        checks.note(
            "RV-5",
            f"the refresh token was issued to {name}, and {client.client_name} came with it; "
            "nothing was done, and it still works",
        )
        return
    checks.skip("RV-4", "RV-5")
    core.store.refresh_grants.revoke_family(grant.family, core.timestamp())
    checks.require("RV-6", True)
    core.bus.publish(TokensRevoked(client.user_pool_id, client.client_id, grant.family))


def _why_nothing(token: str, grant: RefreshGrant | None, core: Core) -> str:
    if grant is None or grant.revoked_at is None:
        return refresh_tokens.why_unknown(token, core)
    passed = span_words(core.timestamp() - grant.revoked_at)
    return f"the refresh token was revoked {passed} ago already"


def _why_not(token: str | None, client: UserPoolClient) -> str:
    if token is None:
        return "no token was sent"
    if not client.enable_token_revocation:
        return f"revocation is switched off on {client.client_name}"
    return ""
