"""Password hashes: Argon2id, its parameters written beside the hash."""

import os

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

_ITERATIONS = 1
_MEMORY = 8 * 1024
"""KiB. Light on purpose (5 ms): the file is private and a sign-in must not feel slow."""
_LANES = 1
_LENGTH = 32

_DUMMY = (
    "$argon2id$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def hash_password(password: str) -> str:
    """A PHC string, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`."""
    kdf = Argon2id(
        salt=os.urandom(16),
        length=_LENGTH,
        iterations=_ITERATIONS,
        lanes=_LANES,
        memory_cost=_MEMORY,
    )
    return kdf.derive_phc_encoded(password.encode())


def verify_password(encoded: str, password: str) -> bool:
    """Whether the password is the one behind the PHC string; compared in constant time."""
    try:
        Argon2id.verify_phc_encoded(password.encode(), encoded)
    except InvalidKey:
        return False
    return True


def spend_like_verify(password: str) -> None:
    """Do the work of a verification for nothing, so that an unknown user costs the same time."""
    verify_password(_DUMMY, password)
