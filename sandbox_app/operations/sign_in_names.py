"""What a person may type to be found: user name, alias, e-mail address (contract users 1)."""

import re

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+[0-9]{1,15}")


def folded(pool: UserPool, text: str) -> str:
    """The key a name is found under: as typed, or lower-cased where case does not matter."""
    return text if pool.case_sensitive else text.lower()


def find_user(core: Core, pool: UserPool, typed: str) -> User | None:
    """Whom the typed name means, if anybody.

    An alias counts only once it is verified; a username attribute counts at once, because it is
    unique even unverified. A number is no name in another case, but folding it does no harm.
    """
    key = folded(pool, typed)
    found = core.store.users.find(pool.id, key)
    if found is not None:
        return found
    for attribute in (*pool.username_attributes, *pool.alias_attributes):
        found = core.store.users.find_by_alias(pool.id, attribute, key)
        if found is not None:
            return found
    return None


def looks_like_email(text: str) -> bool:
    """Whether the text has the form of an e-mail address."""
    return _EMAIL.fullmatch(text) is not None


def looks_like_phone(text: str) -> bool:
    """Whether the text is a plus sign and digits, nothing else."""
    return _PHONE.fullmatch(text) is not None
