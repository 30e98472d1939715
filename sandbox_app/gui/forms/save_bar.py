"""The bar below an editor: what is unsaved, what is wrong with it, Revert and Save."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, plain_tooltip
from sandbox_app.gui.components.painting import paint_hairline
from sandbox_app.gui.theme import Role, Theme, metrics


class SaveBar(QWidget):
    """48 high; says how things stand and offers what can be done about it.

    Signals:
        save_wanted, revert_wanted: a button was pressed.
        problem_wanted: the person wants to see the first problem.
    """

    save_wanted = Signal()
    revert_wanted = Signal()
    problem_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.problems = Button(theme, "", variant="alert", icon="refused")
        self.problems.setToolTip(plain_tooltip("Show the first one"))
        self._changes = ElidedLabel(theme, "", Role.BODY, "text2")
        self.revert = Button(theme, "Revert", variant="quiet", icon="undo")
        self.save = Button(theme, "Save", variant="primary")
        self.save.setToolTip(plain_tooltip("Ctrl+S"))
        self.save.clicked.connect(lambda: self.save_wanted.emit())
        self.problems.clicked.connect(lambda: self.problem_wanted.emit())
        self.revert.clicked.connect(lambda: self.revert_wanted.emit())
        self._row = QHBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        for widget, share in (
            (self.problems, 0),
            (self._changes, 1),
            (self.revert, 0),
            (self.save, 0),
        ):
            self._row.addWidget(widget, share, middle)
        self.show_state(0, 0)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def words(self) -> str:
        """What the bar says."""
        return " ".join(part for part in (self.problems.label, self._changes.text()) if part)

    def set_verb(self, verb: str, *, discard: str = "Revert") -> None:
        """What saving is called here: "Save", or "Create client"."""
        self.save.setText(verb)
        self.revert.setText(discard)

    def show_state(self, problems: int, changes: int, *, creating: bool = False) -> None:
        """How many members are wrong, and how many differ from what is saved."""
        self.problems.setVisible(problems > 0)
        self.problems.setText(_counted(problems, "problem") if problems else "")
        self._changes.setText(_changes(problems, changes, creating))
        self.save.setEnabled(creating or (changes > 0 and not problems))
        self.revert.setEnabled(changes > 0 or creating)
        self._restyle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline above."""
        painter = QPainter(self)
        line = self.rect()
        line.setHeight(1)
        paint_hairline(painter, self._theme, line)
        painter.end()

    def _restyle(self) -> None:
        px = self._theme.px
        # The mark of the problems stands where the words stand without it.
        left = px(metrics.PANE_LEFT) - (0 if self.problems.isHidden() else px(metrics.HALF))
        self._row.setContentsMargins(left, 0, px(metrics.PANE_RIGHT), 0)
        self._row.setSpacing(px(metrics.GRID))
        self.setFixedHeight(px(metrics.TOOLBAR))


def _changes(problems: int, changes: int, creating: bool) -> str:
    if creating:
        return "before it can be made" if problems else "Not made yet"
    if not changes:
        return "No unsaved changes"
    words = _counted(changes, "unsaved change")
    return f"in {words}" if problems else words


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
