"""The Home place: the state of the sandbox, a demo sign-in, and how to connect an app."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from sandbox_app.gui.components import Hairline
from sandbox_app.gui.home.connect import ConnectPane
from sandbox_app.gui.home.welcome import Welcome
from sandbox_app.gui.home.workspace_panel import WorkspacePanel
from sandbox_app.gui.serving import ServerState
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench import demo

_SIDE = 40
_TOP = 36
_WIDEST = 1180
_PANEL = 372
_PANEL_NARROW = 296
_STACK_BELOW = 760

Spawn = Callable[[Coroutine[Any, Any, None]], object]
"""Runs a coroutine on the loop; its exceptions are reported, never lost."""


class HomePlace(QScrollArea):
    """Where everybody starts.

    Args:
        core: the workspace shown.
        spawn: runs what must be waited for.

    Signals:
        demo_wanted: run a demo sign-in in the browser.
        start_wanted, stop_wanted: switch the server.
        demo_workspace_wanted: open the workspace that has the demo app.
        differences_wanted: show how this differs from the real service.
        section_wanted: str, a section of the Pools place shall be shown.
    """

    demo_wanted = Signal()
    start_wanted = Signal()
    stop_wanted = Signal()
    demo_workspace_wanted = Signal()
    differences_wanted = Signal()
    section_wanted = Signal(str)

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._pool_id = ""
        self._origin = self._secure = self._token_file = ""
        self.setAccessibleName("Home")
        self.welcome = Welcome(theme)
        self.connect_pane = ConnectPane(theme, core)
        self.panel = WorkspacePanel(theme, core, core.store.path.name)
        self._build()
        self.welcome.demo_wanted.connect(self.demo_wanted)
        self.welcome.start_wanted.connect(self.start_wanted)
        self.welcome.demo_workspace_wanted.connect(self.demo_workspace_wanted)
        self.panel.start_wanted.connect(self.start_wanted)
        self.panel.stop_wanted.connect(self.stop_wanted)
        self.panel.differences_wanted.connect(self.differences_wanted)
        self.panel.section_wanted.connect(self.section_wanted)

    def show_server(self, state: ServerState) -> None:
        """What the server does now; snippets follow its addresses."""
        self._origin, self._secure = state.http, state.https
        self._token_file = state.token_file
        self.welcome.show_server(state)
        self.panel.show_server(state)
        self.refresh()

    def show_pool(self, pool_id: str) -> None:
        """Look at another pool of the workspace."""
        self._pool_id = pool_id
        self.refresh()

    def refresh(self) -> None:
        """Show the configuration as it is now."""
        pool = self._core.store.pools.get(self._pool_id)
        self.connect_pane.show_pool(pool, self._origin, self._secure, self._token_file)
        self.panel.show_pool(pool, self._origin)
        found = demo.demo_clients(self._core)
        self.welcome.show_demo(has_demo=found is not None)
        if found is None:
            self.welcome.show_credentials(False)
        else:
            self._spawn(self._offer_credentials(found.pool.id))

    def focus_connect(self) -> None:
        """Bring Connect my app to the eye and the keyboard."""
        self.ensureWidgetVisible(self.connect_pane)
        self.connect_pane.client.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_state(self) -> dict[str, object]:
        """What to remember until the next start; plain values only."""
        return self.connect_pane.save_state()

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave."""
        self.connect_pane.restore_state(state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold away what a narrow window has no room for."""
        super().resizeEvent(event)
        self._share_width()

    async def _offer_credentials(self, pool_id: str) -> None:
        self.welcome.show_credentials(await demo.credentials_work(self._core, pool_id))

    def _share_width(self) -> None:
        px = self._theme.px
        narrow = self.width() < px(metrics.FOLD_BELOW - metrics.RAIL)
        self.welcome.set_narrow(narrow)
        # Large sizes on a small screen leave no room side by side.
        stacked = self.width() < px(_STACK_BELOW)
        directions = QBoxLayout.Direction
        self._lower.setDirection(directions.TopToBottom if stacked else directions.LeftToRight)
        self._lower.setSpacing(px(24 if narrow else _SIDE))
        if stacked:
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(px(_WIDEST))
        else:
            self.panel.setFixedWidth(px(_PANEL_NARROW if narrow else _PANEL))

    def _build(self) -> None:
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lower = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lower.addWidget(self.connect_pane, 1)
        self._lower.addWidget(self.panel)
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.addWidget(self.welcome)
        self._column.addWidget(Hairline(self._theme))
        self._column.addLayout(self._lower, 1)
        frame = QWidget()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(content, 1)
        self._content = content
        self.setWidget(frame)
        self._restyle()
        self._theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(_SIDE), px(_TOP), px(_SIDE), px(16))
        self._column.setSpacing(px(24))
        self._content.setMaximumWidth(px(_WIDEST + 2 * _SIDE))
        self._share_width()
