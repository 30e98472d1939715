"""This workspace: where its pool is found, and what is in it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.components import (
    Button,
    CopyValue,
    ElidedLabel,
    Hairline,
    IconButton,
    IconLabel,
    Label,
)
from sandbox_app.gui.serving import Phase, ServerState
from sandbox_app.gui.theme import Role, Theme, Token, metrics
from sandbox_app.operations.core import Core
from sandbox_app.workbench.connect import pool_addresses

_LABELS = 64
_ROW = 34
_NAMED_USERS = 4
_ADDRESSES = ("Issuer", "Sign-in", "Region")
_PARTS = (
    ("app", "app client", "clients"),
    ("user", "user", "users"),
    ("group", "group", "groups"),
    ("server", "resource server", "resource_servers"),
)
"""Icon, what it is called, and the section of Pools that lists it."""

_PHASES: dict[Phase, tuple[str, Token, str]] = {
    Phase.STARTING: ("clock", "text2", "Starting"),
    Phase.SERVING: ("passed", "ok", "Serving on loopback only"),
    Phase.STOPPED: ("stop", "text2", "Stopped"),
}


class WorkspacePanel(QWidget):
    """Server state with its switch, copyable addresses, and a line per kind of thing.

    Signals:
        start_wanted, stop_wanted: the switch was used.
        differences_wanted: show how this differs from the real service.
        section_wanted: str, a section of the Pools place shall be shown.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    differences_wanted = Signal()
    section_wanted = Signal(str)

    def __init__(
        self, theme: Theme, core: Core, file_name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._phase = Phase.STARTING
        self._file = ElidedLabel(theme, file_name, Role.HELP, "text2", middle=True)
        self._mark = IconLabel(theme, "clock", "text2", metrics.ICON_BUTTON)
        self._state = ElidedLabel(theme, "", Role.LABEL)
        self.switch = Button(theme, "Stop serving", size="small")
        self.switch.clicked.connect(self._switch)
        self.addresses = {name: CopyValue(theme, name, "", stretch=True) for name in _ADDRESSES}
        self._labels = [Label(theme, name, Role.HELP, "text2") for name in _ADDRESSES]
        self.parts = {thing: _PartRow(theme, icon, thing) for icon, thing, _ in _PARTS}
        self._differences = Button(theme, "How it differs from the real service", variant="link")
        self._differences.clicked.connect(lambda: self.differences_wanted.emit())
        for _, thing, section in _PARTS:
            self.parts[thing].open.clicked.connect(partial(self._open, section))
        self._build()
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_server(self, state: ServerState) -> None:
        """What the server does now, and who can reach it."""
        self._phase = state.phase
        icon, token, words = _PHASES[state.phase]
        if state.serving and state.exposed_on:
            icon, token = "warning", "warn"
            words = f"Serving, reachable on {', '.join(state.exposed_on)}"
        self._mark.set_icon(icon, token)
        self._state.setText(words)
        self.switch.setText("Start serving" if state.phase is Phase.STOPPED else "Stop serving")
        self.switch.setEnabled(state.phase is not Phase.STARTING)

    def show_pool(self, pool: UserPool | None, origin: str) -> None:
        """What there is in the pool now."""
        for widget in (*self._labels, *self.addresses.values(), *self.parts.values()):
            widget.setVisible(pool is not None)
        if pool is None:
            return
        found = pool_addresses(self._core, pool, origin)
        values = (found.issuer, found.sign_in, pool.region)
        for label, (name, text) in zip(
            self._labels, zip(_ADDRESSES, values, strict=True), strict=True
        ):
            self.addresses[name].set_value(text, shown=text.partition("://")[2])
            label.setVisible(bool(text))
            self.addresses[name].setVisible(bool(text))
        store = self._core.store
        users = store.users.page(pool.id, limit=_NAMED_USERS)
        named = {
            "app client": [client.client_name for client in store.clients.of_pool(pool.id)],
            "group": [group.group_name for group in store.groups.of_pool(pool.id)],
            "resource server": [
                server.identifier for server in store.resource_servers.of_pool(pool.id)
            ],
        }
        for thing, names in named.items():
            self.parts[thing].show_names(thing, len(names), names)
        names = [user.username for user in users]
        self.parts["user"].show_names("user", store.users.count(pool.id), names)

    def _switch(self) -> None:
        if self._phase is Phase.STOPPED:
            self.start_wanted.emit()
        else:
            self.stop_wanted.emit()

    def _open(self, section: str, _checked: bool = False) -> None:
        self.section_wanted.emit(section)

    def _build(self) -> None:
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        self._head = QHBoxLayout()
        self._title = Label(theme, "This workspace", Role.TITLE)
        self._head.addWidget(self._title, 0, middle)
        self._head.addStretch(1)
        self._head.addWidget(self._file, 0, middle)
        self._server = QHBoxLayout()
        self._server.addWidget(self._mark, 0, middle)
        self._server.addWidget(self._state, 1, middle)
        self._server.addWidget(self.switch, 0, middle)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        for row, (label, name) in enumerate(zip(self._labels, _ADDRESSES, strict=True)):
            self._grid.addWidget(label, row, 0, middle)
            self._grid.addWidget(self.addresses[name], row, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addLayout(self._server)
        self._column.addLayout(self._grid)
        for part in self.parts.values():
            self._column.addWidget(part)
        self._last = Hairline(theme)
        self._column.addWidget(self._last)
        self._links = QHBoxLayout()
        self._links.addWidget(IconLabel(theme, "book", "text2", metrics.ICON_BUTTON), 0, middle)
        self._links.addWidget(self._differences)
        self._links.addStretch(1)
        self._column.addLayout(self._links)
        self._column.addStretch(1)

    def _restyle(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._head.setContentsMargins(0, 0, 0, px(metrics.GRID))
        self._head.setSpacing(px(12))
        self._title.setFixedHeight(px(metrics.FIELD))
        self._server.setContentsMargins(0, 0, 0, px(metrics.GRID))
        self._server.setSpacing(px(metrics.GRID))
        self._grid.setContentsMargins(0, 0, 0, px(10))
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(px(metrics.LABEL_GAP))
        self._grid.setColumnMinimumWidth(0, px(_LABELS))
        # The link brings a little padding of its own: its words stand under those above.
        self._links.setSpacing(px(metrics.HALF))
        self._links.setContentsMargins(0, px(1), 0, 0)


class _PartRow(QWidget):
    """Under a hairline: an icon, how many there are, the first names, and the way to them."""

    def __init__(self, theme: Theme, icon: str, thing: str) -> None:
        super().__init__()
        self._theme = theme
        self._count = Label(theme, "", Role.LABEL)
        self._names = ElidedLabel(theme, "", Role.HELP, "text2")
        self.open = IconButton(theme, "chevron-right", f"Show {thing}s in Pools")
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row = QHBoxLayout()
        self._row.addWidget(IconLabel(theme, icon, "text2", metrics.ICON_BUTTON), 0, middle)
        self._row.addWidget(self._count, 0, middle)
        self._row.addWidget(self._names, 1, middle)
        self._row.addWidget(self.open, 0, middle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline(theme))
        column.addLayout(self._row, 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self._count.text()} {self._names.text()}".strip()

    def show_names(self, thing: str, count: int, names: Sequence[str]) -> None:
        """Say how many things there are and what the first are called."""
        self._count.setText(f"{count} {thing}" if count == 1 else f"{count} {thing}s")
        more = ", …" if count > len(names) else ""
        self._names.setText(f"{', '.join(names)}{more}")
        self.setAccessibleName(self.text)

    def _restyle(self) -> None:
        px = self._theme.px
        self.setFixedHeight(px(_ROW))
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(px(metrics.GRID))
