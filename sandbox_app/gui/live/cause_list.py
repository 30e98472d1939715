"""Likely causes below each other: what happened, what to do about it, and the request behind it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, WrapLabel
from sandbox_app.gui.theme import Role, Theme
from sandbox_app.workbench.live.causes import Cause

_GAP, _WITHIN = 8, 2


class _CauseItem(QWidget):
    """One cause.

    Signals:
        request_wanted: str, the id of the request that has to do with it.
    """

    request_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._request = ""
        self.words = WrapLabel(theme, "", Role.BODY, selectable=True)
        self.advice = WrapLabel(theme, "", Role.BODY, "text2", selectable=True)
        self.link = Button(theme, "Show that request", variant="link", size="small")
        self.link.clicked.connect(lambda: self.request_wanted.emit(self._request))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(_WITHIN))
        column.addWidget(self.words)
        column.addWidget(self.advice)
        link = QHBoxLayout()
        link.setContentsMargins(0, 0, 0, 0)
        link.addWidget(self.link)
        link.addStretch(1)
        column.addLayout(link)

    def show_cause(self, cause: Cause) -> None:
        self._request = cause.request
        self.words.setText(cause.words)
        self.advice.setText(cause.advice)
        self.advice.setVisible(bool(cause.advice))
        self.link.setVisible(bool(cause.request))


class CauseList(QWidget):
    """As many causes as there are; hidden while there is none.

    Signals:
        request_wanted: str, the id of a request that has to do with a cause.
    """

    request_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: list[_CauseItem] = []
        self._shown: tuple[Cause, ...] = ()
        self.setAccessibleName("Likely causes")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(_GAP))

    @property
    def causes(self) -> tuple[Cause, ...]:
        """What is shown."""
        return self._shown

    @property
    def links(self) -> tuple[Button, ...]:
        """The links to other requests that are shown."""
        shown = self._items[: len(self._shown)]
        return tuple(item.link for item in shown if not item.link.isHidden())

    def show_causes(self, causes: Sequence[Cause]) -> None:
        """Show others."""
        self._shown = tuple(causes)
        while len(self._items) < len(causes):
            item = _CauseItem(self._theme)
            item.request_wanted.connect(self.request_wanted)
            self._items.append(item)
            self._column.addWidget(item)
        for number, item in enumerate(self._items):
            item.setVisible(number < len(causes))
            if number < len(causes):
                item.show_cause(causes[number])
