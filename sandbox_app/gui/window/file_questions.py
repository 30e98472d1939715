"""Which file? Asked in dialogs that never stop the server."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIX = "sandbox"
_FILTER = f"Workspaces (*.{SUFFIX});;All files (*)"


def ask_for_workspace(
    window: QWidget, title: str, beside: Path, chosen: Callable[[Path], object], *, new: bool
) -> QFileDialog:
    """Let the person choose a workspace file; returns at once.

    Args:
        beside: the dialog begins in its folder.
        chosen: called with the file, if one is chosen.
        new: a name for a file that need not exist, instead of one that does. Whether an existing
            one may be replaced is the caller's question: Qt's own would stop the event loop.
    """
    dialog = QFileDialog(window, title, str(beside.parent), _FILTER)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    if new:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog
