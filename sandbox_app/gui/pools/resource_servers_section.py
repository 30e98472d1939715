"""Resource servers: their table, and the editor of one with its scopes."""

from collections.abc import Iterable

from sandbox_app.domain.records.pools import ResourceServer
from sandbox_app.gui.components import CodeView
from sandbox_app.gui.forms import Input, RecordEditor, Subject, text_input
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.forms.field_rows import FieldRows, Part
from sandbox_app.gui.pools.list_section import ListSection
from sandbox_app.gui.records import Column, Record
from sandbox_app.gui.theme import Theme
from sandbox_app.operations import resource_servers
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.requests import Request, resource_server_request

_SCOPES_HEIGHT = 96


class ResourceServerEditor(RecordEditor):
    """One resource server; below, its scopes as a client asks for them."""

    noun = "resource server"

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core)
        form = self.add_page("server", "Resource server")
        form.add(
            "Identifier",
            "Identifier",
            text_input(theme, "Identifier", mono=True, placeholder="https://api.example.com"),
            "Stands before the slash of each scope. It cannot be changed later.",
        )
        form.add(
            "Name",
            "Resource server name",
            text_input(theme, "Resource server name"),
            "For people; no token carries it.",
        )
        self.scopes = FieldRows(
            theme,
            "scope",
            (
                Part("ScopeName", "Scope name", mono=True),
                Part("ScopeDescription", "Description"),
            ),
        )
        form.add(
            "Scopes",
            "Custom scopes",
            Input(
                self.scopes,
                lambda: self.scopes.values() or None,
                lambda value: self.scopes.set_values(value or ()),
                self.scopes.edited,
            ),
            "A scope that goes stays listed at clients, without effect (rule TM-3).",
        )
        self.asked = CodeView(theme, "Scopes as a client asks for them")
        form.add_heading("As a client asks for them")
        form.add_widget(self.asked)
        self.asked.setFixedHeight(theme.px(_SCOPES_HEIGHT))

    def load(self, subject: Subject) -> Request | None:
        """The server as it is saved."""
        server = self._core.store.resource_servers.get(subject.pool_id, subject.key)
        if server is None:
            return None
        request = resource_server_request(server)
        return request if request["Scopes"] else {k: v for k, v in request.items() if k != "Scopes"}

    def blank(self, subject: Subject) -> Request:
        """A server without scopes."""
        return {"UserPoolId": subject.pool_id, "Identifier": "", "Name": ""}

    def attempt(self, draft: Request) -> str:
        """Make the server, or change it."""
        if self.subject.new:
            resource_servers.create_resource_server(self._core, draft)
        else:
            resource_servers.update_resource_server(self._core, draft)
        return str(draft["Identifier"])

    def label(self, draft: Request) -> str:
        """Which edit it is."""
        verb = "Create" if self.subject.new else "Change"
        return f"{verb} resource server {draft.get('Identifier', '')}"

    def show_head(self, draft: Request) -> None:
        """Name and identifier."""
        new = self.subject.new
        self.title.setText("New resource server" if new else text_of(draft, "Name"))
        self.form_of("Identifier").lock("Identifier", not new)
        self.identifier.setVisible(not new)
        self.identifier.set_value(text_of(draft, "Identifier"))

    def drafted(self, draft: Request) -> None:
        """The scopes in full."""
        names = [scope.get("ScopeName", "") for scope in draft.get("Scopes", ())]
        lines = [f"{text_of(draft, 'Identifier')}/{name}" for name in names if name]
        self.asked.set_text("\n".join(lines) or "No scopes yet")


class ResourceServersSection(ListSection):
    """The resource servers of a pool."""

    key, title, icon, noun = "resource_servers", "Resource servers", "server", "resource server"
    columns = (
        Column("name", "Name", 104, grows=True, strong=True),
        Column("identifier", "Identifier", 120, mono=True, middle_elide=True, grows=True),
        Column("scopes", "Scopes", 84, align="right"),
    )
    nothing = ("No resource servers", "A resource server is an API with scopes of its own.")

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core, ResourceServerEditor(theme, core))

    def records(self, pool_id: str) -> Iterable[Record]:
        """The pool's servers."""
        return (_record(server) for server in self.core.store.resource_servers.of_pool(pool_id))

    def delete_one(self, pool_id: str, key: str) -> None:
        """Delete the server with its scopes."""
        request = {"UserPoolId": pool_id, "Identifier": key}
        resource_servers.delete_resource_server(self.core, request)

    def copy_of(self, key: str) -> Request:
        """The same under another identifier."""
        server = self.core.store.resource_servers.get(self.pool_id, key)
        assert server is not None
        return resource_server_request(server) | {"Identifier": f"{key}-copy"}


def _record(server: ResourceServer) -> Record:
    number = len(server.scopes)
    return Record(
        server.identifier,
        {"name": server.name, "identifier": server.identifier, "scopes": str(number)},
        {"scopes": number},
    )
