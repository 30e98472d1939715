"""Two keys for the whole package (making one is slow) and a grant to put into tokens."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox_app.tokens.claims import Grant, Membership
from sandbox_app.tokens.keys import SigningKey, generate_key


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return generate_key()


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    return generate_key()


@pytest.fixture
def a_grant() -> Callable[..., Grant]:
    def make(**changes: Any) -> Grant:
        fields: dict[str, Any] = {
            "sub": "3811e360-c0b1-70a1-3ca1-16e378bfb551",
            "username": "bob",
            "client_id": "1example23456789abcdefghij",
            "issuer": "http://localhost:9400/eu-west-1_AbCdEfGhI",
            "auth_time": 1_700_000_000,
            "issued_at": 1_700_000_060,
            "event_id": "7f4a4c5e-0b7e-4b6e-9a53-6f0d0e6f1c11",
            "family": "18fe37c2-8eff-4886-98f4-abbc6a0753a6",
            "membership": Membership(),
        }
        return Grant(**fields | changes)

    return make
