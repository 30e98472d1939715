"""App clients: their table and their editor."""

from collections.abc import Iterable

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.gui.pools.client_editor import ClientEditor
from sandbox_app.gui.pools.list_section import ListSection
from sandbox_app.gui.records import Column, Record
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.user_pool_clients import delete_user_pool_client
from sandbox_app.workbench.editing.client_drafts import client_copy
from sandbox_app.workbench.editing.requests import Request

_FLOWS = {"code": "code", "implicit": "implicit", "client_credentials": "client credentials"}


class ClientsSection(ListSection):
    """The app clients of a pool."""

    key, title, icon, noun = "clients", "App clients", "app", "app client"
    columns = (
        Column("name", "Client name", 80, grows=True, strong=True),
        Column("kind", "Kind", 96),
        Column("flows", "Allowed flow", 136),
        Column("id", "Client ID", 160, mono=True, middle_elide=True, shown=False),
        Column("callbacks", "Callback URLs", 112, align="right", shown=False),
    )
    nothing = ("No app clients", "An app signs users in, or itself, as a client of the pool.")

    editor: ClientEditor

    def __init__(self, theme: Theme, core: Core) -> None:
        editor = ClientEditor(theme, core)
        super().__init__(theme, core, editor)
        editor.url_wanted.connect(self.url_wanted)
        editor.pool_setting_wanted.connect(self.pool_setting_wanted)

    def records(self, pool_id: str) -> Iterable[Record]:
        """The pool's clients."""
        return (_record(client) for client in self.core.store.clients.of_pool(pool_id))

    def delete_one(self, pool_id: str, key: str) -> None:
        """Delete the client; its codes and refresh tokens go with it."""
        delete_user_pool_client(self.core, {"UserPoolId": pool_id, "ClientId": key})

    def copy_of(self, key: str) -> Request:
        """The same under another name, with an id and a secret of its own."""
        client = self.core.store.clients.get(key)
        assert client is not None
        return client_copy(client)

    def show_origin(self, origin: str) -> None:
        """The addresses follow."""
        super().show_origin(origin)
        self.editor.set_origin(origin, serving=self.serving)

    def show_serving(self, serving: bool) -> None:
        """Whether the pages can be opened."""
        super().show_serving(serving)
        self.editor.set_origin(self.origin, serving=serving)


def _record(client: UserPoolClient) -> Record:
    flows = ", ".join(_FLOWS.get(flow, flow) for flow in client.allowed_oauth_flows)
    number = len(client.callback_urls)
    return Record(
        client.client_id,
        {
            "name": client.client_name,
            "kind": "Confidential" if client.confidential else "Public",
            "flows": flows if client.allowed_oauth_flows_user_pool_client else "off",
            "id": client.client_id,
            "callbacks": str(number),
        },
        {"callbacks": number},
    )
