"""Presenter mode over the whole window: opened from Live or a menu, left with Esc."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import ErrorBar
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.remembered import Remembered
from sandbox_app.gui.window.workspace_view import WorkspaceView
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.recording import record_again

if TYPE_CHECKING:
    from sandbox_app.gui.live.presenter import PresenterView

_NEWEST = 500
"""Recorded exchanges that are looked through for some that Live does not show yet."""

RECORDS = "A presentation needs every request, so recording goes on."

_RESET = (
    "Everything in this workspace becomes what it was when the presentation began, every browser "
    "has to sign in again, and Live is emptied. The present is kept as a snapshot."
)


class Presenting(QObject):
    """Puts the presenter in the window's place and takes it away again.

    Args:
        stack: holds the window's own frame; the presenter is laid over it.
        column: of that frame, in which the error bar usually stands.
        error: the window's error bar, which goes along.
    """

    def __init__(
        self,
        theme: Theme,
        application: QApplication,
        window: QMainWindow,
        stack: QStackedWidget,
        column: QVBoxLayout,
        error: ErrorBar,
        spawn: Spawn,
        remembered: Remembered,
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._application = application
        self._window = window
        self._stack = stack
        self._column = column
        self._error_at = column.indexOf(error)
        self._error = error
        self._spawn = spawn
        self._remembered = remembered
        self._workspace: WorkspaceView | None = None
        self._beginning = ""
        self._was_full = False
        self.presenter: PresenterView | None = None

    def begin(self, workspace: WorkspaceView, login: Login | None = None) -> "PresenterView":
        """Present a login, or the next one that begins."""
        # Only now: most starts never present.
        from sandbox_app.gui.live.presenter import PresenterView

        self.end()
        self._workspace = workspace
        if record_again(workspace.core):
            self._error.show_message(RECORDS, severity="ok")
        self._was_full = self._window.isFullScreen()
        presenter = PresenterView(self._application, self._theme, workspace.core)
        presenter.left.connect(self.end, Qt.ConnectionType.QueuedConnection)
        presenter.demo_wanted.connect(workspace.live.demo_wanted)
        presenter.full_screen_wanted.connect(self._fill_screen)
        presenter.reset_wanted.connect(self._ask_reset)
        presenter.restore_state(self._remembered.state("presenter"))
        self.presenter = presenter
        self._stack.addWidget(presenter)
        self._stack.setCurrentWidget(presenter)
        presenter.show_below_bar(self._error)
        presenter.show_full_screen(self._was_full)
        look_up = workspace.core.store.traffic.detail
        presenter.begin(
            login.login_id if login is not None else "",
            [(exchange, look_up(exchange.id)) for exchange in self._past(login)],
        )
        self._beginning = ""
        self._spawn(self._remember())
        return presenter

    def end(self) -> None:
        """Back to the window; nothing is held any more."""
        presenter, self.presenter = self.presenter, None
        if presenter is None:
            return
        presenter.end()
        self._remembered.put_state("presenter", presenter.save_state())
        self._column.insertWidget(self._error_at, self._error)
        self._stack.removeWidget(presenter)
        presenter.theme.deleteLater()
        presenter.deleteLater()
        if self._window.isFullScreen() and not self._was_full:
            self._window.showNormal()
        frame = self._stack.currentWidget()
        if frame is not None:
            frame.setFocus()

    def _past(self, login: Login | None) -> tuple[Exchange, ...]:
        """What happened in a login so far; the list in Live may be a moment behind, or paused."""
        workspace = self._workspace
        if login is None or workspace is None:
            return ()
        known = {exchange.id for exchange in login.exchanges}
        newest = workspace.core.store.traffic.page(None, _NEWEST)
        missed = [
            row.exchange
            for row in reversed(newest)
            if login.login_id
            and row.exchange.login_id == login.login_id
            and row.exchange.id not in known
        ]
        return (*login.exchanges, *missed)

    def _fill_screen(self, full: bool) -> None:
        if full != self._window.isFullScreen():
            if full:
                self._window.showFullScreen()
            else:
                self._window.showNormal()

    def _ask_reset(self) -> None:
        if not self._beginning:
            self._error.show_message(
                "The workspace could not be saved when the presentation began, so there is "
                "nothing to go back to.",
                severity="warn",
            )
            return
        Confirmation(
            self._theme,
            self._window,
            "Reset for the next group?",
            _RESET,
            "Reset",
            lambda: self._spawn(self._reset()),
        ).open()

    async def _remember(self) -> None:
        from sandbox_app.workbench.live.presenting import remember_beginning
        from sandbox_app.workbench.snapshots import SnapshotError

        workspace = self._workspace
        if workspace is None:
            return
        try:
            self._beginning = await remember_beginning(workspace.core)
        except SnapshotError as error:
            self._error.show_message(str(error), severity="warn")

    async def _reset(self) -> None:
        from sandbox_app.workbench.live.presenting import back_to_beginning
        from sandbox_app.workbench.snapshots import SnapshotError

        workspace, presenter = self._workspace, self.presenter
        if workspace is None or presenter is None:
            return
        presenter.end()
        try:
            await back_to_beginning(workspace.core, self._beginning)
        except SnapshotError as error:
            self._error.show_message(str(error))
        else:
            workspace.live.clear()
            self._error.show_message("Ready for the next group.", severity="ok")
        if self.presenter is presenter:
            presenter.begin()
