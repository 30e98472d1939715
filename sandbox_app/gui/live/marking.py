"""Marks, colours and notes on rows: from the menu, by key, and above the tabs."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.marks import COLOURS, RowMark
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live.mark_painter import mark_look
from sandbox_app.gui.live.note_strip import NoteStrip
from sandbox_app.gui.live.traffic_model import Row
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
        changed: a list of (Login, Exchange or None), rows something else is noted about now.
        written: the writing of a note has ended.
    """

    changed = Signal(object)
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

    def press(self, event: QKeyEvent, rows: Sequence[Row]) -> None:
        """M marks and unmarks, Shift+M goes to the next colour, F2 writes a note.

        Of several rows M marks those that are not, and only then unmarks all; the next colour is
        the next of the first row, for all; the note is the first row's.
        """
        marks = [self._marks.of(*row) for row in rows]
        if event.key() == NOTE:
            self.write(*rows[0])
        elif event.modifiers() & _SHIFT:
            self._recolour(rows, recoloured(marks[0]).colour)
        else:
            wanted = not all(mark.marked for mark in marks)
            self._put_all(rows, lambda mark: toggled(mark) if mark.marked is not wanted else mark)

    def write(self, login: Login, exchange: Exchange | None) -> None:
        """Let a note be written about a row."""
        self.look_at(login, exchange)
        self._strip.write()

    def add_to(self, menu: QMenu, login: Login, exchange: Exchange | None) -> None:
        """Append what can be noted about a row."""
        self.add_colours(menu, [(login, exchange)])
        noted = self._marks.of(login, exchange).note
        note = menu.addAction("Edit note…\tF2" if noted else "Add note…\tF2")
        note.triggered.connect(lambda: self.write(login, exchange))

    def add_colours(self, menu: QMenu, rows: Sequence[Row]) -> None:
        """Append the marks that these rows may all have."""
        marks = [self._marks.of(*row) for row in rows]
        inner = menu.addMenu("Mark")
        group = QActionGroup(inner)
        for colour in ("", *COLOURS):
            chosen = all(mark.marked and mark.colour == colour for mark in marks)
            keys = "✓" if chosen else "" if colour else "M"
            words = f"{colour.capitalize() or 'Plain'}\t{keys}"
            action = inner.addAction(self._theme.icon(*mark_look(colour)), words)
            action.setCheckable(True)
            action.setChecked(chosen)
            group.addAction(action)
            action.triggered.connect(lambda _=False, colour=colour: self._recolour(rows, colour))
        inner.addSeparator()
        none = inner.addAction("No mark")
        none.setEnabled(any(mark.marked for mark in marks))
        none.triggered.connect(lambda: self._put_all(rows, _unmarked))

    # Inside.

    def _note(self, note: str) -> None:
        if self._row is not None:
            self._put_all([self._row], lambda mark: replace(mark, note=note))

    def _unmark(self) -> None:
        if self._row is not None:
            self._put_all([self._row], _unmarked)

    def _recolour(self, rows: Sequence[Row], colour: str) -> None:
        self._put_all(rows, lambda mark: replace(mark, marked=True, colour=colour))

    def _put_all(self, rows: Sequence[Row], change: Callable[[RowMark], RowMark]) -> None:
        """Note it about all, and tell once: a filter that looks at marks is asked once."""
        for row in rows:
            kept = self._marks.put(change(self._marks.of(*row)), *row)
            if self._row is not None and row_key(*self._row) == row_key(*row):
                self._strip.show_mark(kept)
        self.changed.emit(list(rows))


def _unmarked(mark: RowMark) -> RowMark:
    return replace(mark, marked=False)
