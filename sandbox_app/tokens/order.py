"""The member order of the real service's JSON: a Java HashMap's, recomputed (contract TF-3, TF-4).

Clients must not care; snapshots that compare bytes do.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

_FIRST_IN_TIE = frozenset({"cognito:groups", "cognito:roles", "identities", "scope", "iat", "jti"})
"""Names that stand first where two share a bucket (`iat` and `jti` before M2M's: unproven)."""

DEFAULT_BUCKETS = 16
"""A HashMap that was made without a size; userInfo, scopes and error redirects are such."""


def in_map_order(claims: Mapping[str, Any], *, least_buckets: int = 1) -> dict[str, Any]:
    """The same members in the order the real service writes them (TF-3)."""
    return {name: claims[name] for name in map_order(frozenset(claims), least_buckets)}


@lru_cache(maxsize=512)
def map_order(names: frozenset[str], least_buckets: int = 1) -> tuple[str, ...]:
    """The iteration order of a Java HashMap that holds these keys."""
    return _ordered(names, max(least_buckets, _buckets(len(names))))


@lru_cache(maxsize=512)
def scope_text(scopes: frozenset[str]) -> str:
    """The `scope` claim: a Java HashSet's order, not the order requested (TF-4)."""
    return " ".join(map_order(scopes, DEFAULT_BUCKETS))


def _ordered(names: Iterable[str], buckets: int) -> tuple[str, ...]:
    def place(name: str) -> tuple[int, bool, str]:
        spread = _hash(name)
        return spread & (buckets - 1), name not in _FIRST_IN_TIE, name

    return tuple(sorted(names, key=place))


def _buckets(count: int) -> int:
    wanted = int(count / 0.75 + 1)
    return 1 << (wanted - 1).bit_length()


def _hash(name: str) -> int:
    """`String.hashCode`, spread as `HashMap.hash` does."""
    code = 0
    for unit in _utf16_units(name):
        code = (31 * code + unit) & 0xFFFFFFFF
    return code ^ (code >> 16)


def _utf16_units(text: str) -> Iterable[int]:
    encoded = text.encode("utf-16-be", "surrogatepass")
    return (encoded[i] << 8 | encoded[i + 1] for i in range(0, len(encoded), 2))
