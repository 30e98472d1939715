"""A list of names to tick, side by side and wrapped to the width: scopes, flows, attributes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from sandbox_app.gui.components.labels import IconLabel
from sandbox_app.gui.components.plain_text import plain_tooltip
from sandbox_app.gui.components.toggles import CheckBox
from sandbox_app.gui.theme import Theme, metrics

Choice = tuple[str, str, str]
"""Key, text, and why it cannot be ticked ("" when it can)."""

_LINE: Final = 26
_ABOVE: Final = 2
_GAP: Final = 16
_UNKNOWN: Final = "Not among the choices any more. Untick it to let it go."


class CheckList(QWidget):
    """Check boxes that flow; their keys are the value.

    A value that is no choice is kept and shown with a warning, and can be unticked. A choice with
    a reason against it cannot be ticked, but unticked it can.

    Args:
        name: accessible name: "Allowed OAuth scopes".
        choices: (key, text, disabled reason) in order.

    Signals:
        edited: the person ticked or unticked something.
    """

    edited = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        choices: Sequence[Choice] = (),
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._choices: tuple[Choice, ...] = ()
        self._ticks: list[_Tick] = []
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)
        theme.changed.connect(self._arrange)

    @property
    def boxes(self) -> dict[str, CheckBox]:
        """The check box of each key shown."""
        return {tick.key: tick.box for tick in self._ticks}

    def values(self) -> tuple[str, ...]:
        """Ticked keys: the choices in their order, then what is none."""
        return tuple(tick.key for tick in self._ticks if tick.box.isChecked())

    def set_values(self, values: Sequence[str]) -> None:
        """Tick these and no others, telling nobody."""
        wanted = list(dict.fromkeys(values))
        known = {key for key, _, _ in self._choices}
        strangers = [key for key in wanted if key not in known]
        if strangers != [tick.key for tick in self._ticks if tick.unknown]:
            self._build(strangers)
        for tick in self._ticks:
            tick.set_ticked(tick.key in wanted)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer others; what is ticked stays ticked, as a stranger if it has to."""
        if tuple(choices) == self._choices and self._ticks:
            return
        ticked = self.values()
        self._choices = tuple(choices)
        known = {key for key, _, _ in choices}
        self._build([key for key in ticked if key not in known])
        for tick in self._ticks:
            tick.set_ticked(tick.key in ticked)

    def sizeHint(self) -> QSize:
        """All in one line; the height follows from the width it gets."""
        widths = [tick.sizeHint().width() for tick in self._ticks]
        gaps = self._theme.px(_GAP) * max(0, len(widths) - 1)
        return QSize(sum(widths) + gaps, self._theme.px(_LINE + _ABOVE))

    def minimumSizeHint(self) -> QSize:
        """As wide as the widest, at most a field's usual width."""
        widest = max((tick.sizeHint().width() for tick in self._ticks), default=0)
        return QSize(min(widest, self._theme.px(160)), self._theme.px(_LINE + _ABOVE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self, strangers: Sequence[str]) -> None:
        for tick in self._ticks:
            tick.hide()
            tick.deleteLater()
        self._ticks = [_Tick(self._theme, choice, parent=self) for choice in self._choices]
        self._ticks += [
            _Tick(self._theme, (key, key, ""), unknown=True, parent=self) for key in strangers
        ]
        for tick in self._ticks:
            tick.box.toggled.connect(lambda _on, one=tick: self._toggled(one))
            tick.show()
        self._arrange()

    def _toggled(self, tick: "_Tick") -> None:
        tick.refresh()
        if not tick.quiet:
            self.edited.emit()

    def _arrange(self) -> None:
        px, left, top = self._theme.px, 0, self._theme.px(_ABOVE)
        for tick in self._ticks:
            width = min(tick.sizeHint().width(), max(self.width(), 1))
            if left and left + width > self.width():
                left, top = 0, top + px(_LINE)
            tick.setGeometry(QRect(left, top, width, px(_LINE)))
            left += width + px(_GAP)
        height = top + px(_LINE)
        if self.minimumHeight() != height or self.maximumHeight() != height:
            self.setFixedHeight(height)
        self.updateGeometry()


class _Tick(QWidget):
    """One check box, with a warning behind it when nobody knows what it is."""

    def __init__(
        self, theme: Theme, choice: Choice, *, unknown: bool = False, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.key, text, self._reason = choice
        self.unknown = unknown
        self.quiet = False
        self.box = CheckBox(theme, text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(metrics.HALF))
        row.addWidget(self.box)
        why = _UNKNOWN if unknown else self._reason
        if unknown:
            row.addWidget(IconLabel(theme, "warning", "warn", metrics.ICON_INLINE, name="Unknown"))
        self.setToolTip(plain_tooltip(why))
        self.box.setAccessibleDescription(why)
        self.refresh()

    def set_ticked(self, ticked: bool) -> None:
        """By program."""
        self.quiet = True
        self.box.setChecked(ticked)
        self.quiet = False
        self.refresh()

    def refresh(self) -> None:
        """What cannot be ticked can still be unticked."""
        self.box.setEnabled(not self._reason or self.box.isChecked())
