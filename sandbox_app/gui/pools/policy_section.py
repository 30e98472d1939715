"""The section of a pool that is the pool itself."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QStackedWidget

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.gui.components import Button, EmptyState
from sandbox_app.gui.forms import Setting, Subject
from sandbox_app.gui.pools.pool_editor import PoolEditor
from sandbox_app.gui.pools.section import Section
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core


class PolicySection(Section):
    """Sign-in and policy; there is one of it, so there is no table."""

    key: ClassVar[str] = "policy"
    title: ClassVar[str] = "Sign-in and policy"
    icon: ClassVar[str] = "lock"

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__(theme, core)
        self.editor = PoolEditor(theme, core)
        self._none = EmptyState(
            theme, "pools", "No pool", "Everything here belongs to a user pool. Make one to begin."
        )
        first = Button(theme, "New pool", variant="primary", icon="plus")
        first.clicked.connect(self.create)
        self._none.add_button(first)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._none)
        self._pages.addWidget(self.editor)
        self.right = self._pages
        self.editor.discarded.connect(self._show)
        self.editor.saved.connect(self._saved)
        self.editor.state_changed.connect(lambda _subject: self.count_changed.emit())

    def show_pool(self, pool_id: str) -> None:
        """Show the pool's settings."""
        self.pool_id = pool_id
        self._show()

    def changed(self, events: list[ConfigurationChanged]) -> None:
        """The settings as they are now."""
        self.editor.refresh()
        if not self._creating:
            self._show()

    def show_origin(self, origin: str) -> None:
        """The addresses follow."""
        super().show_origin(origin)
        self.editor.show_origin(origin)

    def open(self, key: str, member: str = "") -> None:
        """Bring a setting to the eye."""
        self._show()
        if member:
            self.editor.reveal(member)

    def settings(self) -> Sequence[Setting]:
        """Every row of the editor."""
        return self.editor.settings()

    def open_setting(self, member: str) -> None:
        """Bring a row of the editor to the eye."""
        if self._pages.currentWidget() is self.editor:
            self.editor.reveal(member)

    def create(self) -> None:
        """Begin a new pool."""
        self.editor.show_subject(Subject(""))
        self._pages.setCurrentWidget(self.editor)
        self.editor.focus_first()

    @property
    def begun(self) -> bool:
        """Whether a new pool is being made, here or left for later."""
        state = self.editor.state_of(Subject(""))
        return self._creating or (state is not None and state.dirty)

    def has_drafts(self) -> bool:
        """Whether the pool has unsaved changes."""
        return self.editor.state_of(Subject(self.pool_id, self.pool_id)) is not None

    def _saved(self, subject: Subject) -> None:
        if subject.pool_id != self.pool_id:
            self.pool_made.emit(subject.pool_id)

    @property
    def _creating(self) -> bool:
        return self.editor.subject == Subject("") and self.editor.has_state(Subject(""))

    def _show(self) -> None:
        subject = Subject(self.pool_id, self.pool_id)
        shown = bool(self.pool_id) and self.editor.show_subject(subject)
        self._pages.setCurrentWidget(self.editor if shown else self._none)
