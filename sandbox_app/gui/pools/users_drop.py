"""A pane that takes a CSV file dropped on it."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

_ENDINGS = (".csv", ".tsv", ".txt")


class FileDrop(QWidget):
    """Takes one local file of rows.

    Args:
        taken: called with its path.
    """

    def __init__(self, taken: Callable[[str], object]) -> None:
        super().__init__()
        self._taken = taken
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only files that may hold rows."""
        if file_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the path on."""
        path = file_of(event.mimeData())
        if path:
            event.acceptProposedAction()
            self._taken(path)


def file_of(data: QMimeData) -> str:
    """The path of the one file that is dragged; empty where there is none with rows."""
    paths = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].lower().endswith(_ENDINGS) else ""
