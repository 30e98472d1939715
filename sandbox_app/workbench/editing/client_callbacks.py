"""One more callback URL for a client, as one edit."""

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.operations.core import Core
from sandbox_app.operations.user_pool_clients import update_user_pool_client
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import client_request


def add_callback(core: Core, client: UserPoolClient, url: str) -> None:
    """Register the URL besides those that are there; one that is there already changes nothing.

    Raises:
        ApiError: it cannot be a callback URL, or the client has as many as it may have.
    """
    if url in client.callback_urls:
        return
    request = client_request(client)
    request["CallbackURLs"] = [*client.callback_urls, url]
    # What only a sandbox has stays as it is unless it is given anew.
    request.pop("Sandbox", None)
    with edits.step(core, f"Add a callback URL to {client.client_name}"):
        update_user_pool_client(core, request)
