"""A value of the protocol with a button that copies it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QWidget

from sandbox_app.gui.components.buttons import IconButton
from sandbox_app.gui.components.labels import ElidedLabel
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.theme import Role, Theme, Token, metrics

_FEEDBACK_MS = 1200


class CopyButton(IconButton):
    """Copies a text and says so: the icon becomes a tick for a moment.

    Args:
        what: what is copied, for the name "Copy issuer".
        text: goes to the clipboard as it is.

    Signals:
        copied: str, the text now on the clipboard.
    """

    copied = Signal(str)

    def __init__(
        self, theme: Theme, what: str, text: str = "", *, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            theme, "copy", f"Copy {what}", icon_size=metrics.ICON_INLINE, parent=parent
        )
        self._what = what
        self._text = text
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(_FEEDBACK_MS)
        self._back.timeout.connect(self._rest)
        self.clicked.connect(self._copy)

    def set_text(self, text: str) -> None:
        """Change what will be copied."""
        self._text = text

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text)
        self.set_icon("check", "ok")
        self.setAccessibleName(f"Copied {self._what}")
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), "Copied", self)
        self._back.start()
        self.copied.emit(self._text)

    def _rest(self) -> None:
        self.set_icon("copy")
        self.setAccessibleName(f"Copy {self._what}")


class CopyValue(QWidget):
    """A monospaced value, cut in the middle when there is no room, and its copy button.

    Args:
        what: what it is, for the accessible names: "issuer".
        stretch: the button stands at the far right instead of right behind the value.

    Signals:
        copied: str, the text now on the clipboard.
    """

    copied = Signal(str)

    def __init__(
        self,
        theme: Theme,
        what: str,
        value: str,
        *,
        token: Token = "text",
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._value = value
        self._token: Token = token
        self._label = ElidedLabel(theme, value, Role.MONO, token, middle=True)
        self._button = CopyButton(theme, what, value)
        self._button.copied.connect(self.copied)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(metrics.HALF))
        middle = Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._label, 1 if stretch else 0, middle)
        row.addWidget(self._button, 0, middle)
        if not stretch:
            row.addStretch(1)
        self.setAccessibleName(what)

    @property
    def value(self) -> str:
        """The whole value."""
        return self._value

    @property
    def words(self) -> str:
        """What is shown: the value, something shorter, or why there is none."""
        return self._label.text()

    def set_value(self, value: str, shown: str = "") -> None:
        """Show and copy another value; `shown` stands for it where the whole is too long."""
        self._value = value
        self._label.set_role(Role.MONO)
        self._label.set_token(self._token)
        self._button.show()
        self._label.setText(shown or value)
        if shown:
            self._label.setToolTip(plain_tooltip(value))
            self._label.setAccessibleName(value)
        self._button.set_text(value)

    def set_nothing(self, why: str) -> None:
        """There is no value to show or copy, and this is why."""
        self._value = ""
        self._label.set_role(Role.BODY)
        self._label.set_token("text2")
        self._label.setText(why)
        self._button.hide()
