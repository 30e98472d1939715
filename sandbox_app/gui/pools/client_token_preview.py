"""The tokens that a sign-in would bring with a client's settings as they stand in the editor."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.gui.components import (
    CodeView,
    Combo,
    EmptyState,
    Field,
    IconLabel,
    Segments,
    WrapLabel,
)
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.user_choice import users_beginning
from sandbox_app.workbench.token_preview import Lifetimes, TokenPreview, is_machine, preview_tokens

_SEARCH_AFTER_MS = 150


class TokenPreviewView(QWidget):
    """A user to choose, and the claims of the ID and the access token they would get."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme, self._core = theme, core
        self._pool: UserPool | None = None
        self._client: UserPoolClient | None = None
        self._origin = ""
        self._preview: TokenPreview | None = None
        self.search = Field(theme, "Search users", placeholder="Search users", icon="search")
        self.user = Combo(theme, "User")
        self.which = Segments(
            theme, "Which token", [("id", "ID token"), ("access", "Access token")]
        )
        self.lifetimes = WrapLabel(theme, "", Role.HELP, "text2")
        self.warning = WrapLabel(theme, "", Role.STATUS, "warn")
        self.claims = CodeView(theme, "Claims", syntax="json", wrap=True)
        self.empty = EmptyState(theme, "tokens", "No tokens", "")
        self._choice = QWidget()
        self._warned = QWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_SEARCH_AFTER_MS)
        self._typing.timeout.connect(self.find_users)
        self._build()
        self.search.textEdited.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(self.find_users)
        self.user.chosen.connect(lambda _sub: self.renew())
        self.which.chosen.connect(lambda _key: self._show())

    @property
    def preview(self) -> TokenPreview | None:
        """What is shown; `None` while there is nothing."""
        return self._preview

    def show_client(self, pool: UserPool, client: UserPoolClient | None, origin: str) -> None:
        """Preview the tokens of a client; `None` while its draft is at fault."""
        another = self._pool is None or pool.id != self._pool.id
        self._pool, self._client, self._origin = pool, client, origin
        if another or not self.user.current_key:
            self.find_users()
        else:
            self.renew()

    def find_users(self) -> None:
        """Offer the users whose name or address begins with what is typed."""
        self._typing.stop()
        if self._pool is None:
            return
        found = users_beginning(self._core, self._pool, self.search.text().strip())
        self.user.set_choices([(user.sub, _words(user)) for user in found])
        if not self.user.current_key and found:
            self.user.set_current(found[0].sub)
        self.user.setEnabled(bool(found))
        self.renew()

    def renew(self) -> None:
        """Make the preview anew."""
        self._preview = self._made()
        self._show()

    def _made(self) -> TokenPreview | None:
        pool, client = self._pool, self._client
        if pool is None or client is None or not self._origin:
            return None
        user = self._core.store.users.get(pool.id, self.user.current_key)
        if user is None and not is_machine(client):
            return None
        return preview_tokens(self._core, pool, client, user, origin=self._origin)

    def _show(self) -> None:
        preview, client = self._preview, self._client
        machine = client is not None and is_machine(client)
        self._choice.setVisible(not machine)
        self.which.setVisible(not machine)
        self.empty.setVisible(preview is None)
        self.claims.setVisible(preview is not None)
        self.lifetimes.setVisible(preview is not None)
        if preview is None:
            self._warn("")
            self.empty.set_words("No tokens", self._why_nothing())
            return
        id_token = self.which.current_key == "id" and not machine
        claims = preview.id_claims if id_token else preview.access_claims
        self._warn(preview.why_refused or (preview.why_no_id if id_token or machine else ""))
        self.lifetimes.setText(_lifetimes(preview.lifetimes))
        self.claims.set_text(_json(claims) if claims is not None else "")
        self.claims.setVisible(claims is not None)

    def _why_nothing(self) -> str:
        if self._client is None:
            return "Tokens appear here once nothing is wrong with the settings."
        if not self._origin:
            return "Tokens appear here once the sandbox has an address to name as issuer."
        if self.search.text().strip():
            return "No user's name or e-mail address begins like that."
        return "Tokens appear here once the pool has a user."

    def _warn(self, sentence: str) -> None:
        self.warning.setText(sentence)
        self._warned.setVisible(bool(sentence))

    def _build(self) -> None:
        px = self._theme.px
        self.user.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.user.setSizeAdjustPolicy(Combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.user.setMinimumContentsLength(8)
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.setSpacing(px(metrics.GRID))
        choice.addWidget(self.search, 2)
        choice.addWidget(self.user, 3)
        warned = QHBoxLayout(self._warned)
        warned.setContentsMargins(0, 0, 0, 0)
        warned.setSpacing(px(6))
        warned.addWidget(IconLabel(self._theme, "warning", "warn", 16, name="Warning"))
        warned.addWidget(self.warning, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(
            px(metrics.PANE_LEFT), px(16), px(metrics.PANE_RIGHT), px(metrics.GRID)
        )
        column.setSpacing(px(metrics.GRID))
        column.addWidget(self._choice)
        column.addWidget(self.which, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._warned)
        column.addWidget(self.lifetimes)
        column.addWidget(self.claims, 1)
        column.addWidget(self.empty, 1)


def _words(user: User) -> str:
    email = user.attributes.get("email", "")
    return f"{user.username} · {email}" if email and email != user.username else user.username


def _json(claims: Mapping[str, Any]) -> str:
    return json.dumps(dict(claims), indent=2, ensure_ascii=False)


def _lifetimes(found: Lifetimes) -> str:
    parts = (
        ("ID token", found.id),
        ("access token", found.access),
        ("refresh token", found.refresh),
    )
    said = [f"{name} {_span(span)}" for name, span in parts if span is not None]
    words = " · ".join(said)
    return f"Good for: {words}" if words else ""


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size and seconds % size == 0:
            number = seconds // size
            return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"
    return f"{seconds:,} seconds"
