"""The stored verifier answers a client written here from the protocol's description alone.

The client does its arithmetic on hexadecimal texts, as Cognito's SDKs do; the product does it on
numbers and bytes.
"""

import hashlib
import secrets

import pytest

from sandbox_app.factors.srp import GENERATOR, MODULUS, make_verifier, padded

POOL = "eu-west-1_AbCdEfGhI"


def _padded_hex(number: int) -> str:
    text = f"{number:x}"
    if len(text) % 2:
        return "0" + text
    return "00" + text if text[0] in "89abcdef" else text


def _hash_hex(text: str) -> int:
    return int(hashlib.sha256(bytes.fromhex(text)).hexdigest(), 16)


def _client_secret(pool, username, password, salt_hex, private, public, server_public):
    """What a client computes: `S = (B - k * g^x) ^ (a + u * x)`."""
    multiplier = _hash_hex("00" + f"{MODULUS:x}" + "02")
    scrambler = _hash_hex(_padded_hex(public) + _padded_hex(server_public))
    identity = pool.split("_")[1] + username + ":" + password
    inner = hashlib.sha256(identity.encode("utf-8")).hexdigest()
    x = _hash_hex(_padded_hex(int(salt_hex, 16)) + inner)
    base = (server_public - multiplier * pow(GENERATOR, x, MODULUS)) % MODULUS
    return pow(base, private + scrambler * x, MODULUS)


def _both_secrets(kept, username, password):
    """One exchange: what the client and the holder of the verifier each arrive at."""
    a, b = secrets.randbits(256), secrets.randbits(256)
    verifier = int(kept.verifier, 16)
    public = pow(GENERATOR, a, MODULUS)
    multiplier = int.from_bytes(hashlib.sha256(padded(MODULUS) + padded(GENERATOR)).digest(), "big")
    server_public = (multiplier * verifier + pow(GENERATOR, b, MODULUS)) % MODULUS
    scrambler = int.from_bytes(
        hashlib.sha256(padded(public) + padded(server_public)).digest(), "big"
    )
    served = pow(public * pow(verifier, scrambler, MODULUS), b, MODULUS)
    claimed = _client_secret(POOL, username, password, kept.salt, a, public, server_public)
    return served, claimed


@pytest.mark.parametrize(
    ("username", "password"),
    [("bob", "Passw0rd!"), ("3811e360-c0b1-70a1-3ca1-16e378bfb551", "pässwörd 🔑"), ("a:b", ":")],
)
def test_the_right_password_reaches_the_same_secret(username, password):
    for _ in range(4):
        served, claimed = _both_secrets(make_verifier(POOL, username, password), username, password)
        assert served == claimed


@pytest.mark.parametrize(("username", "password"), [("bob", "passw0rd!"), ("Bob", "Passw0rd!")])
def test_another_password_or_name_does_not(username, password):
    served, claimed = _both_secrets(make_verifier(POOL, "bob", "Passw0rd!"), username, password)

    assert served != claimed


def test_every_verifier_has_its_own_salt():
    kept = [make_verifier(POOL, "bob", "Passw0rd!") for _ in range(3)]

    assert len({one.salt for one in kept}) == len({one.verifier for one in kept}) == 3
    assert all(len(one.salt) <= 32 and int(one.verifier, 16) < MODULUS for one in kept)


def test_half_a_surrogate_pair_does_not_stop_it():
    assert make_verifier(POOL, "bob", "\ud800").verifier


@pytest.mark.parametrize(
    ("number", "data"),
    [(0, "00"), (2, "02"), (0x7F, "7f"), (0x80, "0080"), (0x100, "0100"), (0xFFFF, "00ffff")],
)
def test_numbers_are_padded_as_java_does(number, data):
    assert padded(number).hex() == data


def _arctangent_of_inverse(number: int, unit: int) -> int:
    total = term = unit // number
    divisor, sign = 3, -1
    while term:
        term //= number * number
        total += sign * (term // divisor)
        divisor, sign = divisor + 2, -sign
    return total


def test_the_group_is_the_one_derived_from_pi():
    # RFC 3526 section 4: 2^3072 - 2^3008 - 1 + 2^64 * ([2^2942 pi] + 1690314)
    unit = 1 << (2942 + 64)
    pi = 4 * (4 * _arctangent_of_inverse(5, unit) - _arctangent_of_inverse(239, unit)) >> 64

    assert (1 << 3072) - (1 << 3008) - 1 + ((pi + 1690314) << 64) == MODULUS
    assert GENERATOR == 2
