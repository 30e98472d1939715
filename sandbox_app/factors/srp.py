"""Secure Remote Password as Cognito speaks it: 3072-bit group, SHA-256, padded numbers.

Only the verifier is made here so far. It must be stored when the password is set, because it
cannot be derived from a hash.
"""

import hashlib
import os
from dataclasses import dataclass
from functools import cache

# The 3072-bit group of RFC 3526 section 4 (RFC 5054 appendix A lists it for SRP too).
MODULUS = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74"
    "020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437"
    "4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05"
    "98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB"
    "9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718"
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33"
    "A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864"
    "D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2"
    "08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
GENERATOR = 2


@dataclass(frozen=True, slots=True)
class SrpVerifier:
    """What the pool keeps for SRP; both values are hexadecimal."""

    salt: str
    verifier: str


def make_verifier(pool_id: str, username: str, password: str) -> SrpVerifier:
    """A new salt and the verifier that belongs to it (about 1 ms).

    Args:
        pool_id: its part behind the underscore goes into the hash, as SDKs do it.
        username: the pool's own name of the user, not an alias.
    """
    salt = int.from_bytes(os.urandom(16), "big")
    exponent = private_exponent(salt, pool_id, username, password)
    verifier = _generator_power(exponent)
    return SrpVerifier(f"{salt:x}", f"{verifier:x}")


def _generator_power(exponent: int) -> int:
    """`pow(GENERATOR, exponent, MODULUS)` in a fifth of the time.

    Not for speed alone: `pow` lets no other thread run, the loop's least of all.
    """
    power = 1
    for window in _windows():
        power = power * window[exponent & 15] % MODULUS
        exponent >>= 4
    return power


@cache
def _windows() -> tuple[tuple[int, ...], ...]:
    """The generator's powers for each value of each hexadecimal digit of a SHA-256 value."""
    windows, base = [], GENERATOR
    for _ in range(64):
        powers = [1]
        for _ in range(15):
            powers.append(powers[-1] * base % MODULUS)
        windows.append(tuple(powers))
        base = powers[-1] * base % MODULUS
    return tuple(windows)


def private_exponent(salt: int, pool_id: str, username: str, password: str) -> int:
    """`x = H(pad(salt) | H(poolName | username | ":" | password))`."""
    pool_name = pool_id.partition("_")[2]
    identity = f"{pool_name}{username}:{password}".encode("utf-8", "surrogatepass")
    inner = hashlib.sha256(identity).digest()
    return int.from_bytes(hashlib.sha256(padded(salt) + inner).digest(), "big")


def padded(number: int) -> bytes:
    """The number's bytes with a zero byte in front where the first bit is set (as Java does)."""
    raw = number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
    return b"\0" + raw if raw[0] & 0x80 else raw
