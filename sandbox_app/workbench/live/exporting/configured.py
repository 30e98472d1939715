"""Client secrets looked up in the configuration, as no record holds them."""

from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.exporting.sending import SecretOf


def configured_secrets(core: Core) -> SecretOf:
    """Looks up what clients prove themselves with now."""

    def secret_of(client_id: str) -> str:
        client = core.store.clients.get(client_id) if client_id else None
        secrets = client.client_secrets if client is not None else ()
        return secrets[0].client_secret_value if secrets else ""

    return secret_of
