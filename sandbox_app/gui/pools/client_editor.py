"""The editor of an app client: its pages, its secrets, and what its settings lead to."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.gui.forms import RecordEditor, Subject
from sandbox_app.gui.forms.drafts import text_of
from sandbox_app.gui.pools.client_authorize_bar import AuthorizeBar
from sandbox_app.gui.pools.client_sign_in_page import SignInPage
from sandbox_app.gui.pools.client_token_preview import TokenPreviewView
from sandbox_app.gui.pools.client_tokens_page import AttributesPage, add_tokens
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.user_pool_clients import (
    add_user_pool_client_secret,
    delete_user_pool_client_secret,
)
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.client_authorize import authorize_url
from sandbox_app.workbench.editing.client_drafts import (
    client_draft,
    client_of,
    create_client,
    is_confidential,
    new_client_draft,
    update_client,
)
from sandbox_app.workbench.editing.client_presets import with_preset
from sandbox_app.workbench.editing.pool_addresses import issuer_with
from sandbox_app.workbench.editing.requests import Request, member_at, with_member

_SIGN_IN = "sign-in"
_ROOM_FOR_KIND = 440


class ClientEditor(RecordEditor):
    """One app client.

    Secrets are added and deleted at once, each as an edit of its own; all else is a draft.

    Signals:
        url_wanted: str, to be opened in the browser.
        pool_setting_wanted: str, a member of the pool that governs what is shown here.
    """

    url_wanted = Signal(str)
    pool_setting_wanted = Signal(str)

    noun = "app client"

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core)
        self._origin, self._serving = "", True
        self.sign_in = SignInPage(theme, core, self.add_page(_SIGN_IN, "Sign-in"))
        self.issuer = add_tokens(theme, self.add_page("tokens", "Tokens"))
        self.attributes = AttributesPage(theme, self.add_page("attributes", "Attributes"))
        self.preview = TokenPreviewView(theme, core)
        self.add_view("preview", "ID token preview", self.preview)
        self.authorize = AuthorizeBar(theme)
        self.below.addWidget(self.authorize)
        self._connect()

    def set_origin(self, origin: str, *, serving: bool = True) -> None:
        """Where the sandbox listens, "http://localhost:9400", and whether it answers now."""
        self._origin, self._serving = origin, serving
        if self.has_state(self.subject):
            self.drafted(self.draft)
            self._show_preview()

    # What the base asks.

    def load(self, subject: Subject) -> Request | None:
        """The client as it is saved."""
        client = self._client(subject)
        return None if client is None else client_draft(client)

    def blank(self, subject: Subject) -> Request:
        """A client that may do nothing yet."""
        return new_client_draft(subject.pool_id)

    def attempt(self, draft: Request) -> str:
        """Make the client, or change it."""
        if self.subject.new:
            return create_client(self._core, draft)
        update_client(self._core, self.subject.key, draft)
        return self.subject.key

    def label(self, draft: Request) -> str:
        """Which edit it is."""
        name = text_of(draft, "ClientName")
        return f"{'Create' if self.subject.new else 'Change'} client {name}"

    def show_head(self, draft: Request) -> None:
        """Name, kind and id."""
        new = self.subject.new
        name = text_of(draft, "ClientName")
        self.title.setText(name or ("New app client" if new else "Without a name"))
        self.subtitle.setText(kind_words(draft, self._client(self.subject)))
        self.identifier.setVisible(not new)
        self.identifier.set_value(self.subject.key)

    def drafted(self, draft: Request) -> None:
        """Everything that depends on other settings."""
        pool = self._core.store.pools.get(self.subject.pool_id)
        if pool is None:
            return
        self.sign_in.show(draft, pool, self._client(self.subject))
        self.attributes.show(pool)
        issuer = issuer_with(pool, pool.sandbox.issuer, self._origin)
        if issuer is None:
            self.issuer.value.set_nothing("Known while the sandbox serves.")
        else:
            self.issuer.value.set_value(issuer)
        shown = authorize_url(self._core, draft, self.subject.key, self._origin)
        self.authorize.show_url(shown, self._why_not_open(shown.url))

    def check(self) -> None:
        """Try the draft out; what it would bring is previewed without its faults."""
        super().check()
        self._show_preview()

    def show_page(self, key: str) -> None:
        """The authorize URL belongs to the first page."""
        super().show_page(key)
        self.authorize.setVisible(key == _SIGN_IN)

    def reveal(self, member: str) -> None:
        """Bring the row of a member to the eye; secrets that there are have one of their own."""
        super().reveal(member)
        if member == "ClientSecret" and not self.subject.new:
            self.sign_in.reveal_secrets()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for both, the name is more than the kind."""
        super().resizeEvent(event)
        self.subtitle.setVisible(self.width() >= self._theme.px(_ROOM_FOR_KIND))

    # Inside.

    def _connect(self) -> None:
        self.authorize.open_wanted.connect(self.url_wanted)
        self.issuer.setting_wanted.connect(self.pool_setting_wanted)
        self.sign_in.presets.chosen.connect(self._begin_with)
        row = self.sign_in.secrets
        row.add_wanted.connect(self._add_secret)
        row.renew_wanted.connect(self._renew_secret)
        row.delete_wanted.connect(self._delete_secret)

    def _client(self, subject: Subject) -> UserPoolClient | None:
        found = self._core.store.clients.get(subject.key) if subject.key else None
        return found if found is not None and found.user_pool_id == subject.pool_id else None

    def _begin_with(self, key: str) -> None:
        self.set_draft(with_preset(self._core, key, self.draft))

    def _why_not_open(self, url: str) -> str:
        if self.subject.new:
            return "The client is not made yet."
        if not self._serving:
            return "The sandbox is stopped."
        saved = authorize_url(self._core, self.state.saved, self.subject.key, self._origin)
        return "" if url == saved.url else "Save first: the client as saved would refuse this."

    def _show_preview(self) -> None:
        state = self._states.get(self.subject)
        pool = self._core.store.pools.get(self.subject.pool_id)
        if state is None or pool is None:
            return
        draft = state.draft
        for problem in state.problems:
            if problem.member:
                saved = member_at(state.saved, problem.member)
                draft = with_member(draft, problem.member, saved)
        faulty = any(not problem.member for problem in state.problems)
        client = None if faulty else client_of(draft, self.subject.key)
        self.preview.show_client(pool, client, self._origin)

    # Secrets.

    def _add_secret(self, value: str) -> None:
        self._with_secrets("Add a secret to", lambda: self._added(value))

    def _renew_secret(self, secret_id: str) -> None:
        """A new one in place of the old; where there is room for two, the new one comes first."""
        client = self._client(self.subject)
        if client is None:
            return

        def renew() -> None:
            with self._core.change():
                if len(client.client_secrets) == 1:
                    self._added("")
                    self._deleted(secret_id)
                else:
                    self._deleted(secret_id)
                    self._added("")

        self._with_secrets("Regenerate a secret of", renew)

    def _delete_secret(self, secret_id: str) -> None:
        self._with_secrets("Delete a secret of", lambda: self._deleted(secret_id))

    def _added(self, value: str) -> None:
        chosen = {"ClientSecret": value} if value else {}
        add_user_pool_client_secret(self._core, self._names() | chosen)

    def _deleted(self, secret_id: str) -> None:
        delete_user_pool_client_secret(self._core, self._names() | {"ClientSecretId": secret_id})

    def _names(self) -> Request:
        return {"UserPoolId": self.subject.pool_id, "ClientId": self.subject.key}

    def _with_secrets(self, words: str, change: Callable[[], None]) -> None:
        client = self._client(self.subject)
        if client is None:
            return
        row = self.sign_in.secrets
        try:
            with edits.step(self._core, f"{words} client {client.client_name}"):
                change()
        except ApiError as error:
            row.show_error(error.message)
            return
        row.show_error("")
        self.refresh()


def kind_words(draft: Request, saved: UserPoolClient | None) -> str:
    """What kind of client it is."""
    if "client_credentials" in (draft.get("AllowedOAuthFlows") or ()):
        return "machine client"
    return "confidential client" if is_confidential(draft, saved) else "public client"
