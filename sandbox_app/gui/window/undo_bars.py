"""Undo and redo from the menus, told of where the person looks."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from sandbox_app.gui.components import ErrorBar
from sandbox_app.gui.pools.undoing import Undoing
from sandbox_app.operations.core import Core


class UndoBars(QObject):
    """Takes edits back and makes them again; Pools tells of it on a bar of its own.

    Args:
        bar: the window's, for every other place.
        of_place: the undoing of the place looked at, where it has one.
    """

    def __init__(
        self, bar: ErrorBar, of_place: Callable[[], Undoing | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bar = bar
        self._of_place = of_place
        self._of_window: Undoing | None = None

    def show_workspace(self, core: Core) -> None:
        """Undo the edits of that workspace from now on."""
        self._of_window = Undoing(core, self._bar)

    def say(self, sentence: str) -> None:
        """Say that something was done, and offer to take it back."""
        undoing = self._shown
        if undoing is not None:
            undoing.say(sentence)

    def say_fixed(self, sentence: str, undoable: bool) -> None:
        """The same of something that may not be an edit."""
        if undoable:
            self.say(sentence)
        else:
            self._bar.show_message(sentence, severity="ok")

    def undo(self) -> None:
        """Take the last edit back."""
        undoing = self._shown
        if undoing is not None:
            undoing.undo()

    def redo(self) -> None:
        """Make the edit again that was taken back last."""
        undoing = self._shown
        if undoing is not None:
            undoing.redo()

    @property
    def _shown(self) -> Undoing | None:
        return self._of_place() or self._of_window
