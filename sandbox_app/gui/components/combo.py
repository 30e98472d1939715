"""The choice from a short list: 30 high, keyed by names of ours rather than by position."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QWidget

from sandbox_app.gui.theme import Role, Theme, metrics


class Combo(QComboBox):
    """Shows one of several choices and opens the rest below.

    Args:
        name: accessible name; usually the words of its label.
        choices: (key, text) in order; texts are plain.

    Signals:
        chosen: str, the key the person chose; not sent for changes by program.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: list[tuple[str, str]] | None = None,
        *,
        mono: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._role = Role.MONO if mono else Role.BODY
        # Qt's own list ignores the style sheet's rows unless given a delegate, kept alive here.
        self._rows = QStyledItemDelegate(self)
        self.setItemDelegate(self._rows)
        # Qt would give the keyboard to whatever the wheel passes over.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.view().setAccessibleName(name)
        self.set_choices(choices or [])
        self.activated.connect(self._activated)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def current_key(self) -> str:
        """The key of the choice shown; empty when there is none."""
        key = self.currentData()
        return key if isinstance(key, str) else ""

    def set_choices(self, choices: list[tuple[str, str]]) -> None:
        """Replace the list; the choice stays when its key is still there."""
        kept = self.current_key
        self.blockSignals(True)
        self.clear()
        for key, text in choices:
            self.addItem(text, key)
        self.blockSignals(False)
        self.set_current(kept)

    def set_current(self, key: str) -> None:
        """Show the choice with this key; nothing happens when there is none."""
        position = self.findData(key)
        if position >= 0:
            self.setCurrentIndex(position)

    def set_wrong(self, wrong: bool) -> None:
        """Mark it with a 2 px border in the colour of a refusal, or take the mark off."""
        self.setProperty("wrong", wrong)
        self.style().unpolish(self)
        self.style().polish(self)
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a form must not change its values in passing, not even the one just chosen."""
        event.ignore()

    def _activated(self, position: int) -> None:
        key = self.itemData(position)
        if isinstance(key, str):
            self.chosen.emit(key)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        self.setFixedHeight(self._theme.px(metrics.FIELD))
