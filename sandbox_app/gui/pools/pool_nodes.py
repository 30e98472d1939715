"""What the tree shows of a workspace: its pools, and what is below the open ones."""

from collections.abc import Iterator

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.pools.policy_section import PolicySection
from sandbox_app.gui.pools.sections import KINDS, Sections
from sandbox_app.gui.pools.tree_model import Node
from sandbox_app.operations.core import Core

_MOST_GROUPS = 40
"""Groups listed in the tree, so that users can be dragged onto them."""


class PoolNodes:
    """Makes the tree's rows; `opened` are the ids of the pools that are unfolded."""

    def __init__(self, core: Core, sections: Sections) -> None:
        self._core = core
        self._sections = sections
        self.opened: set[str] = set()

    def made(self, current: str) -> list[Node]:
        """The rows, while the section of that key is looked at; last, a pool still to be made."""
        nodes: list[Node] = []
        for pool in self._core.store.pools.all():
            opened = pool.id in self.opened
            nodes.append(Node(pool.id, pool.name, "pools", open=opened))
            if opened:
                nodes.extend(self._below(pool, current))
        policy = self._sections.made.get("policy")
        if isinstance(policy, PolicySection) and policy.begun:
            nodes.append(Node("", "New pool", "plus", unsaved=True))
        return nodes

    def _below(self, pool: UserPool, current: str) -> Iterator[Node]:
        for kind in KINDS:
            made = self._sections.made.get(kind.key)
            yield Node(
                pool.id,
                kind.section.title,
                kind.section.icon,
                kind.key,
                count=kind.count(self._core, pool.id),
                unsaved=made is not None and made.pool_id == pool.id and made.has_drafts(),
            )
            if kind.key == "groups" and current in ("groups", "users"):
                yield from self._groups(pool, kind.key)

    def _groups(self, pool: UserPool, section: str) -> Iterator[Node]:
        for group in self._core.store.groups.of_pool(pool.id)[:_MOST_GROUPS]:
            yield Node(pool.id, group.group_name, "group", section, group.group_name)
