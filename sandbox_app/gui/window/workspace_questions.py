"""Which file, and are you sure? Asked in dialogs that never stop the server."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.theme import Theme

SUFFIX = "sandbox"
_FILTER = f"Workspaces (*.{SUFFIX});;All files (*)"
_RESET = (
    "Everything in this workspace is replaced by the demo pool with its clients and users. "
    "The file as it is now stays beside it under another name."
)


class WorkspaceQuestions(QObject):
    """The dialogs behind File.

    Attributes:
        beside: the open workspace; file dialogs begin in its folder.

    Signals:
        new_wanted, open_wanted, copy_wanted: Path of a workspace to make, open or save.
        reset_wanted: confirmed.
    """

    new_wanted = Signal(object)
    open_wanted = Signal(object)
    copy_wanted = Signal(object)
    reset_wanted = Signal()

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self.beside = Path.home() / f"demo.{SUFFIX}"

    def ask_new(self) -> None:
        """Where shall a new workspace lie?"""
        self._ask("New workspace", self.new_wanted.emit, new=True)

    def ask_open(self) -> None:
        """Which workspace shall be opened?"""
        self._ask("Open workspace", self.open_wanted.emit, new=False)

    def ask_copy(self) -> None:
        """Where shall the copy lie?"""
        self._ask("Save a copy", self.copy_to, new=True)

    def copy_to(self, path: Path) -> None:
        """Want a copy there; a file that is there already is asked about first."""
        if not path.exists():
            self.copy_wanted.emit(path)
            return
        Confirmation(
            self._theme,
            self._window,
            f"Replace {path.name}?",
            "There is a file of that name already. What it holds is lost when it is replaced.",
            "Replace it",
            lambda: self.copy_wanted.emit(path),
        ).open()

    def ask_reset(self) -> None:
        """Shall the demo take the place of everything?"""
        Confirmation(
            self._theme,
            self._window,
            "Reset to the demo workspace?",
            _RESET,
            "Reset to demo",
            self.reset_wanted.emit,
        ).open()

    def _ask(self, title: str, chosen: Callable[[Path], object], *, new: bool) -> None:
        dialog = QFileDialog(self._window, title, str(self.beside.parent), _FILTER)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setDefaultSuffix(SUFFIX)
        # Qt's own question about an existing file would stop the event loop, and the server.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        if new:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()
