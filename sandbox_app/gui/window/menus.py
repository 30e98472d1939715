"""The menus behind the words in the top bar, and the keys that do the same."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.components import without_mnemonic
from sandbox_app.gui.theme.theme import Mode

_MODES: tuple[tuple[Mode, str], ...] = (
    ("system", "Like the system"),
    ("light", "Light"),
    ("dark", "Dark"),
)
_ROOMY = 264
_Keys = QKeySequence | QKeySequence.StandardKey | str | None


class Menus(QObject):
    """File, Edit, View and Help.

    Signals:
        new_wanted, open_wanted, copy_wanted, reset_wanted, quit_wanted: from File.
        import_wanted, export_wanted: of a template, from File.
        compare_wanted: what is looked at in Live with a file, from File.
        keep_wanted: how much traffic is kept shall be shown, from File.
        record_wanted: bool, requests shall be recorded or not, from File.
        undo_wanted, redo_wanted: from Edit.
        present_wanted: the next login that begins, from View.
        recent_chosen: Path, a workspace opened lately.
        mode_chosen: str, "light", "dark" or "system".
        scale_wanted: int, 1 larger, -1 smaller, 0 as designed.
        help_wanted: str, the key of a help page.
    """

    new_wanted = Signal()
    open_wanted = Signal()
    copy_wanted = Signal()
    reset_wanted = Signal()
    quit_wanted = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    compare_wanted = Signal()
    keep_wanted = Signal()
    record_wanted = Signal(bool)
    undo_wanted = Signal()
    redo_wanted = Signal()
    present_wanted = Signal()
    recent_chosen = Signal(object)
    mode_chosen = Signal(str)
    scale_wanted = Signal(int)
    help_wanted = Signal(str)

    def __init__(self, window: QWidget, help_pages: Sequence[tuple[str, str]]) -> None:
        super().__init__(window)
        self._window = window
        self.file = QMenu("File", window)
        self.edit = QMenu("Edit", window)
        self.view = QMenu("View", window)
        self.help = QMenu("Help", window)
        self.recent = QMenu("Open recent", window)
        # Room between the words and their keys.
        self.file.setMinimumWidth(_ROOMY)
        self._modes: dict[str, QAction] = {}
        self._build_file()
        self._undo = self._say(self.edit, "Undo", QKeySequence.StandardKey.Undo, self.undo_wanted)
        self._redo = self._say(self.edit, "Redo", QKeySequence.StandardKey.Redo, self.redo_wanted)
        self.edit.setMinimumWidth(_ROOMY)
        self.show_edits("", "")
        self._build_view()
        for key, title in help_pages:
            keys = QKeySequence.StandardKey.HelpContents if not self.help.actions() else None
            action = self._action(self.help, title, keys)
            action.triggered.connect(lambda _=False, key=key: self.help_wanted.emit(key))

    @property
    def all(self) -> tuple[tuple[str, QMenu], ...]:
        """Name and menu, in order."""
        return (
            ("File", self.file),
            ("Edit", self.edit),
            ("View", self.view),
            ("Help", self.help),
        )

    def show_edits(self, undo: str, redo: str) -> None:
        """What can be taken back and made again; empty for nothing."""
        for action, verb, label in ((self._undo, "Undo", undo), (self._redo, "Redo", redo)):
            action.setText(without_mnemonic(f"{verb} “{label}”" if label else verb))
            action.setEnabled(bool(label))

    def show_recent(self, paths: Sequence[Path]) -> None:
        """Fill the list of workspaces opened lately."""
        self.recent.clear()
        for path in paths:
            action = self.recent.addAction(without_mnemonic(str(path)))
            action.triggered.connect(lambda _=False, path=path: self.recent_chosen.emit(path))
        self.recent.setEnabled(bool(paths))

    def show_recording(self, paused: bool) -> None:
        """Offer what would change it: a tick would not be seen in what Ctrl+K finds."""
        self._paused = paused
        self._recording.setText("Record again" if paused else "Pause recording")

    def show_mode(self, mode: Mode) -> None:
        """Tick the theme that was chosen."""
        self._modes[mode].setChecked(True)

    def _build_file(self) -> None:
        keys = QKeySequence.StandardKey
        self._say(self.file, "New workspace…", keys.New, self.new_wanted)
        self._say(self.file, "Open workspace…", keys.Open, self.open_wanted)
        self.file.addMenu(self.recent)
        self.file.addSeparator()
        self._say(self.file, "Import template…", "Ctrl+I", self.import_wanted)
        self._say(self.file, "Export pool as template…", "Ctrl+E", self.export_wanted)
        self._say(self.file, "Compare with HAR file…", None, self.compare_wanted)
        self.file.addSeparator()
        self._say(self.file, "Save a copy…", "Ctrl+Shift+S", self.copy_wanted)
        self._say(self.file, "Traffic to keep…", None, self.keep_wanted)
        self._recording = self._action(self.file, "", None)
        self._recording.triggered.connect(lambda _=False: self.record_wanted.emit(self._paused))
        self.show_recording(False)
        self._say(self.file, "Reset to demo…", None, self.reset_wanted)
        self.file.addSeparator()
        self._say(self.file, "Quit", "Ctrl+Q", self.quit_wanted)

    def _build_view(self) -> None:
        self._say(self.view, "Present the next login", "F5", self.present_wanted)
        self.view.addSeparator()
        group = QActionGroup(self)
        for mode, words in _MODES:
            action = self._action(self.view, words, None)
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, mode=mode: self.mode_chosen.emit(mode))
            group.addAction(action)
            self._modes[mode] = action
        self.view.addSeparator()
        for words, keys, step in (
            ("Larger", QKeySequence.StandardKey.ZoomIn, 1),
            ("Smaller", QKeySequence.StandardKey.ZoomOut, -1),
            ("Actual size", "Ctrl+0", 0),
        ):
            action = self._action(self.view, words, keys)
            action.triggered.connect(lambda _=False, step=step: self.scale_wanted.emit(step))

    def _say(self, menu: QMenu, words: str, keys: _Keys, signal: SignalInstance) -> QAction:
        action = self._action(menu, words, keys)
        action.triggered.connect(lambda _=False: signal.emit())
        return action

    def _action(self, menu: QMenu, words: str, keys: _Keys) -> QAction:
        action = menu.addAction(words)
        if keys is not None:
            action.setShortcut(QKeySequence(keys))
        # Added to the window too: a closed menu hears no keys.
        self._window.addAction(action)
        return action
