"""The signing keys of a pool: rotated, retired, hidden, and who noticed."""

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ErrorBar, WrapLabel
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.key_set_line import KeySetLine
from sandbox_app.gui.conditions.key_timeline_view import KeyTimelineView
from sandbox_app.gui.conditions.lanes import FetchLegend
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import keys as verbs
from sandbox_app.workbench.conditions.key_timeline import key_timeline

_LEGEND_FROM = 960
_NONE = "This pool has no keys yet. They are made for its first token, or when the key set is read."


class KeysPanel(QWidget):
    """What signs the tokens of the pool looked at.

    Args:
        spawn: runs what must be waited for; making a key takes a while.
    """

    def __init__(self, theme: Theme, core: Core, spawn: Spawn) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._pool_id = ""
        self.rotate = Button(theme, "Rotate, keep the old one", size="small", icon="refresh")
        self.abruptly = Button(theme, "Rotate abruptly", size="small")
        self.next = Button(theme, "Publish the next key", size="small")
        self.message = ErrorBar(theme)
        self.none = WrapLabel(theme, _NONE, Role.BODY, "text2")
        self.timeline = KeyTimelineView(theme)
        self.answer = KeySetLine(theme)
        self.heading = Heading(theme, "Signing keys", "who fetched which key, and when")
        self.legend = FetchLegend(theme)
        self.heading.add(self.legend, self.rotate, self.abruptly, self.next)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.heading, self.message, self.none, self.timeline, self.answer):
            self._column.addWidget(widget)
        self._connect()
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_pool(self, pool_id: str) -> None:
        """Look at another pool's keys."""
        self._pool_id = pool_id
        self.setEnabled(self._core.store.pools.get(pool_id) is not None)
        self.refresh()

    def refresh(self) -> None:
        """Show keys and readers as they are now."""
        if self._core.store.pools.get(self._pool_id) is None:
            return
        keys = verbs.keys_of(self._core, self._pool_id)
        self.none.setVisible(not keys)
        self._fold()
        self.timeline.setVisible(bool(keys))
        readers = key_timeline(self._core, self._pool_id)
        self.timeline.show_keys(keys, readers, self._core.timestamp())
        self.answer.show_answer(verbs.key_set_answer(self._core, self._pool_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow panel has no room for the legend."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        wide = self.width() >= self._theme.px(_LEGEND_FROM)
        self.legend.setVisible(wide and self.timeline.isVisibleTo(self))

    def _connect(self) -> None:
        core = self._core
        self.rotate.clicked.connect(lambda: self._run(lambda it: verbs.rotate(core, it)))
        self.abruptly.clicked.connect(
            lambda: self._run(lambda it: verbs.rotate(core, it, overlap=False))
        )
        self.next.clicked.connect(lambda: self._run(lambda it: verbs.publish_next(core, it)))
        self.timeline.retire_wanted.connect(
            lambda kid: self._do(lambda it: verbs.retire(core, it, kid))
        )
        self.timeline.publish_wanted.connect(
            lambda kid: self._do(lambda it: verbs.publish_again(core, it, kid))
        )
        self.answer.keys_wanted.connect(self._show_keys)
        self.answer.bent.connect(
            lambda member, value: self._do(
                lambda it: verbs.answer_key_set(core, it, **{member: value})
            )
        )

    def _show_keys(self, which: str) -> None:
        if which == "next":
            self._run(lambda it: verbs.publish_only_next(self._core, it))
        elif which == "none":
            self._do(lambda it: verbs.empty_key_set(self._core, it))
        else:
            self._do(lambda it: verbs.answer_key_set(self._core, it, only=None))

    def _run(self, work: Callable[[str], Coroutine[Any, Any, object]]) -> None:
        self._spawn(self._told(work(self._pool_id)))

    async def _told(self, work: Coroutine[Any, Any, object]) -> None:
        try:
            await work
        except ValueError as error:
            self._say(error)
        else:
            self.message.hide()
        self.refresh()

    def _do(self, work: Callable[[str], object]) -> None:
        try:
            work(self._pool_id)
        except ValueError as error:
            self._say(error)
        else:
            self.message.hide()
        self.refresh()

    def _say(self, error: ValueError) -> None:
        words = str(error)
        self.message.show_message(f"{words[:1].upper()}{words[1:]}.")

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))
