"""The bar that reports a failure where it happened, in place of a message box."""

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sandbox_app.gui.components.buttons import Button, IconButton
from sandbox_app.gui.components.copy_value import CopyButton
from sandbox_app.gui.components.labels import IconLabel, WrapLabel
from sandbox_app.gui.theme import Role, Theme, Token, metrics

Severity = Literal["bad", "warn", "ok"]

_LOOKS: Final[dict[Severity, tuple[str, Token, Token, Token]]] = {
    "bad": ("refused", "bad", "bad_soft", "bad_line"),
    "warn": ("warning", "warn", "warn_soft", "warn_line"),
    "ok": ("passed", "ok", "ok_soft", "ok_line"),
}

_SEEN_AFTER_MS: Final = 8_000


class ErrorBar(QWidget):
    """Says what went wrong without stopping anything; hidden until something does.

    The sentence can be marked and copied; Escape or the cross closes it. One that only says that
    all went well leaves by itself, unless the pointer or the keyboard is on it.

    Signals:
        dismissed: the person closed it, or took the action.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._severity: Severity = "bad"
        self._action: Callable[[], object] | None = None
        self._mark = IconLabel(theme, "refused", "bad", metrics.ICON_ROW)
        self._words = WrapLabel(theme, "", Role.BODY, "text", selectable=True)
        self._remedy = Button(theme, "", size="small")
        self._copy = CopyButton(theme, "this message")
        self._close = IconButton(theme, "cross", "Close this message")
        self._remedy.clicked.connect(self._act)
        self._close.clicked.connect(self.dismiss)
        self._leave = QTimer(self)
        self._leave.setInterval(_SEEN_AFTER_MS)
        self._leave.timeout.connect(self._leave_unless_used)
        self._row = QHBoxLayout(self)
        for widget, share in (
            (self._mark, 0),
            (self._words, 1),
            (self._remedy, 0),
            (self._copy, 0),
            (self._close, 0),
        ):
            self._row.addWidget(widget, share, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def show_message(
        self,
        sentence: str,
        *,
        severity: Severity = "bad",
        detail: str = "",
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Report something; a later report replaces an earlier one.

        Args:
            sentence: plain text, wraps.
            detail: copied along with the sentence but not shown.
            action: label and what to do; the bar closes afterwards.
        """
        self._severity = severity
        icon, token, _, _ = _LOOKS[severity]
        self._mark.set_icon(icon, token)
        self._words.setText(sentence)
        self._copy.set_text(f"{sentence}\n\n{detail}" if detail else sentence)
        self._remedy.setVisible(action is not None)
        self._action = action[1] if action is not None else None
        if action is not None:
            self._remedy.setText(action[0])
        self.setAccessibleName(sentence)
        self.show()
        self.update()
        if severity == "ok":
            self._leave.start()
        else:
            self._leave.stop()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Close it."""
        self._leave.stop()
        if not self.isHidden():
            self.hide()
            self.dismissed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The soft ground between two hairlines."""
        painter = QPainter(self)
        _, _, ground, border = _LOOKS[self._severity]
        painter.fillRect(self.rect(), self._theme.color(ground))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.color(border))
        painter.end()

    def _leave_unless_used(self) -> None:
        at = self.focusWidget()
        used = self.underMouse() or (at is not None and at.hasFocus())
        if not used:
            self.dismiss()

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action is not None:
            action()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(metrics.PANE_LEFT), px(8), px(metrics.PANE_RIGHT), px(8))
        self._row.setSpacing(px(metrics.GRID))
        self.setMinimumHeight(px(40))
