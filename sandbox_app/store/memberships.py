"""Which user is in which group, and since when."""

from sandbox_app.domain.records.pools import Group, Membership
from sandbox_app.store.configuration import Groups
from sandbox_app.store.database import Database

_ADD = """
INSERT INTO membership (user_pool_id, group_name, sub, since) VALUES (?, ?, ?, ?)
ON CONFLICT (user_pool_id, sub, group_name) DO NOTHING
"""
_REMOVE = "DELETE FROM membership WHERE user_pool_id = ? AND group_name = ? AND sub = ?"
_GROUPS_OF = """
SELECT group_name FROM membership WHERE user_pool_id = ? AND sub = ? ORDER BY since, seq
"""
_USERS_IN = """
SELECT sub FROM membership
WHERE user_pool_id = ? AND group_name = ? AND sub > ? ORDER BY sub LIMIT ?
"""


class Memberships:
    """Group memberships; they go when their user or their group goes."""

    def __init__(self, database: Database, groups: Groups) -> None:
        self._execute = database.execute
        self._groups = groups

    def add(self, membership: Membership) -> None:
        """Put a user into a group; a second time changes nothing, not even the beginning."""
        self._execute(
            _ADD,
            (
                membership.user_pool_id,
                membership.group_name,
                membership.sub,
                membership.since,
            ),
        )

    def remove(self, pool_id: str, group: str, sub: str) -> None:
        """Take a user out of a group."""
        self._execute(_REMOVE, (pool_id, group, sub))

    def groups_of(self, pool_id: str, sub: str) -> tuple[Group, ...]:
        """The user's groups, in the order the memberships began."""
        rows = self._execute(_GROUPS_OF, (pool_id, sub)).fetchall()
        found = (self._groups.get(pool_id, name) for (name,) in rows)
        return tuple(group for group in found if group is not None)

    def users_in(
        self, pool_id: str, group: str, limit: int, after: str | None = None
    ) -> tuple[str, ...]:
        """At most `limit` subs of the group's users, those that come after the sub `after`."""
        rows = self._execute(_USERS_IN, (pool_id, group, after or "", limit))
        return tuple(sub for (sub,) in rows.fetchall())
