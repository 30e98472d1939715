"""A note to be read, and the field it is written in."""

from math import ceil

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from sandbox_app.gui.live.selectable_text import SelectableText
from sandbox_app.gui.theme import Role, Theme

_LINES = 3


class NoteText(SelectableText):
    """A note; a word that is too long is broken, as addresses are in notes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Note", QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_note(self, note: str) -> None:
        """Show another one."""
        if note != self.toPlainText():
            self.setPlainText(note)
            self._claim_height()

    def _claim_height(self) -> None:
        blocks = (self.document().findBlockByNumber(at) for at in range(self.blockCount()))
        self.setFixedHeight(ceil(sum(self.blockBoundingRect(it).height() for it in blocks)))

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.BODY))
        self._claim_height()


class NoteEdit(QPlainTextEdit):
    """A few lines; Ctrl+Enter saves, Escape does not, Tab leaves.

    Signals:
        save_wanted, cancel_wanted: by key.
    """

    save_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Note")
        self.setPlaceholderText("What to remember about it. Ctrl+Enter saves, Esc does not.")
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("code", True)
        self._restyle()
        theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter and Escape end the writing."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(Role.BODY))
        line = self._theme.metrics(Role.BODY).lineSpacing()
        self.setFixedHeight(_LINES * line + self._theme.px(24))
