"""Whoever signed up confirms it by a code (contract users 3 and 4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.domain.records.users import UserStatus
from sandbox_app.operations import users
from sandbox_app.operations.sign_in_names import find_user
from sandbox_app.operations.sign_ups import confirm_sign_up, resend_confirmation_code
from sandbox_app.workbench.people.codes import codes_of
from tests.cores import refusal

EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
MISMATCH = ("CodeMismatchException", "Invalid verification code provided, please try again.")
TOO_OFTEN = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")


@pytest.fixture
def pool_id(a_pool):
    return a_pool(AutoVerifiedAttributes=["email"], AliasAttributes=["email"])


@pytest.fixture
async def newcomer(core, pool_id, a_user):
    """Somebody who signed up and has not entered the code yet."""
    await a_user(pool_id, "alice", email="alice@example.com")
    user = replace(core.store.users.find(pool_id, "alice"), status=UserStatus.UNCONFIRMED)
    core.store.users.replace(user)
    return user


@pytest.fixture
def asked(a_client, pool_id):
    return {"ClientId": a_client(pool_id)["ClientId"], "Username": "alice"}


def now(core, user):
    return core.store.users.get(user.user_pool_id, user.sub)


def code_of(core, user):
    return codes_of(core, user.user_pool_id, user.sub)[0].code


def entered(core, asked, user):
    return {**asked, "ConfirmationCode": code_of(core, user)}


async def test_the_code_confirms_the_user_and_verifies_the_address(core, newcomer, asked):
    assert resend_confirmation_code(core, asked) == {
        "CodeDeliveryDetails": {
            "Destination": "a****@e****",
            "DeliveryMedium": "EMAIL",
            "AttributeName": "email",
        }
    }
    assert confirm_sign_up(core, entered(core, asked, newcomer)) == {}

    after = now(core, newcomer)
    assert after.status is UserStatus.CONFIRMED
    assert after.attributes["email_verified"] == "true"
    pool = core.store.pools.get(newcomer.user_pool_id)
    assert find_user(core, pool, "alice@example.com") == after


async def test_an_address_that_changed_meanwhile_stays_unverified(core, newcomer, asked):
    resend_confirmation_code(core, asked)
    attributes = [{"Name": "email", "Value": "other@example.com"}]
    users.admin_update_user_attributes(
        core,
        {"UserPoolId": newcomer.user_pool_id, "Username": "alice", "UserAttributes": attributes},
    )

    confirm_sign_up(core, entered(core, asked, newcomer))

    assert now(core, newcomer).status is UserStatus.CONFIRMED
    assert now(core, newcomer).attributes["email_verified"] == "false"


async def test_an_address_that_another_user_verified_is_moved_only_if_asked_for(
    core, newcomer, asked, a_user
):
    await a_user(newcomer.user_pool_id, "bob", email="alice@example.com", email_verified="true")
    resend_confirmation_code(core, asked)
    request = entered(core, asked, newcomer)

    assert await refusal(confirm_sign_up, core, request) == (
        "AliasExistsException",
        "An account with the email already exists.",
    )
    assert now(core, newcomer).status is UserStatus.UNCONFIRMED
    confirm_sign_up(core, {**request, "ForceAliasCreation": True})

    assert now(core, newcomer).attributes["email_verified"] == "true"
    bob = core.store.users.find(newcomer.user_pool_id, "bob")
    assert bob.attributes["email_verified"] == "false"


async def test_a_code_is_good_for_a_day(core, newcomer, asked, clock):
    resend_confirmation_code(core, asked)
    request = entered(core, asked, newcomer)
    wrong = {**request, "ConfirmationCode": "x"}

    clock.advance(timedelta(hours=23, minutes=59, seconds=59))
    assert await refusal(confirm_sign_up, core, wrong) == MISMATCH
    clock.advance(timedelta(seconds=1))
    # US-4-1
    assert await refusal(confirm_sign_up, core, request) == EXPIRED


async def test_fifteen_entries_an_hour_are_enough(core, newcomer, asked):
    resend_confirmation_code(core, asked)
    request = entered(core, asked, newcomer)
    for _ in range(15):
        await refusal(confirm_sign_up, core, {**request, "ConfirmationCode": "x"})

    assert await refusal(confirm_sign_up, core, request) == TOO_OFTEN


async def test_five_further_codes_an_hour_are_enough(core, newcomer, asked):
    for _ in range(5):
        resend_confirmation_code(core, asked)

    assert await refusal(resend_confirmation_code, core, asked) == TOO_OFTEN


async def test_the_fixed_code_confirms_too(core, newcomer, asked):
    core.conditions.leniency = Leniency(fixed_code="123456")
    resend_confirmation_code(core, asked)

    confirm_sign_up(core, {**asked, "ConfirmationCode": "123456"})

    assert now(core, newcomer).status is UserStatus.CONFIRMED


async def test_who_is_confirmed_is_not_confirmed_again(core, newcomer, asked):
    resend_confirmation_code(core, asked)
    request = entered(core, asked, newcomer)
    confirm_sign_up(core, request)

    assert await refusal(confirm_sign_up, core, request) == (
        "NotAuthorizedException",
        "User cannot be confirmed. Current status is CONFIRMED",
    )
    assert await refusal(resend_confirmation_code, core, asked) == (
        "InvalidParameterException",
        "User is already confirmed.",
    )


async def test_a_pool_that_verifies_nothing_sends_no_code(core, a_pool, a_client, a_user):
    pool_id = a_pool()
    await a_user(pool_id, "alice", email="alice@example.com")
    user = replace(core.store.users.find(pool_id, "alice"), status=UserStatus.UNCONFIRMED)
    core.store.users.replace(user)
    asked = {"ClientId": a_client(pool_id)["ClientId"], "Username": "alice"}

    assert await refusal(resend_confirmation_code, core, asked) == (
        "InvalidParameterException",
        "Cannot resend codes. Auto verification not turned on.",
    )


async def test_an_unknown_user_is_told_of_or_hidden_as_the_client_says(
    core, pool_id, a_client, asked
):
    code = {"ConfirmationCode": "123456"}
    unknown = ("UserNotFoundException", "Username/client id combination not found.")
    assert await refusal(resend_confirmation_code, core, asked) == unknown
    assert await refusal(confirm_sign_up, core, {**asked, **code}) == unknown
    hiding = a_client(pool_id, PreventUserExistenceErrors="ENABLED")["ClientId"]
    hidden = {"ClientId": hiding, "Username": "alice@example.com"}

    details = resend_confirmation_code(core, hidden)["CodeDeliveryDetails"]
    assert details["Destination"] == "a****@e****"
    assert await refusal(confirm_sign_up, core, {**hidden, **code}) == EXPIRED
