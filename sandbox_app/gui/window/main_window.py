"""The main window: frame, rail and places; the one spot where panels are connected."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import ErrorBar, FocusRing, Rail
from sandbox_app.gui.home import HomePlace
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.live import LivePlace, TrafficBridge
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.theme.theme import Mode
from sandbox_app.gui.window.help_window import HelpPage, HelpWindow
from sandbox_app.gui.window.menus import Menus
from sandbox_app.gui.window.remembered import SCALES, Remembered
from sandbox_app.gui.window.status_bar import StatusBar
from sandbox_app.gui.window.top_bar import TopBar
from sandbox_app.gui.window.workspace_questions import WorkspaceQuestions
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.tokens import judge_with

_WIDTH, _HEIGHT = 1280, 800
_SMALLEST = (880, 560)
_SETTLE_MS = 50
_PLACES = (("home", "home", "Home"), ("live", "live", "Live"))


class MainWindow(QMainWindow):
    """Shows one workspace and the server behind it; says what the person wants done.

    Args:
        spawn: runs a coroutine on the loop and reports what goes wrong in it.
        remembered: what the last start left, and where this one leaves its own.
        help_pages: what Help offers, in order.
        versions: lines about this program for a copied refusal.

    Signals:
        start_wanted, stop_wanted: switch the server.
        demo_wanted: run a demo sign-in in the browser.
        new_wanted, open_wanted, copy_wanted: Path of a workspace to make, open or save.
        demo_workspace_wanted: open the workspace that has the demo app.
        reset_wanted: put the demo in place of what the workspace holds; already confirmed.
        closed: the window is gone for good.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    demo_wanted = Signal()
    new_wanted = Signal(object)
    open_wanted = Signal(object)
    copy_wanted = Signal(object)
    demo_workspace_wanted = Signal()
    reset_wanted = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        application: QApplication,
        spawn: Spawn,
        remembered: Remembered,
        *,
        help_pages: Sequence[HelpPage] = (),
        versions: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self._theme = theme
        self._spawn = spawn
        self._remembered = remembered
        self._versions = versions
        self._core: Core | None = None
        self._pool_id = ""
        self._state = ServerState(phase=Phase.STARTING, http="")
        self._requests = self._refused = self._unseen = 0
        self.top = TopBar(theme)
        self.error = ErrorBar(theme)
        self.rail = Rail(theme)
        self.status = StatusBar(theme)
        self.places = QStackedWidget()
        self.home: HomePlace | None = None
        self.live: LivePlace | None = None
        self._bridge: TrafficBridge | None = None
        self._changed = QTimer(self)
        self._changed.setSingleShot(True)
        self._changed.setInterval(_SETTLE_MS)
        self._changed.timeout.connect(self._refresh)
        self.menus = Menus(self, [(page.key, page.title) for page in help_pages])
        self.questions = WorkspaceQuestions(theme, self)
        self._help_pages = help_pages
        self._help: HelpWindow | None = None
        self._ring = FocusRing(theme, application, self)
        self._unsubscribe: Callable[[], object] = _nothing
        self._build()
        self._connect()
        self._restore()

    # What the program tells.

    def show_workspace(self, core: Core) -> None:
        """Show another workspace; the one before is left alone from here on."""
        self._leave_workspace()
        self._core = core
        self._requests = self._refused = self._unseen = 0
        path = core.store.path
        self.setWindowTitle(f"{path.name} – Userpool Sandbox")
        self.status.show_file(path.name, str(path))
        self.questions.beside = path
        self.home = HomePlace(self._theme, core, self._spawn)
        self.live = LivePlace(
            self._theme,
            core.store.traffic,
            judge_with(core),
            core.clock,
            versions=self._versions,
        )
        self.places.addWidget(self.home)
        self.places.addWidget(self.live)
        self._bridge = TrafficBridge(core.bus, self)
        self._bridge.drained.connect(self._absorb)
        self._unsubscribe = core.bus.subscribe(ConfigurationChanged, self._configuration_changed)
        self._connect_places(self.home, self.live)
        self._refresh()
        self.home.show_server(self._state)
        self.home.restore_state(self._remembered.state("home"))
        self.live.restore_state(self._remembered.state("live"))
        self._count()
        self._show_place(self.rail.current_key)
        # What earlier runs recorded comes when the window already stands.
        QTimer.singleShot(0, self.live, self._load_earlier)

    def show_server(self, state: ServerState) -> None:
        """What the server does now."""
        self._state = state
        self.top.show_server(state)
        self.status.show_server(state)
        if self.home is not None:
            self.home.show_server(state)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Workspaces to offer under File."""
        self.menus.show_recent(paths)

    # What the person does.

    def go_to(self, place: str) -> None:
        """Show a place, as if its word in the rail had been pressed."""
        self.rail.set_current(place)
        self._show_place(place)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember everything, and tell."""
        self._leave_workspace()
        self._remembered.geometry = self.saveGeometry()
        self._remembered.put_state("window", {"place": self.rail.current_key})
        self._remembered.write()
        super().closeEvent(event)
        self.closed.emit()

    # Inside.

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(self.places, 1)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.error)
        column.addLayout(row, 1)
        column.addWidget(self.status)
        self.setCentralWidget(frame)
        for key, icon, word in _PLACES:
            self.rail.add(key, icon, word)
        for name, menu in self.menus.all:
            self.top.add_menu(name, menu)
            shortcut = QShortcut(QKeySequence(f"Alt+{name[0]}"), self)
            shortcut.activated.connect(self.top.menus[name].click)
        self.setMinimumSize(*_SMALLEST)
        # Nobody has used the keyboard yet, so no control begins with a ring around it.
        frame.setFocus()

    def _connect(self) -> None:
        self.top.start_wanted.connect(self.start_wanted)
        self.top.stop_wanted.connect(self.stop_wanted)
        self.top.pool_chosen.connect(self._choose_pool)
        self.rail.chosen.connect(self._show_place)
        self.status.live_wanted.connect(lambda: self.go_to("live"))
        self.status.home_wanted.connect(lambda: self.go_to("home"))
        self.status.mode_chosen.connect(self._choose_mode)
        menus = self.menus
        menus.new_wanted.connect(self.questions.ask_new)
        menus.open_wanted.connect(self.questions.ask_open)
        menus.copy_wanted.connect(self.questions.ask_copy)
        menus.reset_wanted.connect(self.questions.ask_reset)
        self.questions.new_wanted.connect(self.new_wanted)
        self.questions.open_wanted.connect(self.open_wanted)
        self.questions.copy_wanted.connect(self.copy_wanted)
        self.questions.reset_wanted.connect(self.reset_wanted)
        menus.quit_wanted.connect(self.close)
        menus.recent_chosen.connect(self.open_wanted)
        menus.mode_chosen.connect(self._choose_mode)
        menus.scale_wanted.connect(self._choose_scale)
        menus.help_wanted.connect(self._show_help)

    def _connect_places(self, home: HomePlace, live: LivePlace) -> None:
        home.demo_wanted.connect(self.demo_wanted)
        home.start_wanted.connect(self.start_wanted)
        home.stop_wanted.connect(self.stop_wanted)
        home.demo_workspace_wanted.connect(self.demo_workspace_wanted)
        home.differences_wanted.connect(lambda: self._show_help("differences"))
        live.demo_wanted.connect(self.demo_wanted)
        live.connect_wanted.connect(self._show_connect)

    def _restore(self) -> None:
        geometry = self._remembered.geometry
        if geometry is None or not self.restoreGeometry(geometry):
            room = self.screen().availableSize()
            self.resize(QSize(_WIDTH, _HEIGHT).boundedTo(room))
        place = self._remembered.state("window").get("place")
        if place in [key for key, _, _ in _PLACES]:
            self.rail.set_current(str(place))
        self.menus.show_mode(self._theme.mode)
        self.menus.show_recent(self._remembered.recent)

    def _leave_workspace(self) -> None:
        self._unsubscribe()
        self._unsubscribe = _nothing
        self._changed.stop()
        if self._bridge is not None:
            self._bridge.close()
            self._bridge = None
        if self.home is not None and self.live is not None:
            self._remembered.put_state("home", self.home.save_state())
            self._remembered.put_state("live", self.live.save_state())
            for place in (self.home, self.live):
                self.places.removeWidget(place)
                place.deleteLater()
        self.home = self.live = None

    def _show_place(self, key: str) -> None:
        if self.home is None or self.live is None:
            return
        self.places.setCurrentWidget(self.home if key == "home" else self.live)
        if key == "live":
            self._unseen = 0
            self.rail.set_badge("live", 0)
            self.live.greet()

    def _show_connect(self) -> None:
        self.go_to("home")
        if self.home is not None:
            self.home.focus_connect()

    def _load_earlier(self) -> None:
        if self.live is not None:
            self.live.load()
            self._show_place(self.rail.current_key)

    def _absorb(self, exchanges: list[Exchange]) -> None:
        if self.live is None:
            return
        self.live.absorb(exchanges)
        # The error page only repeats a refusal that was counted before.
        refused = sum(1 for one in exchanges if one.rule and one.step != "error page")
        self._requests += len(exchanges)
        self._refused += refused
        if self.rail.current_key != "live":
            self._unseen += refused
            self.rail.set_badge("live", self._unseen)
        self._count()

    def _count(self) -> None:
        dropped = self._core.store.traffic.dropped if self._core is not None else 0
        self.status.show_traffic(self._requests, self._refused, dropped)

    def _configuration_changed(self, _event: ConfigurationChanged) -> None:
        # Many changes may come at once; they are shown once.
        if not self._changed.isActive():
            self._changed.start()

    def _refresh(self) -> None:
        if self._core is None or self.home is None:
            return
        pools = [(pool.id, pool.name) for pool in self._core.store.pools.all()]
        if self._pool_id not in [key for key, _ in pools]:
            self._pool_id = pools[0][0] if pools else ""
        self.top.show_pools(pools, self._pool_id)
        self.home.show_pool(self._pool_id)

    def _choose_pool(self, pool_id: str) -> None:
        self._pool_id = pool_id
        self._refresh()

    def _choose_mode(self, mode: Mode) -> None:
        self._theme.set_mode(mode)
        self._remembered.mode = mode
        self.menus.show_mode(mode)

    def _choose_scale(self, step: int) -> None:
        at = SCALES.index(self._theme.scale) if self._theme.scale in SCALES else 1
        scale = 1.0 if step == 0 else SCALES[min(max(at + step, 0), len(SCALES) - 1)]
        self._theme.set_scale(scale)
        self._remembered.scale = scale

    def _show_help(self, key: str) -> None:
        if self._help is None:
            self._help = HelpWindow(self._theme, self, self._help_pages)
        self._help.show_page(key)


def _nothing() -> None:
    """There is nothing to stop listening to."""
