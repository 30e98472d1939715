"""One snapshot in the list: what it is, how much is in it, and what can be done about it."""

from collections.abc import Mapping
from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, Field, IconButton, IconLabel
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.workbench.live.words import count_words
from sandbox_app.workbench.snapshots import Origin, Snapshot

_HEIGHT = 48
_ICONS = {Origin.SAVED: "folder", Origin.SEED: "tree", Origin.BEFORE_RESTORE: "undo"}


class SnapshotRow(QWidget):
    """Signals:
    compare_wanted: with the present.
    restore_wanted: make the workspace what it was then.
    renamed: str, the new name as typed.
    delete_wanted: confirmed.
    """

    compare_wanted = Signal()
    restore_wanted = Signal()
    renamed = Signal(str)
    delete_wanted = Signal()

    def __init__(self, theme: Theme, snapshot: Snapshot) -> None:
        super().__init__()
        self._theme = theme
        self.snapshot = snapshot
        self.name = ElidedLabel(theme, snapshot.name, Role.NAME)
        self.field = Field(theme, "New name of the snapshot", snapshot.name)
        self.meta = ElidedLabel(
            theme,
            snapshot.problem or meta_words(snapshot),
            Role.HELP,
            "bad" if snapshot.problem else "text2",
        )
        self.compare = Button(theme, "Compare with now", size="small")
        self.restore = Button(theme, "Restore", size="small")
        self.more = IconButton(theme, "more", f"More about {snapshot.name}")
        self.menu = QMenu(self)
        for button in (self.compare, self.restore):
            button.setEnabled(not snapshot.problem)
        self.compare.clicked.connect(lambda: self.compare_wanted.emit())
        self.restore.clicked.connect(lambda: self.restore_wanted.emit())
        self.more.clicked.connect(self._open_menu)
        if snapshot.origin is not Origin.SEED:
            self.menu.addAction("Rename", self._begin_rename)
            self.menu.addAction("Delete…", self._ask_delete)
        self.more.setVisible(snapshot.origin is not Origin.SEED)
        self.field.returnPressed.connect(self._rename)
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves renaming."""
        if event.key() == Qt.Key.Key_Escape and self._names.currentIndex() == 1:
            self._names.setCurrentIndex(0)
        else:
            super().keyPressEvent(event)

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _begin_rename(self) -> None:
        self._names.setCurrentIndex(1)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def _rename(self) -> None:
        self._names.setCurrentIndex(0)
        if self.field.text().strip() != self.snapshot.name:
            self.renamed.emit(self.field.text().strip())

    def _ask_delete(self) -> None:
        Confirmation(
            self._theme,
            self,
            f"Delete “{self.snapshot.name}”?",
            "A deleted snapshot cannot be brought back.",
            "Delete snapshot",
            self.delete_wanted.emit,
        ).open()

    def _build(self) -> None:
        shown = QWidget()
        words = QVBoxLayout(shown)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.name)
        words.addWidget(self.meta)
        words.addStretch(1)
        self._names = QStackedWidget()
        self._names.addWidget(shown)
        self._names.addWidget(self.field)
        middle = Qt.AlignmentFlag.AlignVCenter
        icon = "warning" if self.snapshot.problem else _ICONS[self.snapshot.origin]
        token: Token = "bad" if self.snapshot.problem else "text2"
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        mark = IconLabel(self._theme, icon, token, metrics.ICON_BUTTON, name=self.snapshot.origin)
        self._row.addWidget(mark, 0, middle)
        self._row.addWidget(self._names, 1)
        for widget in (self.compare, self.restore, self.more):
            self._row.addWidget(widget, 0, middle)

    def _restyle(self) -> None:
        self._row.setSpacing(self._theme.px(metrics.GRID))
        self.setFixedHeight(self._theme.px(_HEIGHT))


def meta_words(snapshot: Snapshot) -> str:
    """When it was saved, by this computer's clock, what is in it, and its size on disk."""
    saved = datetime.fromtimestamp(snapshot.saved_at, UTC).astimezone()
    when = f"{saved.day} {saved:%B %Y %H:%M:%S}"
    return " · ".join(
        word for word in (when, _counts(snapshot.counts), _size(snapshot.size)) if word
    )


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        count_words(count, words.removesuffix("s")) for words, count in counts.items() if count
    )


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"
