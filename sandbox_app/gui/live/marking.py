"""Marks, colours and notes on rows: from the menu, by key, and above the tabs."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.mark_painter import mark_look
from sandbox_app.gui.live.note_strip import NoteStrip
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.marks import Marks, recoloured, row_key, toggled

MARK, NOTE = Qt.Key.Key_M, Qt.Key.Key_F2
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def is_marking_key(event: QKeyEvent) -> bool:
    """M, Shift+M or F2."""
    plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
    shifted = event.modifiers() == _SHIFT
    return (event.key() == MARK and (plain or shifted)) or (event.key() == NOTE and plain)


class Marking(QObject):
    """Changes what is noted about rows, and keeps the strip in step with it.

    Args:
        strip: tells about the row that is looked at.

    Signals:
        changed: (Login, Exchange or None), the row something else is noted about now.
        written: the writing of a note has ended.
    """

    changed = Signal(object, object)
    written = Signal()

    def __init__(self, theme: Theme, marks: Marks, strip: NoteStrip) -> None:
        super().__init__(strip)
        self._theme = theme
        self._marks = marks
        self._strip = strip
        self._row: tuple[Login, Exchange | None] | None = None
        strip.note_wanted.connect(self._note)
        strip.unmark_wanted.connect(self._unmark)
        strip.closed.connect(self.written)

    def look_at(self, login: Login, exchange: Exchange | None) -> None:
        """Another row is looked at."""
        self._row = (login, exchange)
        self._strip.show_mark(self._marks.of(login, exchange))

    def forget(self) -> None:
        """No row is looked at any more."""
        self._row = None
        self._strip.forget()

    def press(self, event: QKeyEvent, login: Login, exchange: Exchange | None) -> None:
        """M marks and unmarks, Shift+M goes to the next colour, F2 writes a note."""
        mark = self._marks.of(login, exchange)
        if event.key() == NOTE:
            self.write(login, exchange)
        elif event.modifiers() & _SHIFT:
            self._put(recoloured(mark), login, exchange)
        else:
            self._put(toggled(mark), login, exchange)

    def write(self, login: Login, exchange: Exchange | None) -> None:
        """Let a note be written about a row."""
        self.look_at(login, exchange)
        self._strip.write()

    def add_to(self, menu: QMenu, login: Login, exchange: Exchange | None) -> None:
        """Append what can be noted about a row."""
        mark = self._marks.of(login, exchange)
        inner = menu.addMenu("Mark")
        group = QActionGroup(inner)
        for colour in ("", *COLOURS):
            chosen = mark.marked and mark.colour == colour
            keys = "✓" if chosen else "" if colour else "M"
            words = f"{colour.capitalize() or 'Plain'}\t{keys}"
            action = inner.addAction(self._theme.icon(*mark_look(colour)), words)
            action.setCheckable(True)
            action.setChecked(chosen)
            group.addAction(action)
            wanted = replace(mark, marked=True, colour=colour)
            action.triggered.connect(
                lambda _=False, wanted=wanted: self._put(wanted, login, exchange)
            )
        inner.addSeparator()
        none = inner.addAction("No mark")
        none.setEnabled(mark.marked)
        none.triggered.connect(lambda: self._put(replace(mark, marked=False), login, exchange))
        note = menu.addAction("Edit note…\tF2" if mark.note else "Add note…\tF2")
        note.triggered.connect(lambda: self.write(login, exchange))

    # Inside.

    def _note(self, note: str) -> None:
        if self._row is not None:
            self._put(replace(self._marks.of(*self._row), note=note), *self._row)

    def _unmark(self) -> None:
        if self._row is not None:
            self._put(replace(self._marks.of(*self._row), marked=False), *self._row)

    def _put(self, mark: RowMark, login: Login, exchange: Exchange | None) -> None:
        kept = self._marks.put(mark, login, exchange)
        if self._row is not None and row_key(*self._row) == row_key(login, exchange):
            self._strip.show_mark(kept)
        self.changed.emit(login, exchange)
