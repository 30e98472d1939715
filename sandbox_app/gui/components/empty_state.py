"""What an empty place says: what will appear here, and what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.gui.components.buttons import Button
from sandbox_app.gui.components.labels import IconLabel, Label, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics

_WIDEST = 420
_UNEVEN = 60
"""Pixels by which lines of one sentence may differ: about the longest word."""


class EmptyState(QWidget):
    """Icon, a few words, one sentence and up to two buttons, in the middle of the room there is."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        centre = Qt.AlignmentFlag.AlignHCenter
        self._mark = IconLabel(theme, icon, "text3", metrics.ICON_EMPTY)
        self._title = Label(theme, title, Role.SECTION)
        self._sentence = WrapLabel(theme, sentence, Role.BODY, "text2")
        self._sentence.setAlignment(centre)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(metrics.GRID))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(metrics.PANE_RIGHT)] * 4)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._mark, 0, centre)
        column.addSpacing(theme.px(12))
        column.addWidget(self._title, 0, centre)
        column.addSpacing(theme.px(4))
        column.addLayout(self._sentence_row())
        column.addSpacing(theme.px(14))
        column.addLayout(self._buttons)
        column.addStretch(1)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        self.setAccessibleName(f"{title}. {sentence}")
        theme.changed.connect(self._balance)

    def set_words(self, title: str, sentence: str) -> None:
        """Say something else, for instance which filter term hides everything."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._balance()
        self.setAccessibleName(f"{title}. {sentence}")

    def add_button(self, button: Button) -> None:
        """Append a button; the first is usually primary."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)

    def _sentence_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._balance()
        row.addStretch(1)
        row.addWidget(self._sentence, 1000)
        row.addStretch(1)
        return row

    def _balance(self) -> None:
        """Lines of about the same length: one or two words alone in the last look lost."""
        whole, widest = self._sentence.sizeHint().width(), self._theme.px(_WIDEST)
        lines = -(-whole // widest)
        self._sentence.setMaximumWidth(min(widest, whole // lines + self._theme.px(_UNEVEN)))
