"""Identifiers look like the real service's (contract oidc 1.2)."""

import re
import uuid

import pytest

from sandbox_app.tokens import identifiers

UUID4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"


@pytest.mark.parametrize(
    ("make", "shape"),
    [
        (identifiers.new_client_id, r"[0-9a-z]{26}"),
        (identifiers.new_client_secret, r"[0-9a-z]{52}"),
        (identifiers.new_sub, r"[0-9a-f]{8}-[0-9a-f]{4}-70[0-9a-f]{2}-[0-9a-f]{4}-[0-9a-f]{12}"),
        (lambda: identifiers.new_pool_id("eu-west-1"), r"eu-west-1_[A-Za-z0-9]{9}"),
        (identifiers.new_authorization_code, UUID4),
        (identifiers.new_uuid, UUID4),
    ],
)
def test_an_identifier_has_the_real_shape_and_is_never_repeated(make, shape):
    made = [make() for _ in range(200)]

    assert all(re.fullmatch(shape, one) for one in made)
    assert len(set(made)) == 200


def test_a_sub_is_refused_by_strict_version_4_validators():
    assert uuid.UUID(identifiers.new_sub()).version != 4
