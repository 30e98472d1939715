"""The life of a pool's signing key."""

from enum import StrEnum


class KeyState(StrEnum):
    """Where a key stands between being made and being forgotten.

    All but the retired ones stand in the key set, and the pool's own endpoints accept what they
    signed. Source: contract JW-1, JW-4; the life cycle itself is inferred.
    """

    NEXT = "next"
    """Published early; signs nothing before the next rotation."""
    SIGNING = "signing"
    """Signs every new token of its use."""
    PREVIOUS = "previous"
    """Signs no more, but stays published for the tokens it signed."""
    RETIRED = "retired"
    """Gone from the key set; its tokens are refused."""


USES = ("id", "access")
"""What a pool signs, each with a key of its own (JW-1)."""
