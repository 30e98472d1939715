"""Users: the table with search and filters; at the right an editor, many users or an import."""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.gui.components import Button, EmptyState
from sandbox_app.gui.forms import Setting, Subject
from sandbox_app.gui.pools.section import Section
from sandbox_app.gui.pools.user_editor import UserEditor
from sandbox_app.gui.pools.users_bulk import ASKS_FROM
from sandbox_app.gui.pools.users_drop import FileDrop
from sandbox_app.gui.pools.users_export import UsersExport
from sandbox_app.gui.pools.users_head import UserFilters, UsersHead
from sandbox_app.gui.pools.users_pages import UsersPages
from sandbox_app.gui.pools.users_people import COLUMNS, People, let_others_run
from sandbox_app.gui.records import USERS_MIME, PagedRecordModel, RecordTable
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.operations.users import admin_delete_user
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request
from sandbox_app.workbench.editing.user_drafts import user_copy
from sandbox_app.workbench.people import actions, bulk

Spawn = Callable[[Coroutine[Any, Any, None]], object]

_SEARCH_AFTER_MS = 120


class UsersSection(Section):
    """The users of a pool; a hundred thousand of them are no more work than three."""

    key, title, icon = "users", "Users", "user"

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__(theme, core)
        self._spawn = spawn
        self._wanted = ""
        self.people = People(core, self._load_soon)
        self.model = PagedRecordModel(self.people, COLUMNS, page=100)
        self._empty = EmptyState(theme, "user", "No users", "Whoever signs up appears here.")
        first = Button(theme, "New user", icon="plus")
        first.clicked.connect(self.create)
        self._empty.add_button(first)
        self.table = RecordTable(
            theme,
            "Users",
            COLUMNS,
            self.model,
            multi=True,
            empty=self._empty,
            drag_mime=USERS_MIME,
        )
        self.head = UsersHead(theme)
        self.filters = UserFilters(theme)
        self.exporting = UsersExport(theme, core, self.people.all_keys, spawn)
        self.right = self._pages = UsersPages(theme, core, spawn)
        self.bulk, self.importing = self._pages.bulk, self._pages.importing
        self._search = QTimer(self)
        self._search.setSingleShot(True)
        self._search.setInterval(_SEARCH_AFTER_MS)
        self._search.timeout.connect(self.load)
        self._build()
        self._connect()

    @property
    def editor(self) -> UserEditor:
        """The editor of the pool shown; it keeps that pool's drafts."""
        return self._pages.editor(self.pool_id)

    # What the place calls.

    def count(self, pool_id: str) -> int:
        """How many users."""
        return self.core.store.users.count(pool_id)

    def show_pool(self, pool_id: str) -> None:
        """Show the pool's users, and the one chosen there last."""
        if pool_id != self.pool_id or self.people.stale:
            if pool_id != self.pool_id:
                self.people.show_pool(pool_id)
                self._empty.set_words("Looking for users", "They are here in a moment.")
                self.model.reload()
                self.importing.show_pool(pool_id)
                self.exporting.show_pool(pool_id)
            self.pool_id = pool_id
            self._show_groups()
            self.load()

    def changed(self, events: list[ConfigurationChanged]) -> None:
        """Rows and editor as they are now."""
        if not self.pool_id or self.core.store.pools.get(self.pool_id) is None:
            return
        self._show_groups()
        self.editor.refresh()
        if self.people.stale:
            self.load()
        else:
            self._show_chosen()

    def open(self, key: str, member: str = "") -> None:
        """Choose a user by sub, and a row of the editor."""
        if self.people.row_of(key) is None:
            self.head.search("")
            self.filters.clear()
            self._search.stop()
            self._wanted = key
            self.load()
        self._pages.show_subject(Subject(self.pool_id, key))
        self.table.select(key)
        if member:
            self.editor.reveal(member)

    def settings(self) -> Sequence[Setting]:
        """Every row of the editor."""
        return self.editor.settings() if self.pool_id else ()

    def open_setting(self, member: str) -> None:
        """Bring a row of the editor to the eye."""
        if self._pages.is_editing:
            self.editor.reveal(member)

    def create(self) -> None:
        """Begin a new user; one that was begun before is gone on with."""
        self._begin(None)

    def take_users(self, group: str, subs: list[str]) -> None:
        """Users were dragged onto a group."""
        self.add_to_group(subs, group)

    def add_to_group(self, subs: Sequence[str], group: str) -> None:
        """Put users into a group, as one edit."""
        self._spawn(self._add_to_group(list(subs), group))

    def show_group(self, group: str) -> None:
        """List the users of a group and nobody else."""
        self.head.search("")
        self.filters.clear()
        self.filters.group.set_current(group)
        self._search.stop()
        self.load()

    def has_drafts(self) -> bool:
        """Whether a user has unsaved changes."""
        return self._pages.has_drafts(self.pool_id)

    def search(self, text: str) -> None:
        """Look for a text in all attributes."""
        self.head.search(text)

    def show_origin(self, origin: str) -> None:
        """Where pages open."""
        super().show_origin(origin)
        self._pages.set_origin(self.origin, serving=self.serving)

    def show_serving(self, serving: bool) -> None:
        """Whether they open."""
        super().show_serving(serving)
        self._pages.set_origin(self.origin, serving=self.serving)

    def save_state(self) -> dict[str, object]:
        """The table's columns."""
        return {"table": self.table.save_state()}

    def restore_state(self, state: dict[str, object]) -> None:
        """The table's columns."""
        found = state.get("table")
        if isinstance(found, dict):
            self.table.restore_state(found)

    # Long work.

    def load(self) -> None:
        """Find the users anew."""
        status, group, enabled = self.filters.chosen
        self.people.query = replace(
            self.people.query, text=self.head.text, status=status, group=group, enabled=enabled
        )
        self._spawn(self._load())

    def import_file(self, path: str) -> None:
        """Show what importing a CSV file would do."""
        self._show_import()
        self.importing.read_file(Path(path))

    # Inside.

    async def _load(self) -> None:
        begun = False

        def show_first() -> None:
            nonlocal begun
            begun = True
            self.model.reload()
            self.table.verticalScrollBar().setValue(0)
            self.head.show_count_so_far(self.people.count(), self.count(self.pool_id))

        # What is only read again stays as it is until all is there: one may be looking at its end.
        if not await self.people.load(show_first if self.people.asks_anew else None):
            return
        place = self.table.verticalScrollBar().value()
        self.model.reload()
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            begun = not self.table.select(wanted) and begun
        everybody = self.count(self.pool_id)
        self.head.show_count(self.people.count(), everybody)
        if everybody:
            self._empty.set_words("Nobody found", "No user fits the search and the filters.")
        else:
            self._empty.set_words("No users", "Whoever signs up appears here.")
        self._show_chosen()
        if begun:
            self.table.verticalScrollBar().setValue(place)

    async def _add_to_group(self, subs: Sequence[str], group: str) -> None:
        who = self._name(subs[0]) if len(subs) == 1 else f"{len(subs):,} users"
        with edits.step(self.core, f"Add {who} to {group}"):
            report = await bulk(
                self.core,
                self.pool_id,
                subs,
                actions.add_to_group(group),
                lambda _done, _total: None,
                lambda: False,
                let_others_run,
            )
        for one in report.failed[:1]:
            self.failed.emit(f"{one.username}: {one.why}")
        if report.done:
            self.done.emit(f"Added {who} to {group}.")

    def _load_soon(self) -> None:
        self._search.start()

    def _build(self) -> None:
        self.middle = FileDrop(self.import_file)
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.head, self.filters, self.exporting):
            column.addWidget(widget)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.head.new_wanted.connect(self.create)
        self.head.searched.connect(lambda _text: self._load_soon())
        self.head.list_wanted.connect(self.table.setFocus)
        self.head.more_wanted.connect(self._more)
        self.filters.changed.connect(self.load)
        self.table.selection_changed.connect(self._selected)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self._delete)
        self.table.menu_wanted.connect(self._menu)
        self.table.search_typed.connect(self.head.type)
        paste = QShortcut(QKeySequence.StandardKey.Paste, self.table)
        paste.setContext(Qt.ShortcutContext.WidgetShortcut)
        paste.activated.connect(self._paste)
        self.bulk.finished.connect(self._after_work)
        self.importing.finished.connect(self._after_work)
        self.importing.closed.connect(self._leave_import)
        self.exporting.failed.connect(self.failed)
        self.exporting.done.connect(self.done)
        pages = self._pages
        pages.url_wanted.connect(self.url_wanted)
        pages.failed.connect(self.failed)
        pages.duplicate_wanted.connect(self.duplicate)
        pages.delete_wanted.connect(lambda sub: self._delete([sub]))
        pages.saved.connect(self._saved)
        pages.discarded.connect(self._show_chosen)

    def _after_work(self) -> None:
        self.count_changed.emit()

    def _selected(self, subs: Sequence[str]) -> None:
        if len(subs) > 1:
            self._pages.show_many(self.pool_id, subs)
        elif len(subs) == 1:
            self._pages.show_subject(Subject(self.pool_id, subs[0]))

    def _show_chosen(self) -> None:
        """Keep to what is shown; where the user is gone, take the first one."""
        pages = self._pages
        if pages.stays(self.pool_id, many_chosen=self.table.selected_count > 1):
            return
        key = pages.chosen(self.pool_id)
        if not key and self.model.rowCount():
            key = self.model.key(0)
        pages.keep_showing(Subject(self.pool_id, key))
        if key and self.table.current_key != key:
            self.table.select(key)

    def _begin(self, begin_with: Request | None) -> None:
        self.table.select("")
        self._pages.show_subject(Subject(self.pool_id), begin_with)
        self.editor.focus_first()

    def _opened(self, key: str) -> None:
        self._pages.show_subject(Subject(self.pool_id, key))
        self.editor.focus_first()

    def _saved(self, subject: Subject) -> None:
        if subject.pool_id == self.pool_id:
            self._pages.choose(subject.pool_id, subject.key)
            self._wanted = subject.key
            self.table.select(subject.key)
        self.count_changed.emit()

    def duplicate(self, key: str) -> None:
        """Begin a new user that is like another."""
        user = self.core.store.users.get(self.pool_id, key)
        pool = self.core.store.pools.get(self.pool_id)
        if user is not None and pool is not None:
            self._begin(user_copy(self.core, pool, user))

    def _delete(self, subs: Sequence[str]) -> None:
        if len(subs) > 1:
            self._pages.show_many(self.pool_id, subs)
            self.bulk.delete(sure=len(subs) <= ASKS_FROM)
            return
        name, beside = self._name(subs[0]), self.table.key_beside(subs)
        try:
            with edits.step(self.core, f"Delete user {name}"):
                admin_delete_user(self.core, {"UserPoolId": self.pool_id, "Username": subs[0]})
        except ApiError as error:
            self.failed.emit(error.message)
            return
        self._pages.choose(self.pool_id, beside)
        self.done.emit(f"Deleted user {name}.")

    def _name(self, sub: str) -> str:
        user = self.core.store.users.get(self.pool_id, sub)
        return sub if user is None else user.username

    def _show_groups(self) -> None:
        names = sorted(group.group_name for group in self.core.store.groups.of_pool(self.pool_id))
        self.filters.show_groups(names)
        self.bulk.show_pool()

    # Import and export.

    def _show_import(self) -> None:
        self._pages.show_import(self.pool_id)

    def _leave_import(self) -> None:
        self._pages.leave_import()
        self._show_chosen()

    def _paste(self) -> None:
        self._show_import()
        self.importing.read_text(QGuiApplication.clipboard().text())

    def _more(self) -> None:
        menu = QMenu(self.head)
        menu.addAction("Import CSV…", self._show_import)
        menu.addAction("Paste rows\tCtrl+V", self._paste)
        menu.addAction("Export CSV…", self.exporting.ask)
        menu.addSeparator()
        columns = self.table.columns_menu()
        columns.setTitle("Columns")
        menu.addMenu(columns)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.head.more.mapToGlobal(QPoint(0, self.head.more.height())))

    def _menu(self, key: str, spot: QPoint) -> None:
        menu = QMenu(self.table)
        menu.addAction("New user", self.create)
        if key:
            many = self.table.selected_count > 1
            if not many:
                menu.addAction("Duplicate", lambda: self.duplicate(key))
            menu.addAction("Copy sub", lambda: QGuiApplication.clipboard().setText(key))
            menu.addSeparator()
            subs = self.table.selected_keys if many else lambda: [key]
            menu.addAction("Delete", lambda: self._delete(subs()))
        menu.addSeparator()
        menu.addAction("Paste rows\tCtrl+V", self._paste)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(spot)
