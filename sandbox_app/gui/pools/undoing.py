"""Edits taken back and made again by hand, and a bar that says which."""

from PySide6.QtCore import QObject

from sandbox_app.gui.components import ErrorBar
from sandbox_app.operations.core import Core
from sandbox_app.workbench import edits


class Undoing(QObject):
    """Undo and redo of one workspace; `bar` shows what came of it."""

    def __init__(self, core: Core, bar: ErrorBar) -> None:
        super().__init__(bar)
        self._core = core
        self._bar = bar

    def say(self, sentence: str) -> None:
        """Say that something was done, and offer to take it back."""
        action = ("Undo", self.undo) if edits.undoable(self._core) else None
        self._bar.show_message(sentence, severity="ok", action=action)

    def undo(self) -> None:
        """Take the last edit back, or say why that cannot be."""
        try:
            label = edits.undo(self._core)
        except edits.CannotUndo as error:
            self._bar.show_message(str(error), severity="warn")
            return
        sentence = f"Took back “{label}”."
        self._bar.show_message(sentence, severity="ok", action=("Redo", self.redo))

    def redo(self) -> None:
        """Make the edit again that was taken back last, or say why that cannot be."""
        try:
            label = edits.redo(self._core)
        except edits.CannotUndo as error:
            self._bar.show_message(str(error), severity="warn")
            return
        sentence = f"Made “{label}” again."
        self._bar.show_message(sentence, severity="ok", action=("Undo", self.undo))
