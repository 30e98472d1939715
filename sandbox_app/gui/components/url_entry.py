"""One entry in a list of addresses: its field, its way out, and what is wrong with it."""

from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components.buttons import IconButton
from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.components.verdict_line import VerdictLine
from sandbox_app.gui.theme import Theme, metrics

_ALT: Final = Qt.KeyboardModifier.AltModifier


class Verdict(NamedTuple):
    """What is wrong with one entry.

    Attributes:
        sentence: said below it.
        remedy: words of a link that replaces the entry; empty for none.
        replacement: what it is replaced by.
    """

    sentence: str
    remedy: str = ""
    replacement: str = ""


class UrlField(Field):
    """A field that tells of the keys the list is steered with."""

    stepped = Signal(int)
    moved = Signal(int)
    entered = Signal()
    emptied = Signal()

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__(theme, "", placeholder=placeholder, mono=True)
        self._before = ""

    def pasted(self) -> list[str]:
        """The entries, if the last change brought in several; asking takes note of the change."""
        before, now = self._before, self.text()
        self._before = now
        pieces = now.split()
        # A blank typed by hand stays where it is, and the verdict speaks of it.
        by_hand = len(now) == len(before) + 1
        return pieces if len(pieces) > max(1, len(before.split())) and not by_hand else []

    def fill(self, text: str) -> None:
        """Show a text by program."""
        self.setText(text)
        self._before = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, arrows and Backspace mean the list; the rest is typing."""
        key, alt = event.key(), bool(event.modifiers() & _ALT)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            steps = 1 if key == Qt.Key.Key_Down else -1
            (self.moved if alt else self.stepped).emit(steps)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif key == Qt.Key.Key_Backspace and not self.text():
            self.emptied.emit()
        else:
            super().keyPressEvent(event)


class UrlEntry(QWidget):
    """One address, its remove button and what is wrong with it."""

    def __init__(self, theme: Theme, placeholder: str) -> None:
        super().__init__()
        self.verdict: Verdict | None = None
        self.field = UrlField(theme, placeholder)
        self.remove = IconButton(theme, "cross", "Remove")
        self.line = VerdictLine(theme)
        across = QHBoxLayout()
        across.setSpacing(theme.px(metrics.HALF))
        across.addWidget(self.field, 1)
        across.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.HALF))
        column.addLayout(across)
        column.addWidget(self.line)

    def show_verdict(self, name: str, all_wrong: bool) -> None:
        """Say it below the field, mark the field, and tell screen readers."""
        text = self.field.text()
        sentence, remedy, _ = self.verdict or Verdict("")
        if (self.line.words.text(), self.line.remedy.label) != (sentence, remedy):
            self.line.say(sentence, remedy)
        self.field.set_wrong(bool(sentence) or (all_wrong and bool(text)))
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(sentence)
        self.remove.set_name(f"Remove {text}" if text else f"Remove {name}")
