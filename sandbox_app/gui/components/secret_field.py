"""A secret: masked until somebody asks to see it, with what can be done about it beside it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sandbox_app.gui.components.buttons import IconButton
from sandbox_app.gui.components.copy_value import CopyButton
from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.theme import Theme

_MASK: Final = "•" * 44
"""The same for every secret, so that it tells nothing, not even a length."""

_GAP: Final = 6


class SecretField(QWidget):
    """A secret that can be shown, copied, made anew and removed.

    While it is masked, the secret is in no text of any widget. Another secret is masked again.

    Args:
        what: what it is, in small letters: "client secret".
        can_regenerate, can_remove: whether those buttons are there.
        none: shown in place of no secret.

    Signals:
        regenerate_wanted, remove_wanted: a button was pressed; nothing is done yet.
        copied: str, the secret, which is on the clipboard now.
    """

    regenerate_wanted = Signal()
    remove_wanted = Signal()
    copied = Signal(str)

    def __init__(
        self,
        theme: Theme,
        what: str,
        secret: str = "",
        *,
        can_regenerate: bool = True,
        can_remove: bool = True,
        none: str = "None",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._what = what
        self._secret = ""
        self._shown = False
        self.field = Field(theme, what.capitalize(), placeholder=none, mono=True)
        self.field.setReadOnly(True)
        self.eye = IconButton(theme, "eye", "")
        self.copy = CopyButton(theme, what)
        self.regenerate = IconButton(theme, "refresh", f"Regenerate {what}")
        self.remove = IconButton(theme, "bin", f"Delete {what}")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(_GAP))
        row.addWidget(self.field, 1)
        for button in (self.eye, self.copy, self.regenerate, self.remove):
            row.addWidget(button)
        # Only now: shown without a parent it would be a window, and take the keyboard along.
        self.regenerate.setVisible(can_regenerate)
        self.remove.setVisible(can_remove)
        self.setAccessibleName(what.capitalize())
        self.setFocusProxy(self.field)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.eye.clicked.connect(lambda: self.set_shown(not self._shown))
        self.copy.copied.connect(self.copied)
        self.regenerate.clicked.connect(lambda: self.regenerate_wanted.emit())
        self.remove.clicked.connect(lambda: self.remove_wanted.emit())
        self.set_secret(secret)

    @property
    def is_shown(self) -> bool:
        """Whether the secret can be read now."""
        return self._shown

    def set_secret(self, secret: str) -> None:
        """Hold another one, masked; the same one stays as it is."""
        if secret != self._secret:
            self._shown = False
        self._secret = secret
        self.copy.set_text(secret)
        for button in (self.eye, self.copy, self.remove):
            button.setEnabled(bool(secret))
        self._show()

    def set_shown(self, shown: bool) -> None:
        """Let it be read, or mask it."""
        self._shown = shown and bool(self._secret)
        self._show()

    def set_wrong(self, wrong: bool) -> None:
        """Mark it, or take the mark off."""
        self.field.set_wrong(wrong)

    def _show(self) -> None:
        text = self._secret if self._shown else _MASK if self._secret else ""
        if self.field.text() != text:
            self.field.setText(text)
        self.eye.set_icon("eye-off" if self._shown else "eye")
        self.eye.set_name(f"{'Hide' if self._shown else 'Show'} {self._what}")
