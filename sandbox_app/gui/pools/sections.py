"""The sections of a pool, in the tree's order; each is made when it is first looked at."""

from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox_app.gui.pools.clients_section import ClientsSection
from sandbox_app.gui.pools.groups_section import GroupsSection
from sandbox_app.gui.pools.policy_section import PolicySection
from sandbox_app.gui.pools.resource_servers_section import ResourceServersSection
from sandbox_app.gui.pools.section import Section
from sandbox_app.gui.pools.users_section import UsersSection
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core

Spawn = Callable[[Coroutine[Any, Any, None]], object]
"""Runs a coroutine on the loop; its exceptions are reported, never lost."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is known of a section before it is made.

    Args:
        count: how many things of a pool it lists, for the tree; `None` shows no number.
    """

    section: type[Section]
    count: Callable[[Core, str], int | None]

    @property
    def key(self) -> str:
        """Names the section."""
        return self.section.key


KINDS = (
    Kind(PolicySection, lambda _core, _pool_id: None),
    Kind(ClientsSection, lambda core, pool_id: len(core.store.clients.of_pool(pool_id))),
    Kind(UsersSection, lambda core, pool_id: core.store.users.count(pool_id)),
    Kind(GroupsSection, lambda core, pool_id: len(core.store.groups.of_pool(pool_id))),
    Kind(
        ResourceServersSection,
        lambda core, pool_id: len(core.store.resource_servers.of_pool(pool_id)),
    ),
)


class Sections(Mapping[str, Section]):
    """Every section by its key. To ask for one is to make it, which takes a moment.

    Args:
        joined: told of each section that was made.
    """

    def __init__(
        self, theme: Theme, core: Core, spawn: Spawn, joined: Callable[[Section], object]
    ) -> None:
        self._theme = theme
        self._core = core
        self._spawn = spawn
        self._joined = joined
        self._kinds = {kind.key: kind for kind in KINDS}
        self._made: dict[str, Section] = {}

    @property
    def made(self) -> Mapping[str, Section]:
        """Those that were looked at."""
        return self._made

    def make_next(self) -> bool:
        """Make one more; false once all are there."""
        missing = next((key for key in self._kinds if key not in self._made), None)
        return missing is not None and self[missing] is not None

    def __getitem__(self, key: str) -> Section:
        if key not in self._made:
            kind = self._kinds[key].section
            made = (
                kind(self._theme, self._core, self._spawn)
                if kind is UsersSection
                else kind(self._theme, self._core)
            )
            self._made[key] = made
            self._joined(made)
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)
