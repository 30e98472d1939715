"""Keys and their readers over time: one row each, all on the same axis."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from sandbox_app.domain.records.keys import KeyState
from sandbox_app.gui.components import ElidedLabel, IconButton, Label
from sandbox_app.gui.conditions.lanes import AxisLane, Dot, FetchLane, KeyLane, Lane, Span
from sandbox_app.gui.conditions.time_axis import TimeAxis
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.conditions.key_findings import Standing
from sandbox_app.workbench.conditions.key_timeline import KeyFetch, KeyReader
from sandbox_app.workbench.conditions.keys import KeySeen
from sandbox_app.workbench.live.words import count_words, local_clock

_NAME, _STATE, _MORE = 92, 112, 28
_RETIRED_SHOWN = 2
"""Retired keys of each use that still have a row."""

_READERS_SHOWN = 12
_STATES = {
    KeyState.NEXT: "signs next",
    KeyState.SIGNING: "signs",
    KeyState.PREVIOUS: "published only",
    KeyState.RETIRED: "retired",
}


class KeyTimelineView(QWidget):
    """Signals:
    retire_wanted, publish_wanted: str, the kid of a key.
    """

    retire_wanted = Signal(str)
    publish_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.keys: dict[str, _KeyRow] = {}
        self.readers: list[_ReaderRow] = []
        self._axis = AxisLane(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(_row(theme, Label(theme), Label(theme), self._axis, None))
        self._shown: list[QWidget] = []

    def show_keys(self, keys: Sequence[KeySeen], readers: Sequence[KeyReader], now: float) -> None:
        """Show what there is; rows are kept while keys and readers stay the same."""
        shown = [key for key in keys if key.state is not KeyState.RETIRED]
        for use in ("id", "access"):
            retired = [it for it in keys if it.state is KeyState.RETIRED and it.use == use]
            shown += retired[-_RETIRED_SHOWN:]
        shown.sort(key=lambda key: (key.created_at, key.use != "id"))
        listed = readers[:_READERS_SHOWN]
        axis = TimeAxis.over(_moments(shown, listed), now)
        self._make_rows([key.kid for key in shown], len(listed))
        self._axis.show_axis(axis)
        for key in shown:
            self.keys[key.kid].show_key(key, axis)
        signing = {key.kid for key in shown if key.state is KeyState.SIGNING}
        for row, reader in zip(self.readers, listed, strict=True):
            row.show_reader(reader, signing, axis)

    def _make_rows(self, kids: list[str], readers: int) -> None:
        if list(self.keys) == kids and len(self.readers) == readers:
            return
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.keys = {kid: self._key_row(kid) for kid in kids}
        self.readers = [_ReaderRow(self._theme) for _ in range(readers)]
        self._shown = [*self.keys.values(), *self.readers]
        for widget in self._shown:
            self._column.addWidget(widget)

    def _key_row(self, kid: str) -> "_KeyRow":
        row = _KeyRow(self._theme)
        row.retire.triggered.connect(lambda: self.retire_wanted.emit(kid))
        row.publish.triggered.connect(lambda: self.publish_wanted.emit(kid))
        return row


class _KeyRow(QWidget):
    """A key's id, its state, its life, and what can be done about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = ElidedLabel(theme, "", Role.MONO, middle=True)
        self.state = Label(theme, "", Role.HELP, "text2")
        self.lane = KeyLane(theme)
        self.more = IconButton(theme, "more", "More about this key")
        self.menu = QMenu(self)
        self.retire = self.menu.addAction("Retire this key")
        self.publish = self.menu.addAction("Publish it again")
        self.more.clicked.connect(self._open)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(_row(theme, self._name, self.state, self.lane, self.more))

    def show_key(self, key: KeySeen, axis: TimeAxis) -> None:
        """Show the key as it is now."""
        self._name.setText(key.kid)
        self._name.setToolTip(key.kid)
        hidden = "" if key.published or key.state is KeyState.RETIRED else ", hidden"
        self.state.setText(f"{key.use} · {_short(key.state)}{hidden}")
        self.lane.show_axis(axis)
        self.lane.show_spans(spans_of(key, axis.now))
        self.retire.setEnabled(key.state not in (KeyState.SIGNING, KeyState.RETIRED))
        self.publish.setEnabled(key.state is KeyState.RETIRED)
        self.setAccessibleName(f"{key.use} key {key.kid}, {_STATES[key.state]}")

    def _open(self) -> None:
        self.menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))


class _ReaderRow(QWidget):
    """Who reads the keys, how often, and the fetches."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = ElidedLabel(theme, "", Role.LABEL)
        self._count = Label(theme, "", Role.HELP, "text2")
        self.lane = FetchLane(theme)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(_row(theme, self._name, self._count, self.lane, None))

    def show_reader(self, reader: KeyReader, signing: set[str], axis: TimeAxis) -> None:
        """Show the reader as it is now."""
        self._name.setText(reader.name)
        self._name.setToolTip(f"{reader.name}\n{reader.agent}\n{reader.peer}")
        words = f"{reader.fetched:,} fetch{'' if reader.fetched == 1 else 'es'}"
        self._count.setText(words)
        self.lane.show_axis(axis)
        bad = reader.standing is Standing.BAD
        self.lane.show_dots(dots_of(reader, signing), reader.finding if bad else "", reader.finding)
        self.setAccessibleName(f"{reader.name}, {words}. {reader.finding}")


def spans_of(key: KeySeen, now: float) -> list[Span]:
    """A key's life: signing, and after (or before) that published only."""
    if key.state is KeyState.SIGNING:
        return [Span(key.created_at, now, "signs", signs=True, is_current=True)]
    if key.state is KeyState.NEXT:
        return [Span(key.created_at, now, "published, signs next", signs=False, is_current=False)]
    signed = Span(key.created_at, key.since, "signed", signs=True, is_current=False)
    if key.state is KeyState.RETIRED:
        return [signed]
    return [signed, Span(key.since, now, "published only", signs=False, is_current=False)]


def dots_of(reader: KeyReader, signing: set[str]) -> list[Dot]:
    """The fetches, oldest first; repeated ones are their first and their last."""
    dots: list[Dot] = []
    for fetch in reversed(reader.fetches):
        if not fetch.times:
            continue
        moments = [fetch.first_at, fetch.last_at] if fetch.times > 1 else [fetch.first_at]
        filled = bool(signing) and signing <= set(fetch.kids)
        told = f"{local_clock(fetch.first_at)}: {_fetched(fetch)}"
        dots += [Dot(moment, filled, not fetch.kids, told) for moment in moments]
    return dots


def _fetched(fetch: KeyFetch) -> str:
    got = count_words(len(fetch.kids), "key")
    return f"{got} ({fetch.unusual})" if fetch.unusual else got


def _moments(keys: Sequence[KeySeen], readers: Sequence[KeyReader]) -> list[float]:
    fetches = [fetch.first_at for reader in readers for fetch in reader.fetches]
    changes = [key.since for key in keys if key.since != key.created_at]
    return [*fetches, *changes] or [key.created_at for key in keys]


def _short(state: KeyState) -> str:
    return {KeyState.PREVIOUS: "published"}.get(state, _STATES[state])


def _row(theme: Theme, name: QWidget, words: QWidget, lane: Lane, more: QWidget | None) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(metrics.GRID))
    name.setFixedWidth(theme.px(_NAME))
    words.setFixedWidth(theme.px(_STATE))
    row.addWidget(name)
    row.addWidget(words)
    row.addWidget(lane, 1)
    end = more if more is not None else QWidget()
    end.setFixedWidth(theme.px(_MORE))
    row.addWidget(end, 0, Qt.AlignmentFlag.AlignVCenter)
    return made
