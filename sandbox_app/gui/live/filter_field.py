"""The filter's field: completes while one types, says what is wrong, and can be suspended."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.components import Button, Field, IconButton, plain_tooltip, without_mnemonic
from sandbox_app.gui.live.completion_card import CompletionCard
from sandbox_app.gui.theme import Theme
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.completing import Completion, completions
from sandbox_app.workbench.live.marks import Marks

SUSPEND = Qt.Key.Key_F8
MOST_SAVED = 30
_SUSPENDED = "The filter is suspended: everything shows."
_PLACEHOLDER = "Filter: words, or ~ for operators"


class FilterField(Field):
    """A line for the filter language.

    Down and Up choose a completion, Tab or Enter takes it, Esc closes the card and then empties
    the field. `SUSPEND` is the key that whoever has the field around it calls `toggle` for.

    Signals:
        filter_changed: Filter, what to show from now on; an empty one while suspended.
        list_wanted: focus shall go to the list.
        saved_changed: list of str, the saved filters.
        break_wanted: str, answers that pass this filter shall be kept back.
    """

    filter_changed = Signal(object)
    list_wanted = Signal()
    saved_changed = Signal(list)
    break_wanted = Signal(str)

    def __init__(
        self, theme: Theme, known: Callable[[], Iterable[Exchange]], marks: Marks | None = None
    ) -> None:
        super().__init__(theme, "Filter", placeholder=_PLACEHOLDER, icon="filter")
        self._known = known
        self._marks = marks
        self._suspended = False
        self._saved: list[str] = []
        self._card: CompletionCard | None = None
        self.menu = QMenu(self)
        self.more = IconButton(theme, "chevron-down", "Saved filters", side=20)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self._open_menu)
        self.resume = Button(theme, "Suspended", variant="quiet", size="small", icon="play")
        self.resume.setToolTip(f"{_SUSPENDED} Press to resume it.")
        self.resume.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.resume.clicked.connect(lambda: self.suspend(False))
        self.resume.hide()
        self.wanted = Filter()
        self._told = ""
        self.textChanged.connect(self._changed)
        self.textEdited.connect(lambda _: self._offer())
        self.installEventFilter(self)

    @property
    def suspended(self) -> bool:
        """Whether everything shows, whatever is typed."""
        return self._suspended

    @property
    def card(self) -> CompletionCard | None:
        """The card with completions, once there was one."""
        return self._card

    @property
    def saved(self) -> list[str]:
        """The saved filters, oldest first."""
        return list(self._saved)

    def set_saved(self, saved: Iterable[str]) -> None:
        """Take up filters that were saved before."""
        self._saved = list(saved)[:MOST_SAVED]

    def suspend(self, suspended: bool) -> None:
        """Show everything, or what passes again; nothing to suspend stays as it is."""
        if suspended != self._suspended and (self.wanted or not suspended):
            self._show_suspended(suspended)
            self._show_told()
            self._tell()

    def toggle(self) -> None:
        """Suspend the filter, or resume it."""
        self.suspend(not self._suspended)

    def take_keys(self) -> None:
        """Have the keyboard, to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def begin_with(self, letters: str) -> None:
        """Letters were typed elsewhere that are meant for here; F alone leads here."""
        self.take_keys()
        if letters not in ("f", "F"):
            self.setText(letters)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that mean the card or the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(Qt.Key(event.key()))
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The card belongs to typing."""
        super().focusOutEvent(event)
        self._hide_card()

    def _pressed(self, key: Qt.Key) -> bool:
        card = self._card if self._card is not None and self._card.isVisible() else None
        if key == Qt.Key.Key_Escape:
            self._hide_card()
            if card is not None and card.completions:
                return True
            if not self.text():
                self.list_wanted.emit()
            else:
                self.clear()
            return True
        if card is not None and card.completions and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            card.step(1 if key == Qt.Key.Key_Down else -1)
            return True
        if card is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            chosen = card.current
            if chosen is None and key == Qt.Key.Key_Tab and card.completions:
                chosen = card.completions[0]
            if chosen is not None:
                self._take(chosen)
                return True
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._hide_card()
            self.list_wanted.emit()
            return True
        return False

    def _changed(self, typed: str) -> None:
        self._show_suspended(False)
        self._understand()
        error = self.wanted.error
        # What is only begun is not wrong yet.
        self.set_wrong(error is not None and not completions(typed, self._known()))
        told = str(error) if error is not None else self.wanted.meaning
        self._told = f"Shows where {told}." if told and not error else told
        self._show_told()
        self._tell()

    def _show_suspended(self, suspended: bool) -> None:
        """Struck through, and in words: what is typed hides nothing now."""
        self._suspended = suspended
        if suspended == self.resume.isHidden():
            self.resume.setVisible(suspended)
            self.setProperty("suspended", suspended)
            self.style().unpolish(self)
            self.style().polish(self)

    def _show_told(self) -> None:
        told = f"{_SUSPENDED} {self._told}" if self._suspended else self._told
        self.setToolTip(plain_tooltip(told))
        self.setAccessibleDescription(told)

    def _tell(self) -> None:
        self.filter_changed.emit(Filter() if self._suspended else self.wanted)

    def _understand(self) -> None:
        if self.wanted.typed != self.text():
            self.wanted = Filter(self.text(), self._marks)

    def _offer(self) -> None:
        """Show ways to go on from what is typed."""
        if not self.hasFocus():
            return
        # Qt tells of what was edited before it tells of what has changed.
        self._understand()
        if self._card is None:
            self._card = CompletionCard(self._theme, self.window())
            self._card.taken.connect(self._take)
        found = completions(self.text()[: self.cursorPosition()], self._known())
        error = self.wanted.error
        note = f"{str(error)[:1].upper()}{str(error)[1:]}." if error is not None else ""
        if not note and self.wanted.meaning and "~" in self.text():
            note = f"Shows where {self.wanted.meaning}."
        self._card.show_below(self, found, note)

    def _take(self, completion: Completion) -> None:
        rest = self.text()[self.cursorPosition() :]
        self.setText(completion.text + rest)
        self.setCursorPosition(len(completion.text))
        self._offer()

    def _hide_card(self) -> None:
        if self._card is not None:
            self._card.hide()

    def fill_menu(self) -> None:
        """Saved filters, and what can be done with the one that is typed."""
        self.menu.clear()
        typed = self.text().strip()
        for text in self._saved:
            action = self.menu.addAction(without_mnemonic(text))
            action.triggered.connect(self._setter(text))
        if self._saved:
            self.menu.addSeparator()
        if typed in self._saved:
            self.menu.addAction("Forget this filter", lambda: self._forget(typed))
        else:
            save = self.menu.addAction("Save this filter", lambda: self._save(typed))
            save.setEnabled(bool(self.wanted) and len(self._saved) < MOST_SAVED)
        words = "Resume the filter" if self._suspended else "Suspend the filter"
        suspend = self.menu.addAction(f"{words}\tF8", self.toggle)
        suspend.setEnabled(bool(self.wanted))
        self.menu.addSeparator()
        words = "Hold answers that pass this filter" if typed else "Hold every answer"
        hold = self.menu.addAction(words, lambda: self.break_wanted.emit(typed))
        hold.setEnabled(self.wanted.error is None and not self.wanted.looks_at_marks)

    def _setter(self, text: str) -> Callable[[], None]:
        return lambda: self.setText(text)

    def _save(self, text: str) -> None:
        self._saved.append(text)
        self.saved_changed.emit(self.saved)

    def _forget(self, text: str) -> None:
        self._saved.remove(text)
        self.saved_changed.emit(self.saved)

    def _open_menu(self) -> None:
        self.fill_menu()
        self.menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
