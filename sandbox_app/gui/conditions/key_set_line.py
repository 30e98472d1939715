"""How the key set is answered, as one sentence whose words are menus."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.conditions.key_sets import KeySetAnswer
from sandbox_app.domain.durations import duration_words
from sandbox_app.gui.components import Button, Field, Label, MenuButton, VerdictLine
from sandbox_app.gui.conditions.flow import Flow
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.conditions.durations import parse_duration

_OTHER = "other"
_SHOWN = (("all", "all published keys"), ("none", "no keys"), ("next", "only the next keys"))
_DELAYS = (timedelta(0), timedelta(seconds=3), timedelta(seconds=30), timedelta(minutes=2))
_STATUSES = (200, 500, 503, 404, 429)
_TYPES = (None, "text/html", "text/plain", "application/jwk-set+json")
_CACHES: tuple[tuple[tuple[str, str], ...] | None, ...] = (
    None,
    (),
    (("Cache-Control", "no-store"),),
    (("Cache-Control", "public, max-age=5"),),
    (("Cache-Control", "public, max-age=86400"),),
)
_EXAMPLES = {
    "delay": "A duration such as 90s",
    "status": "200, or an error from 400 to 599",
    "content_type": "A media type such as text/html",
    "cache_headers": "Headers such as Cache-Control: max-age=60; Age: 5",
}


class KeySetLine(QWidget):
    """Signals:
    keys_wanted: str, `all`, `none` or `next`.
    bent: (member, value), a member of `KeySetAnswer` shall be as chosen.
    """

    keys_wanted = Signal(str)
    bent = Signal(str, object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._member = ""
        self.keys = MenuButton(theme, "Keys shown", choices=_SHOWN)
        self.delay = MenuButton(theme, "Held back")
        self.status = MenuButton(theme, "Status")
        self.content_type = MenuButton(theme, "Content type")
        self.cache_headers = MenuButton(theme, "Cache headers")
        self.field = Field(theme, "Another value", mono=True)
        self.save = Button(theme, "Save value", variant="primary", size="small")
        self.cancel = Button(theme, "Cancel", size="small")
        self.wrong = VerdictLine(theme)
        self._choices: dict[str, dict[str, Any]] = {}
        self._offer()
        self._build()
        self.keys.chosen.connect(self.keys_wanted)
        for member, button in self._buttons().items():
            button.chosen.connect(self._chooser(member))
        self.save.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        self.field.textEdited.connect(lambda: self.refuse(""))
        self.cancel.clicked.connect(self._leave)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_answer(self, answer: KeySetAnswer) -> None:
        """Show how it is answered now."""
        self.keys.setText(keys_words(answer.only))
        self.delay.setText(delay_words(answer.delay))
        self.status.setText(f"with {answer.status}")
        self.content_type.setText(type_words(answer.content_type))
        self.cache_headers.setText(cache_words(answer.cache_headers))

    def refuse(self, because: str) -> None:
        """Say what is wrong with the typed value, or that nothing is."""
        self.field.set_wrong(bool(because))
        self.wrong.say(because)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves typing."""
        if event.key() == Qt.Key.Key_Escape and self._member:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> Mapping[str, MenuButton]:
        return {
            "delay": self.delay,
            "status": self.status,
            "content_type": self.content_type,
            "cache_headers": self.cache_headers,
        }

    def _offer(self) -> None:
        self._choices = {
            "delay": {delay_words(it): it for it in _DELAYS},
            "status": {f"with {it}": it for it in _STATUSES},
            "content_type": {type_words(it): it for it in _TYPES},
            "cache_headers": {cache_words(it): it for it in _CACHES},
        }
        for member, button in self._buttons().items():
            keys = [(words, words) for words in self._choices[member]]
            button.set_choices([*keys, ("", ""), (_OTHER, "Something else…")])

    def _chooser(self, member: str) -> Callable[[str], None]:
        return lambda key: self._choose(member, key)

    def _choose(self, member: str, key: str) -> None:
        if key != _OTHER:
            self.bent.emit(member, self._choices[member][key])
            return
        self._member = member
        self.field.clear()
        self.field.setPlaceholderText(_EXAMPLES[member])
        self.refuse("")
        self._typed.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self) -> None:
        try:
            value = _value(self._member, self.field.text().strip())
        except ValueError as error:
            self.refuse(f"{str(error)[:1].upper()}{str(error)[1:]}.")
            return
        member = self._member
        self._leave()
        self.bent.emit(member, value)

    def _leave(self) -> None:
        self._member = ""
        self._typed.hide()
        self.refuse("")

    def _build(self) -> None:
        sentence = Flow(self._theme)
        for widget in (
            Label(self._theme, "The key set shows", Role.BODY, "text2"),
            self.keys,
            *self._buttons().values(),
        ):
            sentence.add(widget)
        self._typed = QWidget()
        line = QHBoxLayout(self._typed)
        line.setContentsMargins(0, 0, 0, 0)
        for widget, share in ((self.field, 1), (self.save, 0), (self.cancel, 0)):
            line.addWidget(widget, share)
        self._typed.hide()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (sentence, self._typed, self.wrong):
            self._column.addWidget(widget)

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))


def keys_words(only: tuple[str, ...] | None) -> str:
    """`all published keys`, `no keys`, `only the next keys`."""
    key = "all" if only is None else "next" if only else "none"
    return dict(_SHOWN)[key]


def delay_words(delay: timedelta) -> str:
    """`at once`, `after 3 s`."""
    return f"after {duration_words(delay)}" if delay else "at once"


def type_words(content_type: str | None) -> str:
    """`as usual type`, `as text/html`."""
    return "as JSON" if content_type is None else f"as {content_type or 'no type'}"


def cache_words(headers: tuple[tuple[str, str], ...] | None) -> str:
    """`cached as usual`, `Cache-Control: no-store`."""
    if headers is None:
        return "cached as usual"
    return "; ".join(f"{name}: {value}" for name, value in headers) or "no cache headers"


def _value(member: str, text: str) -> Any:
    if member == "delay":
        return parse_duration(text)
    if member == "status":
        if not text.isdecimal():
            raise ValueError("a status is a number such as 503")
        return int(text)
    if member == "content_type":
        return text
    return tuple(
        _header(part) for part in text.split(";;" if ";;" in text else ";") if part.strip()
    )


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise ValueError(
            f"“{text.strip()[:40]}” is no header; write it like Cache-Control: no-cache"
        )
    return name.strip(), value.strip()
