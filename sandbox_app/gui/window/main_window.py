"""The main window: frame, rail and places; the one spot where panels are connected."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sandbox_app.gui.components import ErrorBar, FocusRing, Rail
from sandbox_app.gui.home.place import HomePlace, Spawn
from sandbox_app.gui.live import LivePlace
from sandbox_app.gui.pools.undoing import Undoing
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.appearance import Appearance
from sandbox_app.gui.window.finder import Finder
from sandbox_app.gui.window.help_window import HelpPage, HelpWindow
from sandbox_app.gui.window.menus import Menus
from sandbox_app.gui.window.presenting import RECORDS, Presenting
from sandbox_app.gui.window.remembered import Remembered
from sandbox_app.gui.window.status_bar import StatusBar
from sandbox_app.gui.window.top_bar import TopBar
from sandbox_app.gui.window.undo_bars import UndoBars
from sandbox_app.gui.window.workspace_questions import WorkspaceQuestions
from sandbox_app.gui.window.workspace_view import WorkspaceView
from sandbox_app.operations.core import Core
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.recording import pause_recording, record_again

_WIDTH, _HEIGHT = 1280, 800
_SMALLEST = (880, 560)
_PLACES = (
    ("home", "home", "Home"),
    ("live", "live", "Live"),
    ("pools", "pools", "Pools"),
    ("conditions", "conditions", "Conditions"),
)


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
        url_wanted: str, to be opened in the browser.
        write_wanted: (Path, str or bytes), a file to be written, readable by its owner alone.
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
    url_wanted = Signal(str)
    write_wanted = Signal(object, object)
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
        self._application = application
        self._spawn = spawn
        self._remembered = remembered
        self._versions = versions
        self._state = ServerState(phase=Phase.STARTING, http="")
        self.top = TopBar(theme)
        self.error = ErrorBar(theme)
        self.rail = Rail(theme)
        self.status = StatusBar(theme)
        self.places = QStackedWidget()
        self.view: WorkspaceView | None = None
        self.appearance = Appearance(theme, remembered, self)
        self.undo_bars = UndoBars(self.error, self._undoing_of_place, self)
        self.menus = Menus(self, [(page.key, page.title) for page in help_pages])
        self.questions = WorkspaceQuestions(theme, self)
        self.finder = Finder(theme, self, self.menus.all)
        self._help_pages = help_pages
        self._help: HelpWindow | None = None
        self._ring = FocusRing(theme, application, self)
        self._build()
        self._connect()
        theme.dress(self)
        self._restore()

    # What the program tells.

    def show_workspace(self, core: Core) -> None:
        """Show another workspace; the one before is left alone from here on."""
        self._leave_workspace()
        path = core.store.path
        self.setWindowTitle(f"{path.name} – Userpool Sandbox")
        self.status.show_file(path.name, str(path))
        self.questions.beside = path
        view = WorkspaceView(
            self._theme, core, self._spawn, self._remembered, self.places, self._versions
        )
        self.view = view
        self.undo_bars.show_workspace(core)
        self.finder.show_workspace(view)
        self._connect_view(view)
        view.refresh()
        view.show_server(self._state)
        view.count()
        view.tell_conditions()
        view.recording.refresh()
        self.menus.show_edits("", "")
        view.show_place(self.rail.current_key)
        # What earlier runs recorded comes when the window already stands.
        QTimer.singleShot(0, view, self._load_earlier)

    def show_server(self, state: ServerState) -> None:
        """What the server does now."""
        self._state = state
        self.top.show_server(state)
        self.status.show_server(state)
        if self.view is not None:
            self.view.show_server(state)

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Workspaces to offer under File."""
        self.menus.show_recent(paths)

    @property
    def home(self) -> HomePlace | None:
        """The Home place of the workspace shown."""
        return self.view.home if self.view is not None else None

    @property
    def live(self) -> LivePlace | None:
        """The Live place of the workspace shown."""
        return self.view.live if self.view is not None else None

    # What the person does.

    def go_to(self, place: str) -> None:
        """Show a place, as if its word in the rail had been pressed."""
        self.presenting.end()
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
        stack = QStackedWidget()
        stack.addWidget(frame)
        self.setCentralWidget(stack)
        self.presenting = Presenting(
            self._theme,
            self._application,
            self,
            stack,
            column,
            self.error,
            self._spawn,
            self._remembered,
        )
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
        self.top.search.clicked.connect(self.finder.toggle)
        find = QShortcut(QKeySequence("Ctrl+K"), self)
        find.activated.connect(self.finder.toggle)
        self.finder.palette.set_anchor(self.top.search)
        self.top.pool_chosen.connect(self._choose_pool)
        self.rail.chosen.connect(self._show_place)
        self.status.live_wanted.connect(lambda: self.go_to("live"))
        self.status.home_wanted.connect(lambda: self.go_to("home"))
        self.status.condition_wanted.connect(self._show_condition)
        self.status.watched_wanted.connect(self._show_watched)
        self.status.mode_chosen.connect(self.appearance.choose_mode)
        menus = self.menus
        menus.new_wanted.connect(self.questions.ask_new)
        menus.open_wanted.connect(self.questions.ask_open)
        menus.copy_wanted.connect(self.questions.ask_copy)
        menus.reset_wanted.connect(self.questions.ask_reset)
        self.questions.new_wanted.connect(self.new_wanted)
        self.questions.open_wanted.connect(self.open_wanted)
        self.questions.copy_wanted.connect(self.copy_wanted)
        self.questions.reset_wanted.connect(self.reset_wanted)
        menus.import_wanted.connect(self._import)
        menus.export_wanted.connect(self._export)
        menus.compare_wanted.connect(self._compare_with_file)
        menus.keep_wanted.connect(self._show_keeping)
        menus.record_wanted.connect(self._record)
        menus.undo_wanted.connect(self.undo_bars.undo)
        menus.redo_wanted.connect(self.undo_bars.redo)
        menus.present_wanted.connect(self._present)
        menus.quit_wanted.connect(self.close)
        menus.recent_chosen.connect(self.open_wanted)
        menus.mode_chosen.connect(self.appearance.choose_mode)
        menus.scale_wanted.connect(self.appearance.choose_scale)
        self.appearance.mode_changed.connect(menus.show_mode)
        menus.help_wanted.connect(self._show_help)

    def _connect_view(self, view: WorkspaceView) -> None:
        view.home.demo_wanted.connect(self.demo_wanted)
        view.home.start_wanted.connect(self.start_wanted)
        view.home.stop_wanted.connect(self.stop_wanted)
        view.home.demo_workspace_wanted.connect(self.demo_workspace_wanted)
        view.home.differences_wanted.connect(lambda: self._show_help("differences"))
        view.live.demo_wanted.connect(self.demo_wanted)
        view.live.present_wanted.connect(self._present)
        view.live.told.connect(lambda words: self.error.show_message(words, severity="ok"))
        view.live.write_wanted.connect(self._write)
        view.place_wanted.connect(self.go_to)
        view.url_wanted.connect(self.url_wanted)
        view.write_wanted.connect(self._write)
        view.counted.connect(self.status.show_traffic)
        view.recording.counted.connect(self.status.show_recording)
        view.recording.counted.connect(lambda paused, _: self.menus.show_recording(paused))
        view.conditions_told.connect(self.status.show_conditions)
        view.unseen_changed.connect(lambda unseen: self.rail.set_badge("live", unseen))
        view.pools_changed.connect(self.top.show_pools)
        view.edits_changed.connect(self.menus.show_edits)
        view.fixed.connect(self.undo_bars.say_fixed)
        view.failed.connect(self.error.show_message)
        templates = view.templates
        templates.closed.connect(lambda: self._show_place(self.rail.current_key))
        templates.done.connect(self.undo_bars.say)
        templates.watched_changed.connect(self.status.show_watched)
        # Told from within the import, which is to end first.
        templates.pool_made.connect(self._choose_pool, Qt.ConnectionType.QueuedConnection)
        templates.failed.connect(self.error.show_message)
        templates.write_wanted.connect(self._write)

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

    def _present(self, login: Login | None = None) -> None:
        if self.view is not None:
            self.presenting.begin(self.view, login)

    def _leave_workspace(self) -> None:
        self.presenting.end()
        if self.view is not None:
            self.view.leave()
        self.view = None

    def _show_place(self, key: str) -> None:
        if self.view is not None:
            self.view.show_place(key)

    def _load_earlier(self) -> None:
        if self.view is not None:
            self.view.load_earlier()
            self._show_place(self.rail.current_key)

    def _choose_pool(self, pool_id: str) -> None:
        if self.view is not None:
            self.view.choose_pool(pool_id)

    def _show_condition(self, part: str) -> None:
        if self.view is not None:
            self.view.show_condition(part)

    def _show_watched(self) -> None:
        if self.view is not None:
            self.view.templates.show_watched()

    def _write(self, path: Path, data: str | bytes) -> None:
        # Signals that carry text and those that carry either are two kinds, which Qt does not join.
        self.write_wanted.emit(path, data)

    def _import(self) -> None:
        if self.view is not None:
            self.view.templates.show_import()

    def _export(self) -> None:
        if self.view is not None:
            self.view.show_export()

    def _compare_with_file(self) -> None:
        if self.view is not None:
            self.go_to("live")
            self.view.live.compare_with_file()

    def _show_keeping(self) -> None:
        if self.view is not None:
            self.go_to("live")
            self.view.live.show_keeping()

    def _record(self, wanted: bool) -> None:
        if self.view is None:
            return
        if wanted:
            record_again(self.view.core)
        elif self.presenting.presenter is not None:
            self.error.show_message(RECORDS, severity="warn")
        else:
            pause_recording(self.view.core)

    def _undoing_of_place(self) -> Undoing | None:
        pools = self.view.pools if self.view is not None else None
        if pools is None or self.places.currentWidget() is not pools:
            return None
        return pools.undoing

    def _show_help(self, key: str) -> None:
        if self._help is None:
            self._help = HelpWindow(self._theme, self, self._help_pages)
        self._help.show_page(key)
