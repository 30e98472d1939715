"""One fault: its switch, a sentence whose words are menus, how often it struck, and more."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from sandbox_app.domain.conditions.faults import AtHandshake, Then, When
from sandbox_app.gui.components import (
    Button,
    Field,
    IconButton,
    Label,
    MenuButton,
    Switch,
    VerdictLine,
)
from sandbox_app.gui.conditions import fault_words as words
from sandbox_app.gui.conditions.choice_form import ChoiceForm
from sandbox_app.gui.conditions.flow import Flow
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.conditions.faults import vocabulary
from sandbox_app.workbench.conditions.faults.editing import Listed

_OTHER = "other"
_ANY_CLIENT = "any client"
_PADDING = 6


class FaultRow(QWidget):
    """Signals:
    switched: bool.
    said: (When, Then), other words were chosen.
    written: str, the sentence as typed; `refuse` says what is wrong with it.
    moved: int, by how many places it shall move.
    reset_wanted, remove_wanted: from its menu.
    """

    switched = Signal(bool)
    said = Signal(object, object)
    written = Signal(str)
    moved = Signal(int)
    reset_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, theme: Theme, listed: Listed, clients: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._clients = tuple(clients)
        self.listed = listed
        self.switch = Switch(theme, f"Fault: {listed.sentence}")
        self.place = MenuButton(theme, "Request")
        self.client = MenuButton(theme, "Client")
        self.cadence = MenuButton(theme, "How often")
        self.effect = MenuButton(theme, "What is done")
        self.delay = MenuButton(theme, "When")
        self.hits = Label(theme, "", Role.STATUS, "text2")
        self.more = IconButton(theme, "more", "More about this fault")
        self.menu = QMenu(self)
        self.field = Field(theme, "The fault as a sentence", mono=True)
        self.save = Button(theme, "Save sentence", variant="primary", size="small")
        self.cancel = Button(theme, "Cancel", size="small")
        self.wrong = VerdictLine(theme)
        self.form = ChoiceForm(theme)
        self._slot = self.place
        self._from = Label(theme, "comes from", Role.BODY, "text2")
        self._user = Label(theme, "", Role.BODY, "text2")
        self._build()
        self._connect()
        self.show_fault(listed)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_fault(self, listed: Listed) -> None:
        """Show it as it is now."""
        self.listed = listed
        when, then = listed.fault.when, listed.fault.then
        self.switch.setChecked(listed.fault.enabled)
        self.place.setText(words.place_words(when.place))
        self.client.setText(when.client or _ANY_CLIENT)
        self.cadence.setText(words.cadence_words(when.cadence))
        self.effect.setText(words.effect_words(then.effect))
        self.delay.setText(words.delay_words(then.delay))
        at_request = not isinstance(when.place, AtHandshake)
        for widget in (self._from, self.client, self.delay):
            widget.setVisible(at_request)
        self._user.setText(f"for user {when.user}" if when.user else "")
        self._user.setVisible(bool(when.user))
        seen = f"hit {listed.hits} of {listed.seen}" if listed.seen else "not asked yet"
        self.hits.setText(seen)
        self.hits.set_token("text" if listed.hits and listed.fault.enabled else "text3")
        self._offer(when, then)

    def refuse(self, because: str) -> None:
        """Say what is wrong with the typed sentence, which stays to be corrected."""
        self.field.set_wrong(True)
        self.wrong.say(because)

    def write_sentence(self) -> None:
        """Let the person type the whole sentence."""
        self.field.setText(self.listed.sentence)
        self.field.set_wrong(False)
        self.wrong.say("")
        self._faces.setCurrentIndex(1)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_words(self) -> None:
        """Leave typing."""
        self.wrong.say("")
        self._faces.setCurrentIndex(0)

    @property
    def is_written(self) -> bool:
        """Whether the person types the sentence, or fills in a word, just now."""
        return self._faces.currentIndex() != 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves typing."""
        if event.key() == Qt.Key.Key_Escape and self.is_written:
            self.show_words()
        else:
            super().keyPressEvent(event)

    def _offer(self, when: When, then: Then) -> None:
        """Make the menus; each choice is a whole fault with one word changed."""
        say = self._sayings(
            [
                (
                    self.place,
                    [(words.place_words(it), words.moved(when, then, it)) for it in words.PLACES],
                ),
                (
                    self.client,
                    [
                        (it or _ANY_CLIENT, (replace(when, client=it), then))
                        for it in ("", *self._clients)
                    ],
                ),
                (
                    self.cadence,
                    [
                        (words.cadence_words(it), (replace(when, cadence=it), then))
                        for it in words.CADENCES
                    ],
                ),
                (
                    self.effect,
                    [
                        (words.effect_words(it), (when, replace(then, effect=it)))
                        for it in words.effects_at(when.place, then.delay)
                    ],
                ),
                (
                    self.delay,
                    [
                        (words.delay_words(it), (when, replace(then, delay=it)))
                        for it in words.delays_with(then)
                    ],
                ),
            ]
        )
        self._choices = say

    def _sayings(
        self, offers: Sequence[tuple[MenuButton, list[tuple[str, tuple[When, Then]]]]]
    ) -> dict[MenuButton, dict[str, tuple[When, Then]]]:
        said: dict[MenuButton, dict[str, tuple[When, Then]]] = {}
        for button, choices in offers:
            said[button] = dict(choices)
            keys = [(text, text) for text, _ in choices]
            button.set_choices([*keys, ("", ""), (_OTHER, "Something else…")])
        return said

    def _choose(self, button: MenuButton, key: str) -> None:
        if key != _OTHER:
            self.said.emit(*self._choices[button][key])
        elif button is self.client:
            self.write_sentence()
        else:
            self._fill_in(button)

    def _fill_in(self, button: MenuButton) -> None:
        """Let the person give a word values of their own."""
        when, then = self.listed.fault.when, self.listed.fault.then
        self._slot = button
        if button is self.place:
            self.form.show_choices(vocabulary.PLACES, when.place)
        elif button is self.cadence:
            self.form.show_choices(vocabulary.CADENCES, when.cadence)
        elif button is self.effect:
            self.form.show_choices(words.effect_choices(when.place), then.effect)
        else:
            self.form.show_choices((vocabulary.DELAY,), then.delay)
        self._faces.setCurrentWidget(self.form)
        self.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filled(self, record: Any) -> None:
        when, then = self.listed.fault.when, self.listed.fault.then
        self.show_words()
        if self._slot is self.place:
            self.said.emit(*words.moved(when, then, record))
        elif self._slot is self.cadence:
            self.said.emit(replace(when, cadence=record), then)
        elif self._slot is self.effect:
            self.said.emit(when, replace(then, effect=record))
        else:
            self.said.emit(when, replace(then, delay=record))

    def _connect(self) -> None:
        for button in (self.place, self.client, self.cadence, self.effect, self.delay):
            button.chosen.connect(self._chooser(button))
        self.switch.clicked.connect(self.switched)
        self.more.clicked.connect(self._open_menu)
        self.menu.addAction("Write as text", self.write_sentence)
        self.menu.addAction("Move up", lambda: self.moved.emit(-1))
        self.menu.addAction("Move down", lambda: self.moved.emit(1))
        self.menu.addAction("Count from zero again", self.reset_wanted.emit)
        self.menu.addSeparator()
        self.menu.addAction("Remove fault", self.remove_wanted.emit)
        self.save.clicked.connect(lambda: self.written.emit(self.field.text()))
        self.field.returnPressed.connect(lambda: self.written.emit(self.field.text()))
        self.field.textEdited.connect(self._forgive)
        self.cancel.clicked.connect(self.show_words)
        self.form.made.connect(self._filled)
        self.form.left.connect(self.show_words)

    def _chooser(self, button: MenuButton) -> Callable[[str], None]:
        return lambda key: self._choose(button, key)

    def _forgive(self) -> None:
        self.field.set_wrong(False)
        self.wrong.say("")

    def _open_menu(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _build(self) -> None:
        sentence = Flow(self._theme)
        for widget in (
            Label(self._theme, "When", Role.BODY, "text2"),
            self.place,
            self._from,
            self.client,
            self._user,
            self.cadence,
            self.effect,
            self.delay,
        ):
            sentence.add(widget)
        typed = QWidget()
        line = QHBoxLayout(typed)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(self._theme.px(metrics.GRID))
        line.addWidget(self.field, 1)
        line.addWidget(self.save)
        line.addWidget(self.cancel)
        self._faces = QStackedWidget()
        self._faces.addWidget(sentence)
        self._faces.addWidget(typed)
        self._faces.addWidget(self.form)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row = QHBoxLayout()
        self._row.addWidget(self.switch, 0, middle)
        self._row.addWidget(self._faces, 1, middle)
        self._row.addWidget(self.hits, 0, middle)
        self._row.addWidget(self.more, 0, middle)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self.wrong)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, px(_PADDING), 0, px(_PADDING))
        self._column.setSpacing(px(metrics.HALF))
        self._row.setSpacing(px(12))
