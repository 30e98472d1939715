"""Where a confirmation code goes, and what is shown of its destination (contract users 3)."""

from dataclasses import replace

import pytest

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.operations.code_delivery import (
    masked,
    recovery_destination,
    simulated_destination,
    verification_destination,
)

POOL = UserPool(id="eu-west-1_One", name="one", creation_date=1.0, last_modified_date=1.0)
BOTH = {
    "email": "jane@example.com",
    "email_verified": "true",
    "phone_number": "+41791234567",
    "phone_number_verified": "true",
}


def a_user(**attributes: str) -> User:
    return User(
        user_pool_id=POOL.id,
        sub="s",
        username="jane",
        status=UserStatus.CONFIRMED,
        enabled=True,
        creation_date=1.0,
        last_modified_date=1.0,
        attributes=attributes,
    )


def recovering(*names: str) -> UserPool:
    mechanisms = [{"Priority": at, "Name": name} for at, name in enumerate(names, 1)]
    setting = {"AccountRecoverySetting": {"RecoveryMechanisms": mechanisms[::-1]}}
    return replace(POOL, kept=setting)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("jane@example.com", "j****@e****"),
        ("+41791234567", "+*******4567"),
        ("+1234", "+1234"),
    ],
)
def test_a_destination_is_shown_masked(address, shown):
    assert masked(address) == shown


@pytest.mark.parametrize(
    ("pool", "changes", "attribute"),
    [
        (POOL, {}, "phone_number"),
        (POOL, {"phone_number_verified": "false"}, "email"),
        (POOL, {"phone_number": ""}, "email"),
        (POOL, {"phone_number_verified": "false", "email_verified": "false"}, None),
        (recovering("verified_email", "verified_phone_number"), {}, "email"),
        (recovering("verified_phone_number", "verified_email"), {}, "phone_number"),
        (recovering("verified_email"), {"email_verified": "false"}, None),
        (recovering("admin_only"), {}, None),
    ],
)
def test_a_forgotten_password_is_recovered_by_the_first_verified_of_the_list(
    pool, changes, attribute
):
    to = recovery_destination(pool, a_user(**{**BOTH, **changes}))

    assert (to.attribute if to else None) == attribute


@pytest.mark.parametrize(
    ("verified", "has", "medium"),
    [
        (("email", "phone_number"), BOTH, "SMS"),
        (("email", "phone_number"), {"email": "j@e.com"}, "EMAIL"),
        (("email",), BOTH, "EMAIL"),
        (("phone_number",), {"email": "j@e.com"}, None),
        ((), BOTH, None),
    ],
)
def test_a_sign_up_code_goes_to_the_phone_if_both_are_to_be_verified(verified, has, medium):
    to = verification_destination(replace(POOL, auto_verified_attributes=verified), a_user(**has))

    assert (to.medium if to else None) == medium


def test_a_code_for_nobody_seems_to_go_to_the_same_place_each_time():
    first, again = (simulated_destination(POOL, "nobody") for _ in range(2))

    assert first.details == again.details
    assert first.details["Destination"] != simulated_destination(POOL, "somebody").details
    assert simulated_destination(POOL, "jane@example.com").details["Destination"] == "j****@e****"
    assert simulated_destination(POOL, "+41791234567").medium == "SMS"
