"""New identifiers in the shapes the real service gives them (contract oidc 1.2)."""

import os
import re
import secrets
import string

_BASE36 = string.digits + string.ascii_lowercase
_ALPHANUMERIC = string.ascii_letters + string.digits
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def new_pool_id(region: str) -> str:
    """`{region}_` and nine letters or digits."""
    return f"{region}_{_text(_ALPHANUMERIC, 9)}"


def new_client_id() -> str:
    """26 lower-case base-36 characters."""
    return _text(_BASE36, 26)


def new_client_secret() -> str:
    """52 lower-case base-36 characters."""
    return _text(_BASE36, 52)


def new_sub() -> str:
    """A user's `sub`: it looks like a UUID, but its third group starts with 70.

    Strict version-4 validators refuse the real service's values; so must they refuse ours.
    """
    groups = (8, 4, 2, 4, 12)
    first, second, third, fourth, fifth = (secrets.token_hex(n)[:n] for n in groups)
    return f"{first}-{second}-70{third}-{fourth}-{fifth}"


def new_authorization_code() -> str:
    """A lower-case UUID version 4."""
    return new_uuid()


def new_uuid() -> str:
    """A random UUID (RFC 9562 version 4): `jti`, `origin_jti`, `event_id` and request ids.

    Written out here because a request needs up to eight, and `uuid` takes twice as long.
    """
    digits = os.urandom(16).hex()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def is_uuid(text: str) -> bool:
    """Whether it has the form that `new_uuid` gives."""
    return _UUID.fullmatch(text) is not None


def _text(alphabet: str, length: int) -> str:
    return "".join(secrets.choice(alphabet) for _ in range(length))
