"""What the person says about rows to import: the meaning of each column, and how they are taken."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.components import CheckBox, Combo, Field, FormRow, Label
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.people import CsvTable, ImportOptions, proposed_mapping, targets

_LEFT_OUT = "Leave out"
_EXISTING = [("skip", "Leave as they are"), ("update", "Update"), ("error", "Report as problems")]


class ImportChoices(QWidget):
    """Begins with what the names of the columns suggest.

    Signals:
        changed: a choice is another now.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.combos: list[Combo] = []
        self.existing = Combo(theme, "Users who are there already", _EXISTING)
        self.password = Field(theme, "Password for new users", mono=True)
        self.temporary = CheckBox(theme, "Temporary", True)
        self.verified = CheckBox(theme, "E-mail and phone count as verified")
        words = "For new users whose row has none. Without one they have to reset it."
        self._taken = [
            FormRow(theme, "Already there", self.existing),
            FormRow(theme, "Password", self.password, words),
            FormRow(theme, "", self.temporary),
            FormRow(theme, "", self.verified),
        ]
        self._columns: list[FormRow] = []
        self._mapping = QVBoxLayout()
        self._mapping.setSpacing(theme.px(metrics.GRID))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(metrics.GRID))
        column.addWidget(Label(theme, "What the columns mean", Role.NAME))
        column.addLayout(self._mapping)
        column.addWidget(Label(theme, "How they are taken", Role.NAME))
        for row in self._taken:
            column.addWidget(row)
        self.existing.chosen.connect(self.changed)
        self.password.editingFinished.connect(self.changed)
        for box in (self.temporary, self.verified):
            box.clicked.connect(self.changed)

    @property
    def rows(self) -> list[FormRow]:
        """All rows, which share one width of labels."""
        return [*self._taken, *self._columns]

    @property
    def mapping(self) -> tuple[str | None, ...]:
        """The attribute that each column is; `None` for one that is left out."""
        return tuple(combo.current_key or None for combo in self.combos)

    @property
    def options(self) -> ImportOptions:
        """How the rows are taken."""
        return ImportOptions(
            on_existing=self.existing.current_key,  # type: ignore[arg-type]
            password=self.password.text(),
            temporary=self.temporary.isChecked(),
            mark_verified=self.verified.isChecked(),
        )

    def show_table(self, pool: UserPool, table: CsvTable) -> None:
        """Offer the attributes of a pool for each column of the rows."""
        for row in self._columns:
            self._mapping.removeWidget(row)
            row.deleteLater()
        self.combos, self._columns = [], []
        choices = [("", _LEFT_OUT), *((name, name) for name in targets(pool))]
        for column, target in zip(table.columns, proposed_mapping(pool, table), strict=True):
            combo = Combo(self._theme, f"Meaning of {column}", choices)
            combo.set_current(target or "")
            combo.chosen.connect(self.changed)
            row = FormRow(self._theme, column, combo)
            self._mapping.addWidget(row)
            self.combos.append(combo)
            self._columns.append(row)
