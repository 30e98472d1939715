"""Users are found by key, alias and sub, listed in pages, and come back as they were."""

import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.users import Lockout, PasswordSecret, User, UserStatus
from sandbox_app.store import UserFilter

POOL = "eu-west-1_One"
text = st.text(st.characters(exclude_categories=["Cs"]))
moments = st.floats(0, 4e9)
users = st.builds(
    User,
    user_pool_id=st.just(POOL),
    sub=text,
    username=text,
    creation_date=moments,
    last_modified_date=moments,
    attributes=st.dictionaries(st.text(), st.text()) | st.just({"email": "a@b", "name": "\x00"}),
    password=st.none() | st.builds(PasswordSecret, text, text, text),
    temporary_since=st.none() | moments,
    tokens_valid_from=moments,
    lockout=st.builds(Lockout, st.integers(0, 99), moments, moments),
)


@pytest.fixture
def store(store, a_pool):
    store.pools.put(a_pool())
    return store


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(user=users, key=text)
def test_a_user_survives_the_file_to_the_last_field(store, user, key):
    store.users.add(user, key)

    assert store.users.find(POOL, key) == store.users.get(POOL, user.sub) == user

    store.users.remove(POOL, user.sub)
    assert store.users.find(POOL, key) is None


def test_a_changed_user_replaces_the_former_one_under_the_same_key(store, a_user):
    store.users.add(a_user("Alice"), "alice")
    changed = a_user("Alice", status=UserStatus.RESET_REQUIRED, attributes={"email": "new@b"})

    store.users.replace(changed)

    assert store.users.find(POOL, "alice") == changed
    by_email = store.users.page(POOL, limit=5, where=UserFilter("email", "=", "new@b"))
    assert by_email == (changed,)


@pytest.mark.parametrize(("name", "key"), [("alice", "other"), ("other", "alice")])
def test_neither_a_sub_nor_a_key_is_given_twice(store, a_user, name, key):
    store.users.add(a_user(), "alice")

    with pytest.raises(sqlite3.IntegrityError):
        store.users.add(a_user(name), key)

    assert store.users.count(POOL) == 1


def test_pools_do_not_know_each_others_users(store, a_pool, a_user):
    store.pools.put(a_pool("p_2"))
    store.users.add(a_user(), "alice")
    store.users.add(a_user(pool_id="p_2"), "alice")
    store.users.claim_alias(POOL, "email", "a@b", "sub-alice")

    store.users.remove(POOL, "sub-alice")

    assert store.users.find(POOL, "alice") is None
    assert store.users.find("p_2", "alice") == a_user(pool_id="p_2")
    assert store.users.find_by_alias("p_2", "email", "a@b") is None


def test_the_lockout_is_written_alone(store, a_user):
    store.users.add(a_user(), "alice")

    store.users.set_lockout(POOL, "sub-alice", Lockout(3, 10.5, 12.5))

    assert store.users.find(POOL, "alice") == a_user(lockout=Lockout(3, 10.5, 12.5))


def test_an_alias_moves_to_the_last_who_claimed_it(store, a_user):
    for name in ("alice", "bob"):
        store.users.add(a_user(name), name)
    store.users.claim_alias(POOL, "email", "a@b", "sub-alice")
    assert store.users.find_by_alias(POOL, "email", "a@b") == a_user("alice")

    store.users.claim_alias(POOL, "email", "a@b", "sub-bob")

    assert store.users.find_by_alias(POOL, "email", "a@b") == a_user("bob")
    assert store.users.alias_holder(POOL, "email", "a@b") == "sub-bob"
    assert store.users.find_by_alias(POOL, "phone_number", "a@b") is None


def test_a_user_has_one_value_of_an_alias_at_a_time(store, a_user):
    store.users.add(a_user(), "alice")
    store.users.claim_alias(POOL, "email", "old@b", "sub-alice")
    store.users.claim_alias(POOL, "phone_number", "+1", "sub-alice")

    store.users.claim_alias(POOL, "email", "new@b", "sub-alice")

    holders = [store.users.alias_holder(POOL, "email", value) for value in ("old@b", "new@b")]
    assert holders == [None, "sub-alice"]
    store.users.release_alias(POOL, "email", "sub-alice")
    assert store.users.alias_holder(POOL, "email", "new@b") is None
    assert store.users.alias_holder(POOL, "phone_number", "+1") == "sub-alice"


def test_a_removed_user_takes_aliases_and_sessions_along(store, a_user, a_session, a_grant):
    store.users.add(a_user(), "alice")
    store.users.claim_alias(POOL, "email", "a@b", "sub-alice")
    store.sessions.put(a_session())
    store.refresh_grants.add(a_grant())

    store.users.remove(POOL, "sub-alice")

    assert store.users.alias_holder(POOL, "email", "a@b") is None
    assert store.sessions.of_cookie("h1") == ()
    assert store.refresh_grants.find("f1") is not None, "its use can still be explained"


def test_pages_follow_each_other_by_key(store, a_user):
    for name in "dbeca":
        store.users.add(a_user(name), name)

    first = store.users.page(POOL, limit=3)
    second = store.users.page(POOL, limit=3, after="c")

    assert [user.username for user in first + second] == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (("username", "=", "bo"), ["bo"]),
        (("username", "^=", "bo"), ["bo", "bob"]),
        (("sub", "=", "sub-bob"), ["bob"]),
        (("status", "=", "RESET_REQUIRED"), ["alice"]),
        (("enabled", "=", "false"), ["bo"]),
        (("enabled", "=", "true"), ["alice", "bob"]),
        (("email", "=", "bob@example.com"), ["bob"]),
        (("email", "^=", "bo"), ["bo", "bob"]),
        (("email", "^=", ""), ["alice", "bo", "bob"]),
        (("name", "=", "x"), []),
        (("custom:team", "=", "red"), ["alice"]),
        (("custom:team", "^=", "r"), ["alice"]),
        (('cust"om', "=", "red"), []),
        (("username", "=", "\ud800"), []),
    ],
)
def test_a_page_can_be_filtered(store, a_user, where, expected):
    team = {"email": "alice@example.com", "custom:team": "red"}
    store.users.add(a_user("alice", status=UserStatus.RESET_REQUIRED, attributes=team), "alice")
    store.users.add(a_user("bo", enabled=False), "bo")
    store.users.add(a_user("bob"), "bob")

    found = store.users.page(POOL, limit=5, where=where)
    first = expected[0] if expected else ""
    behind_first = store.users.page(POOL, limit=5, where=where, after=first)

    assert [user.username for user in found] == expected
    assert [user.username for user in behind_first] == expected[1:]


def test_an_unknown_operator_is_a_mistake(store):
    with pytest.raises(ValueError, match="compares with"):
        store.users.page(POOL, limit=5, where=UserFilter("email", "~", "x"))


def test_text_that_no_file_can_hold_finds_nobody(store):
    assert store.users.find(POOL, "\ud800") is None
    assert store.users.find_by_alias(POOL, "email", "\udfff") is None
    assert store.users.alias_holder(POOL, "email", "\udfff") is None
