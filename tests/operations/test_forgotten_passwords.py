"""A forgotten password is set anew by a code, once and in time (contract users 3 and 4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.domain.events import ConfirmationCodeMade, LeniencyUsed
from sandbox_app.domain.records.users import Lockout, UserStatus
from sandbox_app.operations import user_pool_clients, users
from sandbox_app.operations.app_callers import secret_hash
from sandbox_app.operations.forgotten_passwords import confirm_forgot_password, forgot_password
from sandbox_app.operations.user_status import admin_reset_user_password
from sandbox_app.workbench.people.codes import codes_of
from tests.cores import refusal

NEW = "Another-Horse-2"
EXPIRED = ("ExpiredCodeException", "Invalid code provided, please request a code again.")
MISMATCH = (
    "CodeMismatchException",
    "Invalid verification code provided, please try again.",
)
TOO_OFTEN = ("LimitExceededException", "Attempt limit exceeded, please try after some time.")
DISABLED = ("NotAuthorizedException", "User is disabled.")
WRONG_STATE = ("NotAuthorizedException", "User password cannot be reset in the current state.")


@pytest.fixture
async def alice(core, pool_id, a_user):
    await a_user(pool_id, "alice", email="alice@example.com", email_verified="true")
    return put(core, pool_id, status=UserStatus.CONFIRMED)


def put(core, pool_id, **values):
    """Alice with these values."""
    user = replace(core.store.users.find(pool_id, "alice"), **values)
    core.store.users.replace(user)
    return user


@pytest.fixture
def client(a_client, pool_id):
    return a_client(pool_id)["ClientId"]


@pytest.fixture
def asked(client):
    return {"ClientId": client, "Username": "alice"}


@pytest.fixture
def heard(core):
    told = []
    for kind in (ConfirmationCodeMade, LeniencyUsed):
        core.bus.subscribe(kind, told.append)
    return told


def code_of(core, user):
    return codes_of(core, user.user_pool_id, user.sub)[0].code


def entered(asked, code, password=NEW):
    return {**asked, "ConfirmationCode": code, "Password": password}


def another(code):
    return f"{(int(code) + 1) % 10**6:06}"


async def signs_in_with(core, user, password):
    now = core.store.users.get(user.user_pool_id, user.sub)
    return await core.passwords.matches(now.password, password)


async def test_the_code_that_was_sent_sets_a_new_password(core, alice, asked, heard):
    put(core, alice.user_pool_id, lockout=Lockout(7, 1.0, 2.0))

    answer = forgot_password(core, asked)
    assert answer == {
        "CodeDeliveryDetails": {
            "Destination": "a****@e****",
            "DeliveryMedium": "EMAIL",
            "AttributeName": "email",
        }
    }
    assert heard == [ConfirmationCodeMade(alice.user_pool_id, alice.sub, "password reset", "EMAIL")]
    assert not await signs_in_with(core, alice, NEW)
    assert await confirm_forgot_password(core, entered(asked, code_of(core, alice))) == {}

    after = core.store.users.get(alice.user_pool_id, alice.sub)
    assert await signs_in_with(core, alice, NEW)
    assert (after.status, after.temporary_since) == (UserStatus.CONFIRMED, None)
    assert after.lockout == Lockout()


async def test_the_code_lies_in_the_file_as_a_hash_alone(core, alice, asked):
    forgot_password(core, asked)
    code = code_of(core, alice)

    assert len(code) == 6
    core.store.close()
    assert code.encode() not in core.store.path.read_bytes()


async def test_an_administrators_reset_sends_a_code_too(core, alice, asked, heard):
    admin_reset_user_password(core, {"UserPoolId": alice.user_pool_id, "Username": "alice"})

    assert [type(event) for event in heard] == [ConfirmationCodeMade]
    await confirm_forgot_password(core, entered(asked, code_of(core, alice)))
    after = core.store.users.get(alice.user_pool_id, alice.sub)
    assert after.status is UserStatus.CONFIRMED


async def test_a_code_works_once(core, alice, asked):
    forgot_password(core, asked)
    code = code_of(core, alice)
    await confirm_forgot_password(core, entered(asked, code))

    # US-4-8
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == EXPIRED


async def test_a_wrong_code_is_none_and_the_right_one_still_works(core, alice, asked):
    forgot_password(core, asked)
    code = code_of(core, alice)

    # US-4-7
    assert await refusal(confirm_forgot_password, core, entered(asked, another(code))) == MISMATCH
    await confirm_forgot_password(core, entered(asked, code))
    assert await signs_in_with(core, alice, NEW)


async def test_a_newer_code_makes_the_one_before_it_worthless(core, alice, asked):
    forgot_password(core, asked)
    first = code_of(core, alice)
    forgot_password(core, asked)
    while code_of(core, alice) == first:
        forgot_password(core, asked)

    assert await refusal(confirm_forgot_password, core, entered(asked, first)) == MISMATCH


async def test_a_code_is_good_for_an_hour_by_the_sandboxs_clock(core, alice, asked, clock):
    forgot_password(core, asked)
    code = code_of(core, alice)

    clock.advance(timedelta(minutes=59, seconds=59))
    assert await refusal(confirm_forgot_password, core, entered(asked, another(code))) == MISMATCH
    core.clock.advance(timedelta(seconds=1))
    # US-4-2
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == EXPIRED


async def test_without_having_been_asked_for_no_code_is_right(core, alice, asked):
    assert await refusal(confirm_forgot_password, core, entered(asked, "123456")) == EXPIRED


async def test_five_entries_an_hour_are_enough(core, alice, asked, clock):
    forgot_password(core, asked)
    code = code_of(core, alice)
    for _ in range(5):
        found = await refusal(confirm_forgot_password, core, entered(asked, another(code)))
        assert found == MISMATCH

    # US-4-9
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == TOO_OFTEN
    clock.advance(timedelta(hours=1))
    forgot_password(core, asked)
    await confirm_forgot_password(core, entered(asked, code_of(core, alice)))


async def test_five_codes_an_hour_are_enough(core, alice, asked, clock):
    for _ in range(5):
        forgot_password(core, asked)

    assert await refusal(forgot_password, core, asked) == TOO_OFTEN
    clock.advance(timedelta(minutes=59, seconds=59))
    assert await refusal(forgot_password, core, asked) == TOO_OFTEN
    clock.advance(timedelta(seconds=1))
    forgot_password(core, asked)


async def test_without_limits_nobody_counts(core, alice, asked, heard):
    core.conditions.leniency = Leniency(no_code_limits=True)
    for _ in range(6):
        forgot_password(core, asked)
    code = code_of(core, alice)
    for _ in range(6):
        await refusal(confirm_forgot_password, core, entered(asked, another(code)))

    await confirm_forgot_password(core, entered(asked, code))

    used = [event for event in heard if isinstance(event, LeniencyUsed)]
    assert set(used) == {LeniencyUsed("no_code_limits", "US-4-9", alice.user_pool_id, "alice")}
    assert len(used) == 3


async def test_the_fixed_code_stands_for_the_one_that_was_sent(core, alice, asked, heard):
    core.conditions.leniency = Leniency(fixed_code="123456")
    assert await refusal(confirm_forgot_password, core, entered(asked, "123456")) == EXPIRED
    forgot_password(core, asked)
    assert await refusal(confirm_forgot_password, core, entered(asked, "654321")) == MISMATCH

    await confirm_forgot_password(core, entered(asked, "123456"))

    assert await signs_in_with(core, alice, NEW)
    assert heard[-1] == LeniencyUsed("fixed_code", "US-4-7", alice.user_pool_id, "alice")
    assert await refusal(confirm_forgot_password, core, entered(asked, "123456")) == EXPIRED


async def test_a_password_the_pool_refuses_costs_neither_code_nor_try(core, alice, asked):
    forgot_password(core, asked)
    code = code_of(core, alice)
    for _ in range(6):
        name, _ = await refusal(confirm_forgot_password, core, entered(asked, code, "lowercase1"))
        assert name == "InvalidPasswordException"

    await confirm_forgot_password(core, entered(asked, code))


async def test_of_two_requests_at_once_one_code_serves_one(core, alice, asked):
    forgot_password(core, asked)
    code = code_of(core, alice)
    making = core.passwords.make

    async def overtaken(*arguments):
        core.passwords.make = making
        await confirm_forgot_password(core, entered(asked, code, "Faster-Horse-3"))
        return await making(*arguments)

    core.passwords.make = overtaken
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == EXPIRED
    assert await signs_in_with(core, alice, "Faster-Horse-3")


async def test_a_user_who_goes_while_the_password_is_hashed_stays_gone(core, alice, asked):
    forgot_password(core, asked)
    code, making = code_of(core, alice), core.passwords.make

    async def deleted(*arguments):
        users.admin_delete_user(core, {"UserPoolId": alice.user_pool_id, "Username": "alice"})
        return await making(*arguments)

    core.passwords.make = deleted
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == EXPIRED
    assert core.store.users.get(alice.user_pool_id, alice.sub) is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"status": UserStatus.FORCE_CHANGE_PASSWORD}, WRONG_STATE),
        ({"status": UserStatus.EXTERNAL_PROVIDER}, WRONG_STATE),
        ({"enabled": False}, DISABLED),
    ],
)
async def test_some_users_have_no_password_to_forget(core, alice, asked, values, expected):
    forgot_password(core, asked)
    code = code_of(core, alice)
    put(core, alice.user_pool_id, **values)

    assert await refusal(forgot_password, core, asked) == expected
    assert await refusal(confirm_forgot_password, core, entered(asked, code)) == expected


async def test_without_a_verified_address_there_is_nowhere_to_send_a_code(core, alice, asked):
    put(core, alice.user_pool_id, attributes={"sub": alice.sub, "email": "alice@example.com"})

    name, message = await refusal(forgot_password, core, asked)

    assert name == "InvalidParameterException"
    assert message.startswith("Cannot reset password for the user as there is no registered")


async def test_where_only_an_administrator_may_help_the_user_is_told_so(
    core, a_pool, a_client, a_user
):
    mechanism = {"Priority": 1, "Name": "admin_only"}
    pool_id = a_pool(AccountRecoverySetting={"RecoveryMechanisms": [mechanism]})
    await a_user(pool_id, "alice", email="alice@example.com", email_verified="true")
    put(core, pool_id, status=UserStatus.CONFIRMED)
    asked = {"ClientId": a_client(pool_id)["ClientId"], "Username": "alice"}

    name, message = await refusal(forgot_password, core, asked)

    assert (name, message) == (
        "NotAuthorizedException",
        "Contact administrator to reset password.",
    )


async def test_an_unknown_user_is_told_of_where_the_client_may_know(core, pool_id, asked):
    expected = ("UserNotFoundException", "Username/client id combination not found.")

    assert await refusal(forgot_password, core, asked) == expected
    assert await refusal(confirm_forgot_password, core, entered(asked, "123456")) == expected


async def test_where_users_are_hidden_nobody_looks_like_somebody(core, alice, a_client):
    client = a_client(alice.user_pool_id, PreventUserExistenceErrors="ENABLED")["ClientId"]

    seen = {}
    for name in ("alice", "nobody"):
        asked = {"ClientId": client, "Username": name}
        steps = [await refusal(confirm_forgot_password, core, entered(asked, "000000"))]
        details = forgot_password(core, asked)["CodeDeliveryDetails"]
        steps.append((sorted(details), details["DeliveryMedium"], len(details["Destination"])))
        wrong = another(code_of(core, alice)) if name == "alice" else "123456"
        steps += [
            await refusal(confirm_forgot_password, core, entered(asked, wrong)) for _ in range(5)
        ]
        for _ in range(4):
            forgot_password(core, asked)
        steps.append(await refusal(forgot_password, core, asked))
        seen[name] = steps

    assert seen["nobody"] == seen["alice"]


async def test_a_client_with_a_secret_proves_it_by_a_hash(core, alice, a_client):
    made = a_client(alice.user_pool_id, GenerateSecret=True)
    client, secret = made["ClientId"], made["ClientSecret"]
    asked = {"ClientId": client, "Username": "alice"}

    assert await refusal(forgot_password, core, asked) == (
        "NotAuthorizedException",
        f"Client {client} is configured with secret but SECRET_HASH was not received",
    )
    wrong = {**asked, "SecretHash": secret_hash(secret, "bob", client)}
    assert await refusal(forgot_password, core, wrong) == (
        "NotAuthorizedException",
        f"Unable to verify secret hash for client {client}",
    )
    second = user_pool_clients.add_user_pool_client_secret(
        core, {"UserPoolId": alice.user_pool_id, "ClientId": client}
    )["ClientSecretDescriptor"]["ClientSecretValue"]
    for one in (secret, second):
        forgot_password(core, {**asked, "SecretHash": secret_hash(one, "alice", client)})


async def test_a_secret_hash_without_a_secret_proves_nothing(core, alice, asked, client):
    name, message = await refusal(forgot_password, core, {**asked, "SecretHash": "abc="})

    assert name == "NotAuthorizedException"
    assert message == f"Unable to verify secret hash for client {client}"


def test_the_secret_hash_is_that_of_the_apis_reference():
    # By openssl: printf 'aliceclient' | openssl dgst -sha256 -hmac secret -binary | base64
    assert secret_hash("secret", "alice", "client") == SECRET_HASH


SECRET_HASH = "RTsve+FQ659UKyESgvLg9GYmZEL+QjzQsW/OjL77/b0="


async def test_an_unknown_client_is_no_client(core, alice):
    asked = {"ClientId": "nobody", "Username": "alice"}

    name, _ = await refusal(forgot_password, core, asked)

    assert name == "ResourceNotFoundException"


async def test_a_shape_the_api_forbids_is_refused_first(core, alice, asked):
    request = {**entered(asked, "12 34"), "ClientId": "not a client!"}

    name, message = await refusal(confirm_forgot_password, core, request)

    assert name == "InvalidParameterException"
    assert message.startswith("2 validation errors detected")
