"""The Pools place: tree, table and editor side by side."""

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import (
    QVBoxLayout,
    QWidget,
)

from sandbox_app.domain.events import (
    Change,
    ConfigurationChanged,
    ConfirmationCodeMade,
    Kind,
    SnapshotRestored,
)
from sandbox_app.gui.components import Button, ErrorBar
from sandbox_app.gui.forms import Setting
from sandbox_app.gui.pools.panes import Panes
from sandbox_app.gui.pools.policy_section import PolicySection
from sandbox_app.gui.pools.pool_actions import PoolActions
from sandbox_app.gui.pools.pool_nodes import PoolNodes
from sandbox_app.gui.pools.section import Section
from sandbox_app.gui.pools.sections import Sections, Spawn
from sandbox_app.gui.pools.tree import PoolTree
from sandbox_app.gui.pools.tree_model import NEW_POOL, Node
from sandbox_app.gui.pools.undoing import Undoing
from sandbox_app.gui.serving import ServerState
from sandbox_app.gui.settling import Settling
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core

_FIRST = "clients"


class PoolsPlace(QWidget):
    """What is configured, to be looked at and edited.

    Args:
        spawn: runs what must be waited for.

    Signals:
        pool_chosen: str, the id of the pool that is looked at now.
        url_wanted: str, to be opened in the browser.
        export_wanted: str, the id of a pool to be written as a template.
    """

    pool_chosen = Signal(str)
    url_wanted = Signal(str)
    export_wanted = Signal(str)

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._core = core
        self._pool_id = ""
        self._section = _FIRST
        self._row = ("", "", "")
        self._waiting: list[ConfigurationChanged] = []
        self._state: Mapping[str, object] = {}
        self.setAccessibleName("Pools")
        self.tree = PoolTree(theme)
        self.new_pool = Button(theme, "New pool", variant="quiet", icon="plus")
        self.message = ErrorBar(theme)
        self.undoing = Undoing(core, self.message)
        self.actions_of_pools = PoolActions(core, self.message, self.undoing)
        self.sections = Sections(theme, core, spawn, self._join)
        self._nodes = PoolNodes(core, self.sections)
        self._server: ServerState | None = None
        self.panes = Panes(theme, self.tree, self.new_pool)
        self._settle = Settling(self)
        self._settle.settled.connect(self._take_in)
        self._build()
        self._connect()
        self._subscriptions = [
            core.bus.subscribe(ConfigurationChanged, self._changed),
            core.bus.subscribe(ConfirmationCodeMade, lambda _: self._settle.touch()),
            core.bus.subscribe(SnapshotRestored, lambda _: self._settle.touch()),
        ]

    # What the main window calls.

    def leave(self) -> None:
        """Hear nothing more of this workspace."""
        for stop in self._subscriptions:
            stop()
        # What was to be checked or looked up in a moment would find the store closed.
        for part in (self, *self.sections.made.values()):
            for timer in part.findChildren(QTimer):
                timer.stop()

    def show_server(self, state: ServerState) -> None:
        """Where the sandbox listens now."""
        self._server = state
        for section in self.sections.made.values():
            _show_server(section, state)

    def choose_pool(self, pool_id: str) -> None:
        """Look at another pool, at the same section."""
        if pool_id != self._pool_id:
            self._go(pool_id, self._section)

    def open(self, pool_id: str, section: str, key: str = "", member: str = "") -> None:
        """Show a thing of a pool and, if named, a member of it."""
        self._go(pool_id, section)
        if key or member:
            self.sections[section].open(key, member)

    def settings(self) -> Iterator[tuple[Section, Setting]]:
        """Everything that can be set in the sections made so far."""
        for section in self.sections.made.values():
            for setting in section.settings():
                yield section, setting

    def open_setting(self, section: str, member: str) -> None:
        """Show a setting of the thing looked at, or of the first there is."""
        self._go(self._pool_id, section)
        self.sections[section].open_setting(member)

    def create_pool(self) -> None:
        """Begin a new pool."""
        self._go(self._pool_id, "policy", row=NEW_POOL)
        self.sections["policy"].create()
        self._show_nodes()

    def create_in(self, section: str) -> None:
        """Begin a new thing of a section in the pool looked at."""
        self._go(self._pool_id, section)
        self.sections[section].create()

    @property
    def pool_id(self) -> str:
        """The pool looked at; empty while there is none."""
        return self._pool_id

    @property
    def section_key(self) -> str:
        """The section looked at."""
        return self._section

    def save_state(self) -> dict[str, object]:
        """What to remember until the next start; plain values only."""
        return {
            "pool": self._pool_id,
            "section": self._section,
            "open": sorted(self._nodes.opened),
            **self.panes.save_state(),
            **{f"section:{key}": self._state_of(key) for key in self.sections},
        }

    def restore_state(self, state: dict[str, object]) -> None:
        """Take up what `save_state` gave, as far as it still makes sense."""
        self._state = state
        self.panes.restore_state(state)
        for section in self.sections.made.values():
            self._restore(section)
        opened = state.get("open")
        self._nodes.opened |= (
            {one for one in opened if isinstance(one, str)} if isinstance(opened, list) else set()
        )
        section_key, pool_id = state.get("section"), state.get("pool")
        known = isinstance(pool_id, str) and self._core.store.pools.get(pool_id) is not None
        self._go(
            str(pool_id) if known else self._pool_id,
            str(section_key) if str(section_key) in self.sections else self._section,
        )

    # Inside.

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.message)
        whole.addWidget(self.panes, 1)

    def _connect(self) -> None:
        self.tree.place_chosen.connect(self._chosen_in_tree)
        self.tree.fold_wanted.connect(self._fold)
        actions = self.actions_of_pools
        self.tree.delete_wanted.connect(actions.delete)
        actions.pool_made.connect(lambda pool_id: self._go(pool_id, "policy"))
        actions.setting_wanted.connect(self._show_setting)
        actions.new_pool_wanted.connect(self.create_pool)
        actions.new_wanted.connect(self._create_at)
        actions.export_wanted.connect(self.export_wanted)
        self.tree.menu_wanted.connect(self._menu)
        self.tree.users_dropped.connect(self._users_dropped)
        self.new_pool.clicked.connect(lambda: self.create_pool())

    def _join(self, section: Section) -> None:
        """A section was made: give it its room, what is known, and an ear."""
        # Otherwise it would outlive the place, and what hears it would keep the place alive.
        section.setParent(self)
        if section.middle is not None:
            self.panes.middle.addWidget(section.middle)
        self.panes.right.addWidget(section.right)
        self._restore(section)
        if self._server is not None:
            _show_server(section, self._server)
        section.count_changed.connect(self._show_nodes)
        section.failed.connect(self.message.show_message)
        section.done.connect(self.undoing.say)
        section.url_wanted.connect(self.url_wanted)
        section.group_users_wanted.connect(self._show_group)
        section.pool_made.connect(lambda pool_id: self._go(pool_id, "policy"))
        if isinstance(section, PolicySection):
            editor, actions = section.editor, self.actions_of_pools
            editor.discarded.connect(lambda: self._go(self._pool_id, "policy"))
            editor.duplicate_wanted.connect(actions.duplicate)
            editor.delete_wanted.connect(actions.delete)
            editor.export_wanted.connect(actions.export_wanted)
        section.pool_setting_wanted.connect(
            lambda member: self._show_setting(self._pool_id, member)
        )

    def _restore(self, section: Section) -> None:
        own = self._state.get(f"section:{section.key}")
        if isinstance(own, dict):
            section.restore_state(own)

    def _state_of(self, key: str) -> object:
        """What a section is remembered by; one that was not looked at keeps what it had."""
        made = self.sections.made.get(key)
        return self._state.get(f"section:{key}", {}) if made is None else made.save_state()

    def _show_setting(self, pool_id: str, member: str) -> None:
        self.open(pool_id, "policy", pool_id, member)

    def _show_group(self, group: str) -> None:
        self._go(self._pool_id, "users")
        self.sections["users"].show_group(group)

    def _chosen_in_tree(self, pool_id: str, section: str, group: str) -> None:
        if (pool_id, section, group) == NEW_POOL:
            self.create_pool()
            return
        self._go(pool_id, section or "policy", row=(pool_id, section, group))
        if group:
            self.sections[section].open(group)

    def _go(self, pool_id: str, section: str, *, row: tuple[str, str, str] | None = None) -> None:
        """Show a section of a pool; an unknown pool leads to the first one there is.

        Args:
            row: which row of the tree leads there, if not the section's own.
        """
        if self._core.store.pools.get(pool_id) is None:
            pools = self._core.store.pools.all()
            pool_id = pools[0].id if pools else ""
        if not pool_id:
            section = "policy"
        another = pool_id != self._pool_id
        self._pool_id, self._section = pool_id, section
        self._row = row or (pool_id, section, "")
        if self._row[1]:
            self._nodes.opened.add(pool_id)
        shown = self.sections[section]
        shown.show_pool(pool_id)
        self.panes.middle.setVisible(shown.middle is not None)
        if shown.middle is not None:
            self.panes.middle.setCurrentWidget(shown.middle)
        self.panes.right.setCurrentWidget(shown.right)
        self._show_nodes()
        if another:
            self.pool_chosen.emit(pool_id)

    def _fold(self, pool_id: str, opened: bool) -> None:
        if opened:
            self._nodes.opened.add(pool_id)
        else:
            if pool_id == self._pool_id:
                self._go(pool_id, "policy", row=(pool_id, "", ""))
            self._nodes.opened.discard(pool_id)
        self._show_nodes()

    def _show_nodes(self) -> None:
        self.tree.show_nodes(self._nodes.made(self._section), self._row)

    def _changed(self, event: ConfigurationChanged) -> None:
        # Many changes may come at once; they are shown once.
        self._waiting.append(event)
        self._settle.touch()

    def _take_in(self) -> None:
        events, self._waiting = self._waiting, []
        if self._core.store.pools.get(self._pool_id) is None or not self._pool_id:
            self._go(self._newest(events), self._section)
        for section in self.sections.made.values():
            section.changed([one for one in events if one.pool_id == section.pool_id])
        self._show_nodes()

    def _newest(self, events: list[ConfigurationChanged]) -> str:
        """A pool that has just come, to be looked at where there was none."""
        made = [
            event.pool_id
            for event in events
            if event.kind is Kind.USER_POOL and event.change is Change.CREATED
        ]
        return made[-1] if made else ""

    def _menu(self, node: Node, spot: QPoint) -> None:
        listed = node.section not in ("", "policy") and not node.group
        self.actions_of_pools.show_menu(self.tree, node, spot, can_create=listed)

    def _create_at(self, node: Node) -> None:
        self._go(node.pool_id, node.section)
        self.sections[node.section].create()

    def _users_dropped(self, pool_id: str, group: str, subs: list[str]) -> None:
        users = self.sections["users"]
        if pool_id == users.pool_id:
            users.take_users(group, subs)


def _show_server(section: Section, state: ServerState) -> None:
    section.show_serving(state.serving)
    section.show_origin(state.http)
