"""Password hashes: Argon2id, its parameters written beside the hash."""

import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_ITERATIONS = 1
_MEMORY = 8 * 1024
"""KiB. Light on purpose (5 ms): the file is private and a sign-in must not feel slow."""
_LANES = 1
_LENGTH = 32

_PARAMETERS = f"$argon2id$v=19$m={_MEMORY},t={_ITERATIONS},p={_LANES}$"
_DUMMY = f"{_PARAMETERS}{'A' * 22}${'A' * 43}"


def hash_password(password: str) -> str:
    """A PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`."""
    kdf = Argon2id(
        salt=os.urandom(16),
        length=_LENGTH,
        iterations=_ITERATIONS,
        lanes=_LANES,
        memory_cost=_MEMORY,
    )
    return kdf.derive_phc_encoded(_octets(password))


def verify_password(encoded: str, password: str) -> bool:
    """Whether the password is the one behind the PHC string; compared in constant time.

    A text that is no Argon2id hash belongs to no password.
    """
    try:
        Argon2id.verify_phc_encoded(_octets(password), encoded)
    except (InvalidKey, ValueError):
        return False
    return True


def needs_rehash(encoded: str) -> bool:
    """Whether the hash was made with other parameters than today's."""
    return not encoded.startswith(_PARAMETERS)


def spend_like_verify(password: str) -> None:
    """Do the work of a verification for nothing, so that an unknown user costs the same time."""
    verify_password(_DUMMY, password)


def _octets(password: str) -> bytes:
    # JSON can carry half a surrogate pair; a password of that kind is odd, not an accident.
    return password.encode("utf-8", "surrogatepass")
