"""Users of a template: their passwords, their status and the names they go by."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.records.users import User, UserStatus
from sandbox_app.factors.passwords import verify_password
from sandbox_app.factors.srp import GENERATOR, MODULUS, private_exponent
from sandbox_app.operations import users
from sandbox_app.operations.core import Core
from tests.cores import PasswordsAtOnce, writes

Import = Callable[..., Awaitable[dict[str, str]]]
Refuse = Callable[..., Awaitable[str]]
POOL_ID = "us-east-1_Demo"
SUB = "8c2f51d0-3a7e-70b4-9d10-5de1a7c0b312"
PASSWORD = "Sandbox-1"


def template(sandbox: str = "", pool: str = "", username: str = "alice", **attributes: str) -> str:
    listed = ", ".join(f"{{Name: '{name}', Value: {value}}}" for name, value in attributes.items())
    return f"""
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {{Sandbox: {{Id: {POOL_ID}}}}}
    Properties: {{{pool}}}
  Alice:
    Type: AWS::Cognito::UserPoolUser
    Metadata: {{Sandbox: {{{sandbox}}}}}
    Properties:
      UserPoolId: !Ref Pool
      Username: {username}
      UserAttributes: [{listed}]
"""


def only(core: Core) -> User:
    (user,) = core.store.users.page(POOL_ID, limit=9)
    return user


def signs_in(user: User, password: str, pool_name: str = POOL_ID) -> bool:
    """Whether both halves of what is kept agree with the password and the stored name."""
    secret = user.password
    assert secret is not None
    exponent = private_exponent(int(secret.srp_salt, 16), pool_name, user.username, password)
    proven = int(secret.srp_verifier, 16) == pow(GENERATOR, exponent, MODULUS)
    assert proven == verify_password(secret.argon2id, password)
    return proven


@pytest.mark.parametrize(
    ("sandbox", "status", "has_password"),
    [
        ("", UserStatus.FORCE_CHANGE_PASSWORD, False),
        (f"Password: {PASSWORD}", UserStatus.CONFIRMED, True),
        (
            f"Password: {PASSWORD}, Status: FORCE_CHANGE_PASSWORD",
            UserStatus.FORCE_CHANGE_PASSWORD,
            True,
        ),
        (f"Password: {PASSWORD}, Status: UNCONFIRMED", UserStatus.UNCONFIRMED, True),
        ("Status: RESET_REQUIRED", UserStatus.RESET_REQUIRED, False),
        ("Status: CONFIRMED", UserStatus.CONFIRMED, False),
    ],
)
async def test_a_user_gets_the_status_and_password_that_are_stated(
    core: Core, imported: Import, sandbox: str, status: UserStatus, has_password: bool
) -> None:
    text = template(sandbox)

    assert (await imported(text))["Alice"] == "created"

    user = only(core)
    assert user.status is status
    assert (user.temporary_since is not None) == (status is UserStatus.FORCE_CHANGE_PASSWORD)
    assert (user.password is not None) == has_password
    assert not has_password or signs_in(user, PASSWORD)
    wrote = writes(core)
    assert (await imported(text))["Alice"] == "unchanged"
    assert writes(core) == wrote


async def test_attributes_are_texts_as_they_are_written(core: Core, imported: Import) -> None:
    await imported(
        template(
            f"Sub: {SUB}",
            "Schema: [{Name: code}, {Name: at}]",
            email="alice@example.com",
            email_verified="True",
            phone_number="+12065551212",
            **{"custom:code": "007", "custom:at": "12:34"},
        )
    )

    assert only(core).attributes == {
        "sub": SUB,
        "email": "alice@example.com",
        "email_verified": "true",
        "phone_number": "+12065551212",
        "custom:code": "007",
        "custom:at": "12:34",
    }


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (template(), template(name="Alice")),
        (template(name="Alice"), template(name="Alice Archer")),
        (template(f"Password: {PASSWORD}"), template("Password: Another-2")),
        (template(f"Password: {PASSWORD}"), template(f"Password: {PASSWORD}, Status: UNCONFIRMED")),
        (
            template(f"Password: {PASSWORD}, Status: FORCE_CHANGE_PASSWORD"),
            template(f"Password: {PASSWORD}"),
        ),
        (template(), template(f"Password: {PASSWORD}")),
    ],
)
async def test_a_user_is_brought_to_what_the_template_says(
    core: Core, imported: Import, clock: ManualClock, before: str, after: str
) -> None:
    await imported(before)
    made = only(core)
    clock.advance(timedelta(hours=1))

    assert (await imported(after))["Alice"] == "updated"

    user = only(core)
    assert (user.sub, user.creation_date) == (made.sub, made.creation_date)
    assert user.last_modified_date == core.timestamp()
    temporary = user.status is UserStatus.FORCE_CHANGE_PASSWORD
    assert (user.temporary_since is not None) == temporary
    assert (await imported(after))["Alice"] == "unchanged"


async def test_a_password_that_is_known_already_is_not_hashed_again(
    core: Core, imported: Import
) -> None:
    passwords = core.passwords
    assert isinstance(passwords, PasswordsAtOnce)

    for _ in range(3):
        await imported(template(f"Password: {PASSWORD}"))

    assert passwords.made == 1


async def test_what_the_template_does_not_say_is_left_to_the_user(
    core: Core, imported: Import
) -> None:
    await imported(template(name="Alice"))
    alice = {"UserPoolId": POOL_ID, "Username": "alice"}
    change = {"UserAttributes": [{"Name": "nickname", "Value": "Al"}]}
    users.admin_update_user_attributes(core, alice | change)
    set_by_her = alice | {"Password": "Her-own-1", "Permanent": True}
    await users.admin_set_user_password(core, set_by_her)

    assert (await imported(template(name="Alice")))["Alice"] == "unchanged"

    user = only(core)
    assert user.attributes["nickname"] == "Al"
    assert user.status is UserStatus.CONFIRMED
    assert signs_in(user, "Her-own-1")


async def test_a_temporary_password_is_nothing_to_somebody_with_one_of_their_own(
    core: Core, imported: Import
) -> None:
    text = template().replace("Username:", "TemporaryPassword: Temporary-1\n      Username:")
    await imported(text)
    assert signs_in(only(core), "Temporary-1")
    chosen = {"UserPoolId": POOL_ID, "Username": "alice", "Password": "Her-own-1"}
    await users.admin_set_user_password(core, chosen | {"Permanent": True})

    assert (await imported(text))["Alice"] == "unchanged"
    assert signs_in(only(core), "Her-own-1")


async def test_a_changed_address_is_unverified_unless_the_template_says_otherwise(
    core: Core, imported: Import
) -> None:
    await imported(template(email="a@example.com", email_verified="true"))

    await imported(template(email="b@example.com", email_verified="true"))
    assert only(core).attributes["email_verified"] == "true"
    await imported(template(email="c@example.com"))
    assert only(core).attributes["email_verified"] == "false"


async def test_an_immutable_attribute_may_stay_in_the_template(
    imported: Import, refused: Refuse
) -> None:
    pool = "Schema: [{Name: born, Mutable: false}]"
    await imported(template(pool=pool, **{"custom:born": "1990"}))

    text = template(pool=pool, **{"custom:born": "1990", "name": "Alice"})
    assert (await imported(text))["Alice"] == "updated"
    assert await refused(template(pool=pool, **{"custom:born": "1991"})) == (
        "t.yaml:13: Alice.UserAttributes[0]: user.custom:born: Attribute cannot be updated."
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            template("Password: short"),
            "t.yaml:9: Alice.Metadata.Sandbox.Password: Password did not conform with policy: "
            "Password not long enough",
        ),
        (
            template("Password: ' '"),
            "t.yaml:9: Alice.Metadata.Sandbox.Password: 1 validation error detected: Value at "
            "'password' failed to satisfy constraint: Member must satisfy regular expression "
            "pattern: ^[\\S]+.*[\\S]+$",
        ),
        (
            template("Status: HAPPY"),
            "t.yaml:9: Alice.Metadata.Sandbox.Status: Status is one of UNCONFIRMED, CONFIRMED, "
            "FORCE_CHANGE_PASSWORD, RESET_REQUIRED",
        ),
        (
            template("Status: EXTERNAL_PROVIDER"),
            "t.yaml:9: Alice.Metadata.Sandbox.Status: Status is one of UNCONFIRMED, CONFIRMED, "
            "FORCE_CHANGE_PASSWORD, RESET_REQUIRED",
        ),
        (template("Sub: me"), "t.yaml:9: Alice.Metadata.Sandbox.Sub: Sub is a UUID in lower case"),
        (
            template(username="two words"),
            "t.yaml:12: Alice.Username: 1 validation error detected: Value at 'username' failed "
            "to satisfy constraint: Member must satisfy regular expression pattern: "
            "[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
        ),
        (
            template(email="alice"),
            "t.yaml:13: Alice.UserAttributes[0]: Invalid email address format.",
        ),
        (
            template(pool="UsernameAttributes: [email]"),
            "t.yaml:12: Alice.Username: Username should be an email.",
        ),
        (
            template(pool="AliasAttributes: [email]", username="a@b.example"),
            "t.yaml:12: Alice.Username: Username cannot be of email format, since user pool is "
            "configured for email alias.",
        ),
    ],
)
async def test_what_the_pool_refuses_is_told_at_its_line(
    refused: Refuse, text: str, message: str
) -> None:
    assert await refused(text) == message


async def test_a_user_keeps_the_sub_they_were_made_with(imported: Import, refused: Refuse) -> None:
    await imported(template())

    assert await refused(template(f"Sub: {SUB}")) == (
        "t.yaml:9: Alice.Metadata.Sandbox.Sub: the user already has another sub"
    )


async def test_a_sub_belongs_to_one_user(imported: Import, refused: Refuse) -> None:
    await imported(template(f"Sub: {SUB}"))

    assert await refused(template(f"Sub: {SUB}", username="bob")) == (
        f"t.yaml:9: Alice.Metadata.Sandbox.Sub: The sub {SUB} is taken."
    )


async def test_a_name_is_found_in_any_case_where_case_does_not_matter(
    core: Core, imported: Import
) -> None:
    pool = "UsernameConfiguration: {CaseSensitive: false}"
    await imported(template(f"Password: {PASSWORD}", pool, "Alice"))

    outcome = await imported(template(f"Password: {PASSWORD}", pool, "ALICE"))

    assert outcome["Alice"] == "unchanged"
    assert signs_in(only(core), PASSWORD)


async def test_an_alias_is_not_the_name_of_another_user(core: Core, imported: Import) -> None:
    pool = "AliasAttributes: [preferred_username]"
    await imported(template(pool=pool, preferred_username="bob"))

    assert (await imported(template(pool=pool, username="bob"), "other.yaml"))["Alice"] == "created"
    assert core.store.users.count(POOL_ID) == 2


async def test_where_addresses_are_names_a_user_is_found_by_theirs(
    core: Core, imported: Import
) -> None:
    pool = "UsernameAttributes: [email]"
    text = template(f"Password: {PASSWORD}", pool, "alice@example.com")
    await imported(text)

    assert (await imported(text))["Alice"] == "unchanged"
    user = only(core)
    assert user.username == user.sub
    assert signs_in(user, PASSWORD)


@pytest.mark.parametrize("sandbox", ["", f"Sub: {SUB}"])
async def test_where_addresses_are_names_another_one_renames_the_user(
    core: Core, imported: Import, sandbox: str
) -> None:
    pool = "UsernameAttributes: [email]"
    await imported(template(sandbox, pool, "old@example.com"))
    sub = only(core).sub

    assert (await imported(template(sandbox, pool, "new@example.com")))["Alice"] == "updated"

    user = only(core)
    assert (user.sub, user.attributes["email"]) == (sub, "new@example.com")


async def test_an_alias_is_moved_only_when_the_template_forces_it(
    core: Core, imported: Import, refused: Refuse
) -> None:
    pool = "AliasAttributes: [email]"
    verified = {"email": "a@example.com", "email_verified": "true"}
    await imported(template(pool=pool, **verified))
    other = template(pool=pool, username="bob", **verified)

    assert await refused(other, "other.yaml") == (
        "other.yaml:13: Alice.UserAttributes[0]: An account with the email already exists."
    )
    forced = other.replace("Username:", "ForceAliasCreation: true\n      Username:")
    assert (await imported(forced, "other.yaml"))["Alice"] == "created"
    holder = users.admin_get_user(core, {"UserPoolId": POOL_ID, "Username": "a@example.com"})
    assert holder["Username"] == "bob"
