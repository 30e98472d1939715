"""The bar below the diagram: the chosen arrow in one line, and its tokens to look at."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Chip, ElidedLabel, Label
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.live.sequence import Step

_HEIGHT = 40
_NOTHING = "Choose an arrow to see what it does."


class StepBar(QWidget):
    """Number, heading and meaning of one step.

    Signals:
        token_wanted: str, the name of a token to be looked at decoded.
    """

    token_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = Label(theme, "", Role.NAME, "accent_text")
        self._heading = ElidedLabel(theme, "", Role.STATUS_STRONG, middle=True)
        self._meaning = ElidedLabel(theme, _NOTHING, Role.HELP, "text2")
        self._chips: list[Chip] = []
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._number)
        self._row.addWidget(self._heading)
        self._row.addWidget(self._meaning, 1)
        self._restyle()
        theme.changed.connect(self._restyle)
        self.show_step(None)

    @property
    def words(self) -> str:
        """All of it in one line."""
        parts = (self._number.text(), self._heading.text(), self._meaning.text())
        return " ".join(part for part in parts if part)

    @property
    def chips(self) -> tuple[Chip, ...]:
        """The tokens there are."""
        return tuple(self._chips)

    def show_step(self, step: Step | None) -> None:
        """Tell about a step, or that none is chosen."""
        self._number.setText(str(step.number) if step is not None else "")
        self._heading.setText(step.heading if step is not None else "")
        self._meaning.setText(f"{step.story.title}." if step is not None else _NOTHING)
        for widget in (self._number, self._heading):
            widget.setVisible(step is not None)
        self._offer([chip.name for chip in step.chips if chip.is_token] if step else [])

    def _offer(self, names: list[str]) -> None:
        if names == [chip.label for chip in self._chips]:
            return
        for old in self._chips:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._chips = []
        for name in names:
            chip = Chip(self._theme, name, icon="key", clickable=True, tooltip="Look at it decoded")
            chip.clicked.connect(lambda _=False, name=name: self.token_wanted.emit(name))
            self._row.addWidget(chip)
            self._chips.append(chip)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long path leaves room for what the step means."""
        super().resizeEvent(event)
        self._heading.setMaximumWidth(self.width() // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Sunken, with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.fillRect(0, 0, self.width(), 1, self._theme.color("line"))
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(_HEIGHT))
        self._row.setContentsMargins(px(metrics.PANE_LEFT), 0, px(metrics.PANE_RIGHT), 0)
        self._row.setSpacing(px(metrics.GRID))
        self.update()
