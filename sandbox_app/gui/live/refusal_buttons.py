"""What can be done about a refusal: fix it, go to the setting, copy it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, IconButton, IconLabel, Variant, WrapLabel
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.causes import Explanation, Fix

_ROOM_FOR_WORDS = 520
_ICONS = (("Add ", "plus"), ("Enable ", "check"), ("Confirm ", "check"), ("Unlock ", "lock"))
_MOST_FIXES = 2


class RefusalButtons(QWidget):
    """The fix first and filled, then the setting; by now needless, it says so instead.

    Signals:
        fix_wanted: Fix, to be applied.
        setting_wanted: the Place to be shown.
        copy_wanted: the refusal shall be copied as one text.
    """

    fix_wanted = Signal(object)
    setting_wanted = Signal(object)
    copy_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._explanation: Explanation | None = None
        self.fixes = tuple(self._fix_button(number) for number in range(_MOST_FIXES))
        self.setting = Button(theme, "Show the setting", icon="arrow-right")
        self.setting.clicked.connect(self._show_setting)
        self.copy = Button(theme, "Copy this refusal", variant="quiet", icon="copy")
        self.copy.clicked.connect(self.copy_wanted)
        self.copy_icon = IconButton(theme, "copy", "Copy this refusal", side=32)
        self.copy_icon.clicked.connect(self.copy_wanted)
        self.settled = WrapLabel(theme, "", Role.LABEL, "ok", selectable=True)
        self.then = WrapLabel(theme, "", Role.HELP, "text2", selectable=True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._build()

    def show_explanation(self, explanation: Explanation) -> None:
        """Offer what helps now."""
        self._explanation = explanation
        fixes: Sequence[Fix] = () if explanation.settled else explanation.fixes
        for number, button in enumerate(self.fixes):
            button.setVisible(number < len(fixes))
            if number < len(fixes):
                button.setText(fixes[number].label)
                button.set_icon(_icon(fixes[number]))
        self.setting.setVisible(explanation.place is not None)
        settled = explanation.settled
        self._settled_row.setVisible(bool(settled))
        self.settled.setText(
            f"{settled} The same request would pass this check." if settled else ""
        )
        self.then.setText(fixes[0].then if fixes else "")
        self.then.setVisible(bool(fixes))
        alone = not fixes and explanation.place is None
        self.copy.set_variant("default" if alone else "quiet")
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room, copying is an icon."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        narrow = self.width() < self._theme.px(_ROOM_FOR_WORDS)
        self.copy.setVisible(not narrow)
        self.copy_icon.setVisible(narrow)

    def _fix_button(self, number: int) -> Button:
        variant: Variant = "primary" if number == 0 else "default"
        button = Button(self._theme, "", variant=variant, icon="wand")
        button.clicked.connect(lambda: self._fix(number))
        return button

    def _fix(self, number: int) -> None:
        if self._explanation is not None:
            self.fix_wanted.emit(self._explanation.fixes[number])

    def _show_setting(self) -> None:
        if self._explanation is not None:
            self.setting_wanted.emit(self._explanation.place)

    def _build(self) -> None:
        px = self._theme.px
        self._settled_row = QWidget()
        settled = QHBoxLayout(self._settled_row)
        settled.setContentsMargins(0, 0, 0, 0)
        settled.setSpacing(px(8))
        settled.addWidget(IconLabel(self._theme, "passed", "ok", metrics.ICON_BUTTON))
        settled.addWidget(self.settled, 1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for button in (*self.fixes, self.setting, self.copy, self.copy_icon):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._settled_row)
        column.addLayout(row)
        column.addWidget(self.then)


def _icon(fix: Fix) -> str:
    return next((icon for start, icon in _ICONS if fix.label.startswith(start)), "wand")
