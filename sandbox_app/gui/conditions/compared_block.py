"""What differs between a snapshot and the present, kind by kind."""

from collections.abc import Sequence

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.events import Change
from sandbox_app.gui.components import IconButton, IconLabel, Label, WrapLabel
from sandbox_app.gui.components.painting import paint_box
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.snapshots import Difference, KindCompared

_MOST_SHOWN = 20
_CHANGES: dict[Change, tuple[str, str, Token]] = {
    Change.CREATED: ("plus", "made", "ok"),
    Change.UPDATED: ("refresh", "changed", "accent_text"),
    Change.DELETED: ("minus", "deleted", "bad"),
}


class ComparedBlock(QWidget):
    """A sunken block with the differences; hidden until there is something to show."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.title = Label(theme, "", Role.NAME)
        self.close_button = IconButton(theme, "cross", "Close the comparison")
        self.close_button.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button)
        self._lines = QVBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addLayout(self._lines)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.hide()

    def show_changes(self, name: str, kinds: Sequence[KindCompared]) -> None:
        """Say what was done since the snapshot of that name."""
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.title.setText(f"Since “{name}”" if kinds else f"Nothing differs from “{name}”.")
        for kind in kinds:
            for difference in kind.listed[:_MOST_SHOWN]:
                self._lines.addWidget(_Line(self._theme, difference))
            rest = kind.created + kind.changed + kind.deleted - len(kind.listed[:_MOST_SHOWN])
            if rest > 0:
                words = f"and {rest:,} more of kind {kind.kind}"
                self._lines.addWidget(Label(self._theme, words, Role.HELP, "text2"))
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sunken ground."""
        painter = QPainter(self)
        theme = self._theme
        radius = theme.px(metrics.RADIUS_BLOCK)
        paint_box(
            painter,
            self.rect(),
            fill=theme.color("sunken"),
            border=theme.color("line"),
            radius=radius,
        )
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(16), px(10), px(12), px(12))
        self._column.setSpacing(px(metrics.GRID))
        self._lines.setSpacing(px(6))


class _Line(QWidget):
    """One thing: what was done to it, what it is, and its fields before and after."""

    def __init__(self, theme: Theme, difference: Difference) -> None:
        super().__init__()
        icon, word, token = _CHANGES[difference.change]
        row = QHBoxLayout()
        row.setSpacing(theme.px(metrics.GRID))
        row.addWidget(IconLabel(theme, icon, token, metrics.ICON_INLINE, name=word))
        row.addWidget(Label(theme, difference.name, Role.LABEL))
        row.addWidget(Label(theme, f"{difference.kind} {word}", Role.HELP, "text2"))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(2))
        column.addLayout(row)
        for field in difference.fields:
            words = f"{field.name}: {field.before or '(nothing)'} → {field.after or '(nothing)'}"
            line = WrapLabel(theme, words, Role.MONO, "text2", selectable=True)
            line.setContentsMargins(theme.px(22), 0, 0, 0)
            column.addWidget(line)
