"""A section whose things are few enough to be kept as a list: clients, groups, servers."""

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.gui.components import Button, EmptyState
from sandbox_app.gui.forms import RecordEditor, Setting, Subject
from sandbox_app.gui.pools.list_header import ListHeader
from sandbox_app.gui.pools.section import Section
from sandbox_app.gui.records import Column, ListRecordModel, Mark, Record, RecordTable
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.requests import Request


class ListSection(Section):
    """A table of all the things of one kind in a pool, and an editor for the one chosen.

    A subclass names its columns, makes the rows, and deletes by operations.
    """

    columns: ClassVar[tuple[Column, ...]]
    noun: ClassVar[str]
    nothing: ClassVar[tuple[str, str]]
    """What an empty table says: a title and a sentence."""

    def __init__(self, theme: Theme, core: Core, editor: RecordEditor) -> None:
        super().__init__(theme, core)
        self.editor = editor
        self._chosen: dict[str, str] = {}
        self._model = ListRecordModel(self.columns)
        empty = EmptyState(theme, self.icon, *self.nothing)
        first = Button(theme, f"New {self.noun}", icon="plus")
        first.clicked.connect(self.create)
        empty.add_button(first)
        self.table = RecordTable(theme, self.title, self.columns, self._model, empty=empty)
        self.head = ListHeader(theme, self.title, self.noun)
        self.middle = QWidget()
        column = QVBoxLayout(self.middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        self._none = EmptyState(
            theme, self.icon, "Nothing chosen", f"Choose a {self.noun} to see and edit it."
        )
        # Beside an empty table there is nothing to choose.
        self._blank = QWidget()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._blank)
        self._pages.addWidget(self._none)
        self._pages.addWidget(editor)
        self.right = self._pages
        self._connect()

    # What a kind says.

    @abstractmethod
    def records(self, pool_id: str) -> Iterable[Record]:
        """The rows of a pool; `key` is what editor and operations know the thing by."""
        raise NotImplementedError

    @abstractmethod
    def delete_one(self, pool_id: str, key: str) -> None:
        """Delete by operations; raises `ApiError`."""
        raise NotImplementedError

    @abstractmethod
    def copy_of(self, key: str) -> Request:
        """What a duplicate of the thing begins with."""
        raise NotImplementedError

    # What the place calls.

    def show_pool(self, pool_id: str) -> None:
        """Show the pool's rows, and the one chosen there last."""
        self.pool_id = pool_id
        self._show_rows()
        self._show_chosen()

    def changed(self, events: list[ConfigurationChanged]) -> None:
        """Rows and editor as they are now."""
        self.editor.refresh()
        self._show_rows()
        self._show_chosen()

    def open(self, key: str, member: str = "") -> None:
        """Choose a row, and a member of it."""
        self.head.search("")
        self._show(Subject(self.pool_id, key))
        self.table.select(key)
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
        """Begin a new one; one that was begun before is gone on with."""
        self._begin(None)

    def has_drafts(self) -> bool:
        """Whether a row has unsaved changes."""
        return any(
            self.editor.state_of(Subject(self.pool_id, record.key))
            for record in self.records(self.pool_id)
        )

    def search(self, text: str) -> None:
        """Show only rows with all the words."""
        self.head.search(text)

    def save_state(self) -> dict[str, object]:
        """The table's columns."""
        return {"table": self.table.save_state()}

    def restore_state(self, state: dict[str, object]) -> None:
        """The table's columns."""
        found = state.get("table")
        if isinstance(found, dict):
            self.table.restore_state(found)

    # Inside.

    def _connect(self) -> None:
        self.head.new_wanted.connect(self.create)
        self.head.searched.connect(lambda _text: self._show_rows())
        self.head.list_wanted.connect(self.table.setFocus)
        self.table.chosen.connect(self._row_chosen)
        self.table.opened.connect(self._opened)
        self.table.delete_wanted.connect(self._delete)
        self.table.menu_wanted.connect(self._menu)
        self.table.search_typed.connect(self.head.type)
        self.editor.saved.connect(self._saved)
        self.editor.discarded.connect(self._show_chosen)
        self.editor.duplicate_wanted.connect(self.duplicate)
        self.editor.delete_wanted.connect(lambda key: self._delete([key]))
        self.editor.state_changed.connect(lambda _subject: self._show_rows())

    def _row_chosen(self, key: str) -> None:
        if key:
            self._show(Subject(self.pool_id, key))

    def _show(self, subject: Subject, begin_with: Request | None = None) -> None:
        if self.editor.show_subject(subject, begin_with=begin_with):
            self._chosen[self.pool_id] = subject.key
            self._pages.setCurrentWidget(self.editor)
        else:
            self._pages.setCurrentWidget(self._none)

    def _show_chosen(self) -> None:
        """Keep to the row chosen; where it is gone, take the first one."""
        key = self._chosen.get(self.pool_id, "")
        creating = self.editor.subject == Subject(self.pool_id) and self._editing
        if creating and self._pages.currentWidget() is self.editor:
            return
        keys = [record.key for record in self.records(self.pool_id)]
        if key not in keys:
            key = keys[0] if keys else ""
        if not key:
            self._pages.setCurrentWidget(self._blank)
            return
        if self.editor.subject != Subject(self.pool_id, key):
            self._show(Subject(self.pool_id, key))
        self._pages.setCurrentWidget(self.editor)
        if self.table.current_key != key:
            self.table.select(key)

    @property
    def _editing(self) -> bool:
        return self.editor.has_state(self.editor.subject)

    def _begin(self, begin_with: Request | None) -> None:
        self.table.select("")
        self._show(Subject(self.pool_id), begin_with)
        self.editor.focus_first()

    def _opened(self, key: str) -> None:
        self._row_chosen(key)
        self.editor.focus_first()

    def _saved(self, subject: Subject) -> None:
        self._show_rows()
        if subject.pool_id == self.pool_id:
            self._chosen[self.pool_id] = subject.key
            self.table.select(subject.key)
        self.count_changed.emit()

    def _delete(self, keys: Sequence[str]) -> None:
        names = {record.key: self._name(record) for record in self.records(self.pool_id)}
        beside = self.table.key_beside(keys)
        for key in keys:
            name = names.get(key, key)
            try:
                with edits.step(self.core, f"Delete {self.noun} {name}"):
                    self.delete_one(self.pool_id, key)
            except ApiError as error:
                self.failed.emit(error.message)
                return
            self.done.emit(f"Deleted {self.noun} {name}.")
        self._chosen[self.pool_id] = beside
        self._show_chosen()

    def _menu(self, key: str, spot: QPoint) -> None:
        menu = QMenu(self.table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(f"New {self.noun}", self.create)
        if key:
            menu.addAction("Duplicate", lambda: self.duplicate(key))
            menu.addAction("Copy name", lambda: QGuiApplication.clipboard().setText(key))
            menu.addSeparator()
            menu.addAction("Delete", lambda: self._delete([key]))
        menu.popup(spot)

    def duplicate(self, key: str) -> None:
        """Begin a new one that is like another."""
        self._begin(self.copy_of(key))

    def _name(self, record: Record) -> str:
        return record.cells[self.columns[0].key]

    def _show_rows(self) -> None:
        words = self.head.text.casefold().split()
        rows = []
        for record in self.records(self.pool_id):
            text = " ".join((record.key, *record.cells.values())).casefold()
            if all(word in text for word in words):
                rows.append(self._marked(record))
        self._model.set_records(rows)

    def _marked(self, record: Record) -> Record:
        state = self.editor.state_of(Subject(self.pool_id, record.key))
        if state is None:
            return record
        mark: Mark = "refused" if state.problems else "warning"
        return Record(record.key, record.cells, record.sort, mark, record.muted)
