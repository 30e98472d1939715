"""The head of the users' table: how many, search, New, more, and a row of filters."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from sandbox_app.domain.records.users import UserStatus
from sandbox_app.gui.components import Combo, ElidedLabel, IconButton, plain_tooltip
from sandbox_app.gui.pools.list_header import ListHeader
from sandbox_app.gui.pools.users_people import STATUS_WORDS
from sandbox_app.gui.theme import Role, Theme, metrics

_ROOM_FOR_THREE = 296


class UsersHead(ListHeader):
    """A list's head with a number beside the title and a button for rarer things.

    Signals:
        more_wanted: the menu was asked for.
    """

    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Users", "user")
        tip = (
            "Looks into every attribute, and for the beginning of the sub; "
            "email:ann or team=red looks into one."
        )
        self.field.setToolTip(plain_tooltip(tip))
        self.field.setAccessibleDescription(tip)
        self.count = ElidedLabel(theme, "", Role.BODY, "text3")
        self.more = IconButton(theme, "more", "More for users", side=32)
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.setStretch(0, 0)
        self._row.insertWidget(1, self.count, 1, middle)
        self._row.addWidget(self.more, 0, middle)
        self.more.clicked.connect(lambda: self.more_wanted.emit())

    def show_count(self, found: int, everybody: int) -> None:
        """How many are listed, and of how many."""
        self.count.setText(f"{found:,}" if found == everybody else f"{found:,} of {everybody:,}")

    def show_count_so_far(self, found: int, everybody: int) -> None:
        """How many are found at least, while the others are looked for."""
        self.count.setText(f"{found:,}+ of {everybody:,}")

    def _restyle(self) -> None:
        super()._restyle()
        # The number gives way before the title does.
        title = self.title.text()
        self.title.setMinimumWidth(self._theme.text_width(Role.TITLE, title) + 1)
        self.new.setMinimumWidth(self.new.sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for the number, the tree has it still."""
        super().resizeEvent(event)
        self.count.setVisible(self._has_room and self.title.isVisibleTo(self))

    @property
    def _has_room(self) -> bool:
        return self.width() >= self._theme.px(_ROOM_FOR_THREE)

    def _show_field(self, shown: bool, *, focus: bool = True) -> None:
        super()._show_field(shown, focus=focus)
        self.count.setVisible(not shown and self._has_room)


class UserFilters(QWidget):
    """Status, group and enabled, each on anything until the person says otherwise.

    Signals:
        changed: another choice was made.
    """

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        statuses = [(str(status), words) for status, words in STATUS_WORDS.items()]
        self.status = Combo(theme, "Status", [("", "Status"), *statuses])
        self.group = Combo(theme, "Group", [("", "Group")])
        self.enabled = Combo(
            theme, "Enabled", [("", "Enabled"), ("yes", "Only enabled"), ("no", "Only disabled")]
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._row = QHBoxLayout()
        column.addLayout(self._row)
        for combo in (self.status, self.group, self.enabled):
            policy = combo.sizePolicy()
            combo.setSizePolicy(QSizePolicy.Policy.Ignored, policy.verticalPolicy())
            combo.setMinimumContentsLength(4)
            self._row.addWidget(combo, 1)
            combo.chosen.connect(lambda _key: self.changed.emit())
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def chosen(self) -> tuple[UserStatus | None, str | None, bool | None]:
        """Status, group and enabled; `None` for any."""
        status, enabled = self.status.current_key, self.enabled.current_key
        return (
            UserStatus(status) if status else None,
            self.group.current_key or None,
            enabled == "yes" if enabled else None,
        )

    def show_groups(self, names: list[str]) -> None:
        """The groups to choose from; a choice stays while its group does."""
        self.group.set_choices([("", "Group"), *((name, name) for name in names)])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room for three, the last shows only while it hides somebody."""
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        roomy = self.width() >= self._theme.px(_ROOM_FOR_THREE)
        self.enabled.setVisible(roomy or bool(self.enabled.current_key))

    def clear(self) -> None:
        """Everybody again."""
        for combo in (self.status, self.group, self.enabled):
            combo.set_current("")
        self._fold()

    def _restyle(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(16), 0, px(12), px(metrics.GRID))
        self._row.setSpacing(px(metrics.HALF))
