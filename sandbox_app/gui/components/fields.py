"""The one-line field: 30 high, says when it is wrong, may carry an icon and trailing hints."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from sandbox_app.gui.components.labels import IconLabel
from sandbox_app.gui.theme import Role, Theme, metrics

_EDGE = 10
_GAP = 8


class Field(QLineEdit):
    """A line to type in.

    Args:
        name: accessible name; usually the words of its label.
        mono: for protocol data.
        icon: drawn inside at the left, for search and filter.

    Signals:
        textEdited, returnPressed, editingFinished: inherited.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        text: str = "",
        *,
        placeholder: str = "",
        mono: bool = False,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setCursorPosition(0)
        self._theme = theme
        self._role = Role.MONO if mono else Role.BODY
        self._trailing: list[QWidget] = []
        self._lead = IconLabel(theme, icon, size=16, parent=self) if icon is not None else None
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def is_wrong(self) -> bool:
        """Whether it is marked."""
        return bool(self.property("wrong"))

    def set_wrong(self, wrong: bool) -> None:
        """Mark it with a 2 px border in the colour of a refusal, or take the mark off."""
        if wrong != self.is_wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)
            self.update()

    def setText(self, text: str | None, /) -> None:
        """Show a text by program; where it is too long, its start says more than its end."""
        super().setText(text)
        if self.window().focusWidget() is not self:
            self.setCursorPosition(0)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small widget (a count, a key hint) inside at the right."""
        widget.setParent(self)
        widget.show()
        self._trailing.append(widget)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies inside at its edge."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Trailing widgets ask for room; Undo is the window's where nothing was typed here."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            nothing = (event.matches(keys.Undo) and not self.isUndoAvailable()) or (
                event.matches(keys.Redo) and not self.isRedoAvailable()
            )
            if nothing:
                event.ignore()
                return False
        return super().event(event)

    def _arrange(self) -> None:
        px = self._theme.px
        left = 0
        if self._lead is not None:
            self._lead.resize(self._lead.sizeHint())
            self._lead.move(px(_EDGE), (self.height() - self._lead.height()) // 2)
            left = self._lead.width() + px(7)
        end = self.width() - px(_EDGE)
        for widget in reversed(self._trailing):
            if widget.isHidden():
                continue
            widget.resize(widget.sizeHint())
            end -= widget.width()
            widget.move(end, (self.height() - widget.height()) // 2)
            end -= px(_GAP)
        right = max(0, self.width() - px(_EDGE) - end) if self._trailing else 0
        self.setTextMargins(left, 0, right, 0)

    def _restyle(self) -> None:
        self.setFont(self._theme.font(self._role))
        self.setFixedHeight(self._theme.px(metrics.FIELD))
        self._arrange()
