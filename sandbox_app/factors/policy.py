"""Whether a password obeys the pool's policy; one rule is reported at a time (users 6)."""

import string

from sandbox_app.domain.records.pools import PasswordPolicy

LONGEST = 256
_SYMBOLS = frozenset("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-")


def broken_rule(policy: PasswordPolicy, password: str) -> str | None:
    """The first rule the password breaks, in the real service's words; `None` when it is good.

    Only letters and digits of Basic Latin count. A space counts as a symbol inside the password,
    not at its ends.
    """
    if len(password) < policy.minimum_length:
        return "Password not long enough"
    if len(password) > LONGEST:
        return "Password too long"
    characters = set(password)
    demands = (
        (policy.require_uppercase, string.ascii_uppercase, "uppercase"),
        (policy.require_lowercase, string.ascii_lowercase, "lowercase"),
        (policy.require_numbers, string.digits, "numeric"),
    )
    for required, alphabet, word in demands:
        if required and characters.isdisjoint(alphabet):
            return f"Password must have {word} characters"
    if policy.require_symbols and not _has_symbol(password):
        return "Password must have symbol characters"
    return None


def _has_symbol(password: str) -> bool:
    return not _SYMBOLS.isdisjoint(password) or " " in password.strip(" ")
