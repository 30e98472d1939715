"""What stands beside the table of users: one user's editor, many users, an import, or nothing."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sandbox_app.gui.components import EmptyState
from sandbox_app.gui.forms import Subject
from sandbox_app.gui.pools.user_editor import UserEditor
from sandbox_app.gui.pools.users_bulk import BulkPanel
from sandbox_app.gui.pools.users_import import ImportPanel
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.requests import Request

Spawn = Callable[[Coroutine[Any, Any, None]], object]


class UsersPages(QStackedWidget):
    """Shows one page at a time; each pool has an editor of its own, which keeps its drafts.

    Signals:
        url_wanted: str, to be opened in the browser.
        failed: str, a sentence about what could not be done.
        duplicate_wanted, delete_wanted: str, the sub of the user shown.
        saved: Subject, made or changed.
        discarded: a new user was given up.
    """

    url_wanted = Signal(str)
    failed = Signal(str)
    duplicate_wanted = Signal(str)
    delete_wanted = Signal(str)
    saved = Signal(object)
    discarded = Signal()

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__()
        self._theme, self._core, self._spawn = theme, core, spawn
        self._origin, self._serving = "", True
        self._editors: dict[str, UserEditor] = {}
        self._chosen: dict[str, str] = {}
        self.bulk = BulkPanel(theme, core, spawn)
        self.importing = ImportPanel(theme, core, spawn)
        self._none = EmptyState(
            theme, "user", "Nothing chosen", "Choose a user to see and edit it."
        )
        # Beside an empty table there is nothing to choose.
        self._blank = QWidget()
        for page in (self._blank, self._none, self.bulk, self.importing):
            self.addWidget(page)

    def editor(self, pool_id: str) -> UserEditor:
        """The editor of a pool's users."""
        found = self._editors.get(pool_id)
        if found is None:
            found = UserEditor(self._theme, self._core, pool_id, self._spawn)
            found.set_origin(self._origin, serving=self._serving)
            found.url_wanted.connect(self.url_wanted)
            found.failed.connect(self.failed)
            found.duplicate_wanted.connect(self.duplicate_wanted)
            found.delete_wanted.connect(self.delete_wanted)
            found.saved.connect(self.saved)
            found.discarded.connect(self.discarded)
            self._editors[pool_id] = found
            self.addWidget(found)
        return found

    def has_drafts(self, pool_id: str) -> bool:
        """Whether a user of the pool has unsaved changes."""
        found = self._editors.get(pool_id)
        return found is not None and found.has_drafts()

    def set_origin(self, origin: str, *, serving: bool) -> None:
        """Where the sandbox listens, and whether it answers now."""
        self._origin, self._serving = origin, serving
        for editor in self._editors.values():
            editor.set_origin(origin, serving=serving)

    @property
    def is_editing(self) -> bool:
        """Whether an editor is what is shown."""
        return self.currentWidget() in self._editors.values()

    def chosen(self, pool_id: str) -> str:
        """The sub of the user of a pool that was shown last; empty where that one is gone."""
        key = self._chosen.get(pool_id, "")
        return key if key and self._core.store.users.get(pool_id, key) is not None else ""

    def choose(self, pool_id: str, sub: str) -> None:
        """Show that user of the pool next."""
        self._chosen[pool_id] = sub

    def show_subject(self, subject: Subject, begin_with: Request | None = None) -> None:
        """Show a user in the editor, unless work on many users goes on."""
        if self.bulk.work.busy:
            return
        editor = self.editor(subject.pool_id)
        if editor.show_subject(subject, begin_with=begin_with):
            self.choose(subject.pool_id, subject.key)
            self.setCurrentWidget(editor)
        else:
            self.setCurrentWidget(self._none)

    def keep_showing(self, subject: Subject) -> None:
        """Show a user as its draft is, if there is one; of nobody, nothing."""
        if not subject.key:
            self.setCurrentWidget(self._blank)
            return
        editor = self.editor(subject.pool_id)
        if editor.subject != subject or not editor.has_state(subject):
            self.show_subject(subject)
        self.setCurrentWidget(editor)

    def show_many(self, pool_id: str, subs: Sequence[str]) -> None:
        """Show what can be done with many users."""
        self.bulk.show_users(pool_id, list(subs))
        self.setCurrentWidget(self.bulk)

    def show_import(self, pool_id: str) -> None:
        """Show the panel that takes users in."""
        self.importing.show_pool(pool_id)
        self.setCurrentWidget(self.importing)

    def leave_import(self) -> None:
        """The panel was closed."""
        self.setCurrentWidget(self._none)

    def stays(self, pool_id: str, *, many_chosen: bool) -> bool:
        """Whether what is shown is to stay, whoever is in the table now.

        Args:
            many_chosen: whether several rows of the table are.
        """
        shown, bulk = self.currentWidget(), self.bulk
        if shown is self.importing:
            return True
        if shown is bulk:
            result = bulk.report is not None and not bulk.result.isHidden()
            return bulk.work.busy or many_chosen or result
        editor = self._editors.get(pool_id)
        begun = editor is not None and editor.subject.new and editor.has_state(editor.subject)
        return shown is editor and begun
