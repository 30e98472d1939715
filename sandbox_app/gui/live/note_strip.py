"""What is noted about the row that is looked at, above its tabs, and where it is written."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.records.marks import RowMark
from sandbox_app.gui.components import Button, IconLabel, Label, WrapLabel
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.live.mark_painter import mark_look
from sandbox_app.gui.live.note_text import NoteEdit, NoteText
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.marks import LONGEST_NOTE, MOST_LINES, mark_words

_TOO_LONG = f"A note has at most {LONGEST_NOTE} characters in {MOST_LINES} lines."


class NoteStrip(QWidget):
    """Hidden while nothing is noted. A note that was removed can be put back from here.

    Signals:
        note_wanted: str, to be the note from now on; empty for none.
        unmark_wanted: the mark shall go.
        closed: writing has ended, one way or the other.
    """

    note_wanted = Signal(str)
    unmark_wanted = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._mark = RowMark("")
        self._removed = ""
        self._aside: dict[tuple[str, bool], str] = {}
        """Notes that were being written when another row was chosen, by the row they are about."""
        self.icon = IconLabel(theme, "note", "text2", metrics.ICON_BUTTON)
        self.title = Label(theme, "", Role.STATUS_STRONG)
        self.note = NoteText(theme)
        self.field = NoteEdit(theme)
        self.problem = WrapLabel(theme, "", Role.HELP, "bad")
        self.edit = Button(theme, "Edit note", variant="quiet", size="small")
        self.remove = Button(theme, "Remove note", variant="quiet", size="small")
        self.put_back = Button(theme, "Put it back", variant="link", size="small")
        self.unmark = Button(theme, "Remove mark", variant="quiet", size="small")
        self.save = Button(theme, "Save note", variant="primary", size="small")
        self.cancel = Button(theme, "Cancel", size="small")
        self._build()
        self.edit.clicked.connect(lambda: self.write())
        self.remove.clicked.connect(self._remove)
        self.put_back.clicked.connect(lambda: self.note_wanted.emit(self._removed))
        self.unmark.clicked.connect(lambda: self.unmark_wanted.emit())
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.stop)
        self.field.save_wanted.connect(self._save)
        self.field.cancel_wanted.connect(self.stop)
        self.field.textChanged.connect(self._judge)
        theme.changed.connect(self._restyle)
        self._show()

    @property
    def is_writing(self) -> bool:
        """Whether a note is being written."""
        return not self.field.isHidden()

    def show_mark(self, mark: RowMark) -> None:
        """Tell what is noted; a note being written about the same row is not touched.

        About another row it is put aside, and found again as soon as that row is looked at.
        """
        if _row(mark) != _row(self._mark):
            self._removed = ""
            if self.is_writing:
                self._aside[_row(self._mark)] = self.field.toPlainText()
            self.field.hide()
            begun = self._aside.pop(_row(mark), None)
            if begun is not None:
                self._begin(begun)
        if mark.note:
            self._removed = ""
        self._mark = mark
        self._judge()
        self._show()

    def forget(self) -> None:
        """No row is looked at any more, nor is any that a note was being written about."""
        self.field.hide()
        self.show_mark(RowMark(""))
        self._aside.clear()

    def write(self) -> None:
        """Let a note be written, beginning with the one there is."""
        if not self.is_writing:
            self._begin(self._mark.note)
            self.field.selectAll()
        self._judge()
        self._show()
        self.field.setFocus()

    def stop(self) -> None:
        """Leave the note as it was."""
        self.field.hide()
        self._show()
        self.closed.emit()

    # Inside.

    def _begin(self, text: str) -> None:
        self.field.setPlainText(text)
        self.field.show()

    def _save(self) -> None:
        if self.save.isEnabled():
            self.field.hide()
            self.note_wanted.emit(self.field.toPlainText())
            self._show()
            self.closed.emit()

    def _remove(self) -> None:
        self._removed = self._mark.note
        self.note_wanted.emit("")

    def _judge(self) -> None:
        text = self.field.toPlainText().strip()
        fits = len(text) <= LONGEST_NOTE and text.count("\n") < MOST_LINES
        self.problem.setText("" if fits else _TOO_LONG)
        self.problem.setVisible(self.is_writing and not fits)
        self.save.setEnabled(fits)

    def _show(self) -> None:
        mark, writing = self._mark, self.is_writing
        icon, token = mark_look(mark.colour) if mark.marked else ("note", "text2")
        self.icon.set_icon(icon, token)
        words = mark_words(mark) or ("Note" if mark.note or writing else "Note removed")
        self.title.setText(words[:1].upper() + words[1:])
        self.icon.setAccessibleName(self.title.text())
        self.note.show_note(mark.note)
        self.note.setVisible(bool(mark.note) and not writing)
        self.edit.setText("Edit note" if mark.note else "Add note")
        self.edit.setVisible(not writing and (mark.marked or bool(mark.note)))
        self.remove.setVisible(bool(mark.note) and not writing)
        self.put_back.setVisible(bool(self._removed) and not writing)
        self.unmark.setVisible(mark.marked and not writing)
        self.save.setVisible(writing)
        self.cancel.setVisible(writing)
        self.problem.setVisible(writing and bool(self.problem.text()))
        self.setVisible(bool(mark) or writing or bool(self._removed))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken, between two hairlines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        paint_hairline(painter, self._theme, self.rect())
        painter.end()

    def _build(self) -> None:
        top = Qt.AlignmentFlag.AlignTop
        head = QHBoxLayout()
        head.setSpacing(self._theme.px(metrics.HALF))
        head.addWidget(self.title)
        head.addStretch(1)
        for button in (self.put_back, self.edit, self.remove, self.unmark, self.cancel, self.save):
            head.addWidget(button)
        words = QVBoxLayout()
        words.setSpacing(self._theme.px(metrics.HALF))
        words.addLayout(head)
        for widget in (self.note, self.field, self.problem):
            words.addWidget(widget)
        self.field.hide()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.icon, 0, top)
        self._row.addLayout(words, 1)
        self._restyle()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(metrics.PANE_LEFT), px(6), px(metrics.PANE_RIGHT), px(8))
        self._row.setSpacing(px(12))
        self.icon.setFixedHeight(px(24))
        self.update()


def _row(mark: RowMark) -> tuple[str, bool]:
    return mark.about, mark.of_login
