"""What ends next, and the way to the second before or after."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.gui.components import Button, ElidedLabel, IconLabel, Label, MenuButton, WrapLabel
from sandbox_app.gui.conditions.heading import Heading
from sandbox_app.gui.conditions.rows import Row, Rows
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.endings import AFTER, BEFORE, Ending, Thing, endings, jump
from sandbox_app.workbench.live.words import span_words

_ROWS = 4
_MOST = 40
_NONE = "Nothing ends soon. Tokens, codes and sessions appear here once somebody has signed in."
_ICONS = {
    Thing.ACCESS_TOKEN: "tokens",
    Thing.ID_TOKEN: "key",
    Thing.REFRESH_TOKEN: "refresh",
    Thing.CODE: "link",
    Thing.SESSION: "user",
    Thing.LOCKOUT: "lock",
    Thing.TEMPORARY_PASSWORD: "lock",
}


class JumpPanel(QWidget):
    """The things that end by time, soonest first; the first four, or one that is chosen."""

    def __init__(self, theme: Theme, core: Core) -> None:
        super().__init__()
        self._theme = theme
        self._core = core
        self._pool_id = ""
        self._chosen = ""
        self._found: dict[str, Ending] = {}
        self.other = MenuButton(theme, "Another moment", "Another moment", size="small")
        self.none = WrapLabel(theme, _NONE, Role.BODY, "text2")
        self.listed = Rows(theme, "What ends next")
        self.other.chosen.connect(self._choose)
        heading = Heading(theme, "Jump to the moment when")
        heading.add(self.other)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for widget in (heading, self.none, self.listed):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def rows(self) -> "list[JumpRow]":
        """The moments as shown."""
        return [row for row in self.listed.rows if isinstance(row, JumpRow)]

    def show_pool(self, pool_id: str) -> None:
        """Look at another pool's tokens and sessions."""
        self._pool_id = pool_id
        self.refresh()

    def refresh(self) -> None:
        """Read again what ends."""
        found = endings(self._core, self._pool_id)[:_MOST]
        self._found = {ending.id: ending for ending in found}
        self.none.setVisible(not found)
        self.other.setVisible(len(found) > _ROWS)
        self.other.set_choices([(it.id, f"{ending_words(it)} {self._when(it)}") for it in found])
        self._show(self._first(found))

    def tick(self) -> None:
        """Count down."""
        for row in self.rows:
            row.say_when(self._when(row.ending))

    def _first(self, found: Sequence[Ending]) -> list[Ending]:
        chosen = [self._found[self._chosen]] if self._chosen in self._found else []
        rest = [ending for ending in found if ending not in chosen]
        return [*chosen, *rest][:_ROWS]

    def _show(self, shown: Sequence[Ending]) -> None:
        if [row.ending for row in self.rows] == list(shown):
            self.tick()
            return
        rows = [JumpRow(self._theme, ending) for ending in shown]
        for row in rows:
            row.say_when(self._when(row.ending))
            row.before.clicked.connect(partial(self._jump, row.ending, BEFORE))
            row.after.clicked.connect(partial(self._jump, row.ending, AFTER))
        self.listed.set_rows(rows)

    def _jump(self, ending: Ending, by: timedelta, _checked: bool = False) -> None:
        self._chosen = ending.id
        if ending.id in {it.id for it in endings(self._core)}:
            jump(self._core, ending.id, by)
        self.refresh()

    def _choose(self, key: str) -> None:
        self._chosen = key
        self.refresh()

    def _when(self, ending: Ending) -> str:
        left = ending.ends_at - self._core.timestamp()
        return f"in {span_words(left)}" if left > 0 else f"{span_words(-left)} ago"

    def _restyle(self) -> None:
        self._column.setSpacing(self._theme.px(metrics.HALF))


class JumpRow(Row):
    """Whose what ends, when, and the two buttons."""

    def __init__(self, theme: Theme, ending: Ending) -> None:
        self.ending = ending
        words = ending_words(ending)
        self.words = ElidedLabel(theme, words, Role.BODY)
        self.when = Label(theme, "", Role.HELP, "text2")
        self.before = Button(theme, "1 s before", size="small")
        self.after = Button(theme, "1 s after", size="small")
        self.before.setAccessibleName(f"1 s before {words}")
        self.after.setAccessibleName(f"1 s after {words}")
        mark = IconLabel(theme, _ICONS[ending.thing], "text2", metrics.ICON_BUTTON)
        widgets = [mark, self.words, self.when, self.before, self.after]
        super().__init__(theme, widgets, stretch=self.words)

    def say_when(self, words: str) -> None:
        """How far away it is."""
        self.when.setText(words)


def ending_words(ending: Ending) -> str:
    """`alice’s ID token for web expires`, `bob’s lockout ends`."""
    whose = f"{ending.username}’s " if ending.username else "the "
    client = f" for {ending.client_name}" if ending.client_name else ""
    verb = "ends" if ending.thing in (Thing.SESSION, Thing.LOCKOUT) else "expires"
    thing = "sign-in session" if ending.thing is Thing.SESSION else ending.thing
    sentence = f"{whose}{thing}{client} {verb}"
    return sentence if ending.username else sentence[:1].upper() + sentence[1:]
