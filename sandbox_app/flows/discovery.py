"""The discovery document and the key set (contract oidc 2 and 3)."""

from collections.abc import Collection
from typing import Any

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.refusals import Refused
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import addresses
from sandbox_app.flows.outcomes import Answered
from sandbox_app.operations.core import Core
from sandbox_app.tokens.keys import jwks


def answer_discovery(pool_id: str, origin: str, core: Core, trace: Trace) -> Answered | Refused:
    """The document, members in alphabetical order (DC-1, DC-2, DC-3)."""
    pool = _pool(pool_id, core, trace)
    if isinstance(pool, Refused):
        return trace.refused(pool)
    local = addresses.plain_origin(origin)
    document = {
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": addresses.issuer(pool, origin),
        "jwks_uri": f"{local}/{pool.id}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        **_endpoints(pool, origin, core),
    }
    if pool.sandbox.advertise_pkce:
        document["code_challenge_methods_supported"] = ["S256"]
    return Answered(dict(sorted(document.items())))


async def answer_jwks(
    pool_id: str, core: Core, trace: Trace, *, only: Collection[str] | None = None
) -> Answered | Refused:
    """The pool's published keys, usually two (JW-1, JW-2, JW-4).

    Args:
        only: the kids that may be shown, where not all published ones are.
    """
    pool = _pool(pool_id, core, trace)
    if isinstance(pool, Refused):
        return trace.refused(pool)
    published = (await core.keys.of(pool.id)).published
    return Answered(jwks(key for key in published if only is None or key.kid in only))


def _pool(pool_id: str, core: Core, trace: Trace) -> UserPool | Refused:
    pool = core.store.pools.get(pool_id)
    if trace.checks.require("DC-5", pool is not None, got=pool_id) and pool is not None:
        trace.pool_id = pool.id
        return pool
    return Refused(
        "ResourceNotFoundException",
        "DC-5",
        f"the workspace has no pool {pool_id}",
        description=f"User pool {pool_id} does not exist.",
        status=404,
    )


def _endpoints(pool: UserPool, origin: str, core: Core) -> dict[str, Any]:
    if core.store.domains.of_pool(pool.id) is None:
        below = f"{addresses.plain_origin(origin)}/{pool.id}"
        return {
            "authorization_endpoint": f"{below}/authorize",
            "token_endpoint": f"{below}/token",
            "userinfo_endpoint": f"{below}/userInfo",
        }
    return {
        "authorization_endpoint": f"{origin}/oauth2/authorize",
        "end_session_endpoint": f"{origin}/logout",
        "revocation_endpoint": f"{origin}/oauth2/revoke",
        "token_endpoint": f"{origin}/oauth2/token",
        "userinfo_endpoint": f"{origin}/oauth2/userInfo",
    }
