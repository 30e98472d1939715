"""The faults: a list of sentences, each with a switch and a counter."""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.conditions.faults import Then, When
from sandbox_app.gui.components import Button, WrapLabel
from sandbox_app.gui.conditions.fault_row import FaultRow
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.recipes_menu import RecipesMenu
from sandbox_app.gui.conditions.rows import Rows
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.faults import editing

_NEW = "POST /oauth2/token → 503 every 3rd"
_NONE = "No faults. Add one to see how an app copes with errors, delays and broken connections."


class FaultsPanel(QWidget):
    """What the sandbox does wrong on purpose, in the order it is asked."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._pool_id = ""
        self._rows: dict[str, FaultRow] = {}
        self.add = Button(theme, "Add a fault", icon="plus")
        self.none = WrapLabel(theme, _NONE, Role.BODY, "text2")
        self.heading = Heading(theme, "Faults", "the same seed gives the same sequence")
        self.recipes = RecipesMenu(theme, core)
        self.heading.add(self.recipes, self.add)
        self.listed = Rows(theme, "Faults")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.heading, self.none, self.listed):
            self._column.addWidget(widget)
        self.add.clicked.connect(self._add)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def rows(self) -> list[FaultRow]:
        """The faults as shown."""
        return [row for row in self.listed.rows if isinstance(row, FaultRow)]

    def show_pool(self, pool_id: str) -> None:
        """Offer the clients of this pool."""
        if pool_id != self._pool_id:
            self._pool_id = pool_id
            self._rows.clear()
            self.listed.set_rows([])
        self.refresh()

    def refresh(self) -> None:
        """Show the list as it is now; a sentence being typed is left alone."""
        faults = editing.listed(self._core)
        self.none.setVisible(not faults)
        rows: dict[str, FaultRow] = {}
        for fault in faults:
            row = self._rows.get(fault.fault.id)
            if row is None:
                row = self._made(fault)
            else:
                row.show_fault(fault)
            rows[fault.fault.id] = row
        self._rows = rows
        if self.listed.rows != list(rows.values()):
            self.listed.set_rows(list(rows.values()))

    def _made(self, fault: editing.Listed) -> FaultRow:
        clients = self._core.store.clients.of_pool(self._pool_id)
        row = FaultRow(self._theme, fault, [client.client_name for client in clients])
        key = fault.fault.id
        row.switched.connect(partial(editing.switch, self._core, key))
        row.said.connect(partial(self._say, key))
        row.written.connect(partial(self._write, key))
        row.moved.connect(partial(self._move, key))
        row.reset_wanted.connect(lambda: editing.reset_counters(self._core, key))
        row.remove_wanted.connect(lambda: editing.remove(self._core, key))
        return row

    def _add(self) -> None:
        # Switched off: it takes effect when the person has said what it shall be.
        made = editing.add(self._core, _NEW, enabled=False)
        self.refresh()
        self._rows[made.fault.id].place.setFocus()

    def _say(self, key: str, when: When, then: Then) -> None:
        editing.change_said(self._core, key, when, then)
        self.refresh()

    def _write(self, key: str, sentence: str) -> None:
        try:
            editing.change(self._core, key, sentence=sentence)
        except ValueError as error:
            words = str(error)
            self._rows[key].refuse(f"{words[:1].upper()}{words[1:]}.")
        else:
            self._rows[key].show_words()
            self.refresh()

    def _move(self, key: str, by: int) -> None:
        place = list(self._rows).index(key) + by
        editing.move(self._core, key, max(0, place))
        self.refresh()

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))
