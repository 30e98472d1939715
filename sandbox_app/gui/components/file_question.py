"""Asks which file to read or write, without stopping the event loop."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

TEMPLATES = "Templates (*.yaml *.yml *.json *.template);;All files (*)"


def ask_for_file(
    window: QWidget,
    title: str,
    beside: Path,
    chosen: Callable[[Path], object],
    *,
    files: str = TEMPLATES,
    name: str = "",
) -> None:
    """Show the system's or Qt's file dialog; `chosen` hears of the file.

    Args:
        beside: the folder to begin in.
        files: the kinds of files, as Qt writes them.
        name: for a file to be written: what it is called unless the person says otherwise.
    """
    dialog = QFileDialog(window, title, str(beside), files)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Qt's own question about an existing file would stop the event loop, and the server.
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    if name:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.selectFile(name)
    else:
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda found: chosen(Path(found)))
    dialog.open()
