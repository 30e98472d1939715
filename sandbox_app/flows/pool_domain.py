"""Whether a pool has its endpoints at all: they exist once it has a domain (contract oidc 1.1)."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.trace import Trace
from sandbox_app.operations.core import Core

NO_DOMAIN = "the pool has no domain, so the real service would have no such address"


def has_domain(client: UserPoolClient, core: Core, trace: Trace) -> bool:
    """Whether the client's pool has a domain; says nothing where it has, because most have."""
    domain = core.store.domains.of_pool(client.user_pool_id)
    if domain is None:
        return trace.checks.require("OI-1.1", False, got="no domain", expected="a domain")
    if domain.managed_login_version == 2 and trace.step in ("authorize", "login"):
        trace.checks.note(
            "LG-5", "the domain asks for managed login; the classic pages are shown instead"
        )
    return True
