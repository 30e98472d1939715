"""Ctrl+K: one field over the window that finds and runs anything."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.palette.card import Card
from sandbox_app.gui.palette.hits import Hit, Source
from sandbox_app.gui.palette.matching import Query
from sandbox_app.gui.palette.model import arrange, as_recent
from sandbox_app.gui.palette.results import ResultsView
from sandbox_app.gui.palette.search_button import WORDS
from sandbox_app.gui.theme import Theme, metrics

_WIDTH: Final = 520
_HIGHEST: Final = 440
_TOP: Final = 56
_DEBOUNCE_MS: Final = 120
_PER_GROUP: Final = 8
_MOST_RECENT: Final = 5
_RECENT: Final = "Recent"
_COMES_BACK: Final = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class Palette(QWidget):
    """A field and what it finds, on a card below the top bar; Esc or a click beside it closes.

    It covers its parent without hiding it, so it is no dialog, needs no event loop of its own,
    and the server behind the window goes on. Focus goes back to where it was.

    Up and Down choose, Enter takes. Nothing typed yet shows what was taken lately, and what the
    sources give for the empty text.

    Args:
        parent: what it covers; the main window.

    Signals:
        chosen: Hit, the one that was taken; the palette is closed by then.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._anchor: QWidget | None = None
        self._sources: tuple[Source, ...] = ()
        self._slow: tuple[Source, ...] = ()
        self._slow_hits: list[Hit] = []
        self._recent: list[Hit] = []
        self._before: QWidget | None = None
        self._card = Card(theme, self)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_DEBOUNCE_MS)
        self._later.timeout.connect(self._ask_slow)
        self.field.textChanged.connect(self._typed)
        self.field.installEventFilter(self)
        self.results.pressed_hit.connect(self._take)
        self.setAccessibleName(WORDS)
        self.hide()
        parent.installEventFilter(self)
        theme.changed.connect(self._place)

    @property
    def field(self) -> Field:
        """Where one types."""
        return self._card.field

    @property
    def results(self) -> ResultsView:
        """What was found."""
        return self._card.results

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What shows now, from top to bottom."""
        return tuple(row for row in self._card.model.rows if isinstance(row, Hit))

    def set_sources(self, sources: Sequence[Source], *, slow: Sequence[Source] = ()) -> None:
        """Ask these from now on: `sources` at every letter, `slow` ones when typing pauses."""
        self._sources, self._slow = tuple(sources), tuple(slow)
        self._slow_hits = []
        if self.isVisible():
            self._refresh()
            self._later.start()

    def set_anchor(self, anchor: QWidget) -> None:
        """Open below this widget, right edges in line; without one, in the middle of the top."""
        self._anchor = anchor
        # A window that gets wider unfolds the anchor a moment after this was placed.
        anchor.installEventFilter(self)

    def forget_recent(self) -> None:
        """What was taken lately is not there any more, because the workspace is another."""
        self._recent.clear()

    def open(self, text: str = "") -> None:
        """Show, with a text in it to begin with."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self._slow_hits = []
        self._place()
        self.show()
        self.raise_()
        if self.field.text() == text:
            self._typed(text)
        self.field.setText(text)
        # Another reason would select the text, and the next letter would replace it.
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.end(False)

    def toggle(self) -> None:
        """Open, or close when open."""
        if self.isVisible():
            self.dismiss()
        else:
            self.open()

    def dismiss(self) -> None:
        """Close and give focus back."""
        self._later.stop()
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self)
        before, self._before = self._before, None
        self.hide()
        self.field.clear()
        if had_focus and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    # Qt's own.

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that mean the list; sizes of the window below and of the anchor."""
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress:
                return self._steer(event)
            # An application's shortcut on the same key must not run as well.
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
        elif watched is self.field and isinstance(event, QFocusEvent):
            if event.lostFocus() and event.reason() not in _COMES_BACK:
                self._focus_left()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move) and self.isVisible():
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the card: close."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    # Inside.

    def _focus_left(self) -> None:
        """Somebody went elsewhere, by a shortcut of the window for instance."""
        now = QApplication.focusWidget()
        if self.isVisible() and (now is None or not self.isAncestorOf(now)):
            self.dismiss()

    def _steer(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: _PER_GROUP,
            Qt.Key.Key_PageUp: -_PER_GROUP,
            Qt.Key.Key_Tab: 1,
            Qt.Key.Key_Backtab: -1,
        }
        acts: dict[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_Escape: self.dismiss,
            Qt.Key.Key_Return: self._take_current,
            Qt.Key.Key_Enter: self._take_current,
        }
        for key, count in steps.items():
            if event.key() == key:
                self.results.step(count)
                self._describe()
                return True
        for key, act in acts.items():
            if event.key() == key:
                act()
                return True
        return False

    def _typed(self, text: str) -> None:
        if not self.isVisible():
            return
        query = Query(text)
        # Until they are asked again, what still fits stays: a list that blinks cannot be read.
        self._slow_hits = [
            hit
            for hit in self._slow_hits
            if query.words and query.score_of(hit.title.casefold(), hit.detail.casefold())
        ]
        self._later.stop()
        if self._slow and query.words:
            self._later.start()
        self._refresh()

    def _ask_slow(self) -> None:
        text = self.field.text()
        self._slow_hits = [hit for source in self._slow for hit in source(text)]
        current = self.results.current
        moved = current is not None and self.results.currentIndex().row() != self._first_row()
        self._refresh(current if moved else None)

    def _refresh(self, keep: Hit | None = None) -> None:
        text = self.field.text()
        hits = [hit for source in self._sources for hit in source(text)] + self._slow_hits
        if not text.strip():
            taken = {hit.key for hit in self._recent}
            hits = as_recent(self._recent, _RECENT) + [hit for hit in hits if hit.key not in taken]
        self._card.model.replace(arrange(hits, _PER_GROUP))
        rows = self._card.model.rows
        kept = [
            row
            for row, hit in enumerate(rows)
            if keep is not None and isinstance(hit, Hit) and hit.key == keep.key
        ]
        self.results.go_to(kept[0] if kept else self._first_row())
        self._card.say_nothing(text if not rows and not self._later.isActive() else "")
        self._describe()
        self._place()

    def _first_row(self) -> int:
        return self._card.model.beside(-1, 1)

    def _describe(self) -> None:
        """The list has no focus, so the field speaks for it."""
        current = self.results.current
        words = str(self.results.currentIndex().data() or "") if current is not None else ""
        self.field.setAccessibleDescription(words)

    def _take_current(self) -> None:
        if self._later.isActive() and self.results.current is None:
            self._later.stop()
            self._ask_slow()
        if self.results.current is not None:
            self._take(self.results.current)

    def _take(self, hit: Hit) -> None:
        known = {one.key: one for one in self._recent}
        # Shown as recent it bears another group than its own.
        taken = known.get(hit.key, hit) if hit.group == _RECENT else hit
        others = [one for one in self._recent if one.key != taken.key]
        self._recent = [taken, *others][:_MOST_RECENT]
        self.dismiss()
        self.chosen.emit(taken)

    def _place(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        px, shadow = self._theme.px, self._theme.px(metrics.SHADOW)
        width = min(px(_WIDTH), self.width() - 2 * shadow)
        top, right = px(_TOP), (self.width() + width) // 2
        anchor = self._anchor
        if anchor is not None and isValid(anchor) and anchor.isVisible():
            corner = anchor.mapTo(parent, QPoint(anchor.width(), anchor.height()))
            top, right = corner.y() + px(metrics.HALF), max(corner.x(), width + shadow)
        room = self.height() - top - 2 * shadow
        height = min(self._card.wanted_height(), px(_HIGHEST), max(room, px(100)))
        card = QRect(right - width, top, width, height)
        self._card.setGeometry(card.adjusted(-shadow, -shadow, shadow, shadow))
