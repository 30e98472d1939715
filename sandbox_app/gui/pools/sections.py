"""The sections of a pool, in the tree's order."""

from collections.abc import Callable, Coroutine
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


def make_sections(theme: Theme, core: Core, spawn: Spawn) -> tuple[Section, ...]:
    """One of each."""
    return (
        PolicySection(theme, core),
        ClientsSection(theme, core),
        UsersSection(theme, core, spawn),
        GroupsSection(theme, core),
        ResourceServersSection(theme, core),
    )
