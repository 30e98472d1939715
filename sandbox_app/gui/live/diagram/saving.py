"""Saves a diagram where the person wants it, or copies it as text."""

import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from sandbox_app.domain.ports import Aside
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.live.diagram.picture import Form, written
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.sequence import Sequence, mermaid_text

Spawn = Callable[[Coroutine[Any, Any, Any]], object]

_FILTERS = {
    Form.SVG: "Scalable pictures (*.svg)",
    Form.PNG: "Pictures (*.png)",
    Form.MERMAID: "Mermaid text (*.mmd *.md *.txt)",
}
_WORDS = {
    Form.SVG: "Diagram as SVG…",
    Form.PNG: "Diagram as PNG…",
    Form.MERMAID: "Diagram as Mermaid text…",
}


class DiagramSaving(QObject):
    """The part of an export menu that is about the diagram.

    Values of codes and tokens are left out, unless the person ticks that they shall be in; the
    tick is good for one export.

    Args:
        window: what dialogs belong to.
        folder: where they begin.

    Signals:
        write_wanted: (Path, str or bytes), a file to be written, readable by its owner alone.
    """

    write_wanted = Signal(object, object)

    def __init__(
        self, theme: Theme, window: QWidget, spawn: Spawn, aside: Aside, folder: Path
    ) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._spawn = spawn
        self._aside = aside
        self._folder = folder
        self._sequence = Sequence()
        self._name = "login"
        self.actions: dict[str, QAction] = {}

    def add_to(self, menu: QMenu) -> None:
        """Append the ways to keep a diagram."""
        for form, words in _WORDS.items():
            action = menu.addAction(words)
            action.triggered.connect(lambda _=False, form=form: self._ask(form))
            self.actions[form.value] = action
        self.actions["copy"] = menu.addAction("Copy diagram as Mermaid text")
        self.actions["copy"].triggered.connect(lambda: self._copy())
        self.actions["values"] = values = menu.addAction("With codes and tokens")
        values.setCheckable(True)

    def offer(self, sequence: Sequence, name: str) -> None:
        """What would be kept now, and what a file would be called."""
        self._sequence = sequence
        self._name = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "login"
        for action in self.actions.values():
            action.setEnabled(bool(sequence.rows))

    async def save_to(self, path: Path, form: Form, *, masked: bool) -> None:
        """Draw it and want it written there."""
        data = await written(self._theme, self._sequence, form, self._aside, masked=masked)
        self.write_wanted.emit(path, data)

    def _masked(self) -> bool:
        """Whether values stay out; asked for anew each time."""
        shown = self.actions["values"].isChecked()
        self.actions["values"].setChecked(False)
        return not shown

    def _copy(self) -> None:
        text = mermaid_text(self._sequence, masked=self._masked())
        QGuiApplication.clipboard().setText(text)

    def _ask(self, form: Form) -> None:
        masked = self._masked()
        name = f"{self._name}.{form}"
        dialog = QFileDialog(self._window, "Save diagram", str(self._folder), _FILTERS[form])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Qt's own question about an existing file would stop the event loop, and the server.
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(form.value)
        dialog.selectFile(name)
        dialog.fileSelected.connect(lambda found: self._chosen(Path(found), form, masked=masked))
        dialog.open()

    def _chosen(self, path: Path, form: Form, *, masked: bool) -> None:
        self._folder = path.parent
        if not path.exists():
            self._spawn(self.save_to(path, form, masked=masked))
            return
        Confirmation(
            self._theme,
            self._window,
            f"Replace {path.name}?",
            "There is a file of that name already. What is in it will be gone.",
            "Replace",
            lambda: self._spawn(self.save_to(path, form, masked=masked)),
        ).open()
