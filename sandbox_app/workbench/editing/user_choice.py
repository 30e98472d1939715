"""A few users to choose from, found at once however many a pool has."""

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import folded
from sandbox_app.store.user_filter import UserFilter

_MOST = 50


def users_beginning(core: Core, pool: UserPool, typed: str) -> tuple[User, ...]:
    """At most 50 users whose user name, e-mail address, name or sub begins with what is typed."""
    if not typed:
        return core.store.users.page(pool.id, limit=_MOST)
    asked = (("username", folded(pool, typed)), ("email", typed), ("name", typed), ("sub", typed))
    found: dict[str, User] = {}
    for attribute, value in asked:
        where = UserFilter(attribute, "^=", value)
        for user in core.store.users.page(pool.id, limit=_MOST, where=where):
            found.setdefault(user.sub, user)
    return tuple(found.values())[:_MOST]
