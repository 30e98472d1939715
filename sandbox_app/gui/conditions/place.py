"""The Conditions place: everything that makes the sandbox unlike the real service, in one sheet."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sandbox_app.domain.events import (
    ConditionsChanged,
    ConfigurationChanged,
    ExchangeFinished,
    ExchangePassed,
    SnapshotRestored,
    SnapshotsChanged,
)
from sandbox_app.gui.components import Banner, Button, ErrorBar, Hairline
from sandbox_app.gui.conditions.clock_panel import ClockPanel
from sandbox_app.gui.conditions.faults_panel import FaultsPanel
from sandbox_app.gui.conditions.jump_panel import JumpPanel
from sandbox_app.gui.conditions.keys_panel import KeysPanel
from sandbox_app.gui.conditions.leniency_panel import LeniencyPanel
from sandbox_app.gui.conditions.snapshots_panel import SnapshotsPanel
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.settling import Settling
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations

_TOP = 12
_GAP = 16
_SIDE_BY_SIDE_FROM = 900
_NORMAL = "Like the real service"
_BENT = "Not like the real service now:"


class ConditionsPlace(QWidget):
    """Shows what is bent and lets a person bend it; everything takes effect at once.

    Args:
        spawn: runs what must be waited for.

    Signals:
        counted: number of deviations, whenever it may have changed.
    """

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._pool_id = ""
        self.setAccessibleName("Conditions")
        self.banner = Banner(theme, "ok", _NORMAL, full_width=True)
        self.normal = Button(theme, "Back to normal", icon="undo")
        self.normal.clicked.connect(lambda: back_to_normal(core))
        self.banner.add_button(self.normal)
        self.message = ErrorBar(theme)
        self.clock = ClockPanel(theme, core)
        self.jump = JumpPanel(theme, core)
        self.keys = KeysPanel(theme, core, spawn)
        self.faults = FaultsPanel(theme, core)
        self.snapshots = SnapshotsPanel(theme, core, spawn)
        self.leniency = LeniencyPanel(theme, core)
        self.sheet = QScrollArea()
        recipes = self.faults.recipes
        recipes.failed.connect(self.message.show_message)
        recipes.done.connect(lambda told: self.message.show_message(told, severity="ok"))
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)
        self._changed = Settling(self)
        self._changed.settled.connect(self.refresh)
        self._counted = Settling(self)
        self._counted.settled.connect(self._show_traffic)
        self.clock.ticked.connect(self.jump.tick)
        self._subscriptions: list[Callable[[], object]] = [
            core.bus.subscribe(ConditionsChanged, lambda _: self._changed.touch()),
            core.bus.subscribe(ConfigurationChanged, lambda _: self._changed.touch()),
            core.bus.subscribe(ExchangeFinished, self._request_answered),
            core.bus.subscribe(ExchangePassed, self._request_answered),
            core.bus.subscribe(SnapshotsChanged, lambda _: self._changed.touch()),
            core.bus.subscribe(SnapshotRestored, lambda _: self._changed.touch()),
        ]
        self.refresh()

    def leave(self) -> None:
        """Hear of nothing any more."""
        for stop in self._subscriptions:
            stop()
        self._subscriptions.clear()
        self._changed.stop()
        self._counted.stop()

    def choose_pool(self, pool_id: str) -> None:
        """Look at another pool's keys and clients."""
        self._pool_id = pool_id
        self.refresh()

    def refresh(self) -> None:
        """Show how the world is bent now."""
        told = [words for _, words in deviations(self._core)]
        if told:
            self.banner.set_verdict("warn", _BENT, f"{_listed(told)}.")
        else:
            self.banner.set_verdict("ok", f"{_NORMAL}:", "nothing is bent.")
        self.normal.setEnabled(bool(told))
        self.clock.refresh()
        self.clock.show_pool(self._pool_id)
        self.jump.show_pool(self._pool_id)
        self.keys.show_pool(self._pool_id)
        self.faults.show_pool(self._pool_id)
        self.snapshots.refresh()
        self.leniency.refresh()

    def show_part(self, part: str) -> None:
        """Bring a part to the eye and the keyboard; `part` as in `ConditionsChanged`."""
        panel = self._panels().get(part, self.clock)
        self.sheet.ensureWidgetVisible(panel)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put one below the other what a narrow window has no room for side by side."""
        super().resizeEvent(event)
        self._share_width()

    def _panels(self) -> dict[str, QWidget]:
        return {
            "clock": self.clock,
            "keys": self.keys,
            "faults": self.faults,
            "snapshots": self.snapshots,
            "leniency": self.leniency,
        }

    def _request_answered(self, _event: ExchangeFinished | ExchangePassed) -> None:
        if self.isVisible():
            self._counted.touch()

    def _show_traffic(self) -> None:
        self.jump.refresh()
        self.keys.refresh()
        self.faults.refresh()

    def _share_width(self) -> None:
        directions = QBoxLayout.Direction
        narrow = self.width() < self._theme.px(_SIDE_BY_SIDE_FROM)
        self._top.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        self._between.setVisible(not narrow)

    def _build(self) -> None:
        self._between = Hairline(self._theme, vertical=True)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._top.addWidget(self.clock, 1)
        self._top.addWidget(self._between)
        self._top.addWidget(self.jump, 1)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addLayout(self._top)
        for panel in (self.keys, self.faults, self.snapshots, self.leniency):
            self._column.addWidget(Hairline(self._theme))
            self._column.addWidget(panel)
        self._column.addStretch(1)
        self.sheet.setWidgetResizable(True)
        self.sheet.setFrameShape(QScrollArea.Shape.NoFrame)
        self.sheet.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.sheet.setWidget(content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.banner)
        column.addWidget(self.message)
        column.addWidget(self.sheet, 1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(
            px(metrics.PANE_LEFT), px(_TOP), px(metrics.PANE_RIGHT), px(_GAP)
        )
        self._column.setSpacing(px(_GAP))
        self._top.setSpacing(px(metrics.PANE_LEFT))
        self._share_width()


def _listed(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
