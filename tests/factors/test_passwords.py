"""Argon2id hashes: right, wrong, odd and old ones."""

import time

import pytest

from sandbox_app.factors.passwords import (
    hash_password,
    needs_rehash,
    spend_like_verify,
    verify_password,
)

PASSWORDS = [
    "Correct-horse1",
    "",
    " lead and trail ",
    "pässwörd",
    "🔑" * 64,
    "nul\x00byte",
    "\ud800",
]


@pytest.mark.parametrize("password", PASSWORDS)
def test_a_password_is_recognised_and_its_neighbour_is_not(password):
    encoded = hash_password(password)

    assert verify_password(encoded, password)
    assert not verify_password(encoded, password + "x")


def test_the_parameters_stand_beside_the_hash():
    assert hash_password("x").startswith("$argon2id$v=19$m=8192,t=1,p=1$")


def test_the_same_password_never_hashes_alike():
    assert hash_password("x") != hash_password("x")


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "x",
        "$2b$12$abcdefghijklmnopqrstuv",
        "$argon2id$v=19$m=8192,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2i$v=19$m=8192,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "$argon2id$v=19$m=99999999999999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA",
        "ü",
    ],
)
def test_what_is_no_hash_fits_no_password(encoded):
    assert not verify_password(encoded, "x")


def test_only_a_hash_of_other_parameters_needs_renewal():
    encoded = hash_password("x")

    assert not needs_rehash(encoded)
    assert needs_rehash(encoded.replace("m=8192,t=1", "m=19456,t=2"))
    assert needs_rehash("")


def test_an_unknown_user_costs_as_much_as_a_known_one():
    encoded = hash_password("x")

    def fastest(work):
        costs = []
        for _ in range(15):
            started = time.perf_counter()
            work()
            costs.append(time.perf_counter() - started)
        return min(costs)

    known = fastest(lambda: verify_password(encoded, "wrong"))
    unknown = fastest(lambda: spend_like_verify("wrong"))
    assert 0.5 < unknown / known < 2
