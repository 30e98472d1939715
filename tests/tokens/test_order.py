"""Member order of a Java HashMap: the contract's vectors (TF-3, TF-4) and Java's own facts."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.tokens.order import in_map_order, map_order, scope_text

ID_22 = (
    "at_hash sub cognito:groups email_verified cognito:preferred_role iss phone_number_verified "
    "cognito:username given_name origin_jti cognito:roles aud event_id token_use auth_time name "
    "phone_number exp iat family_name jti email"
)
ACCESS_15 = (
    "sub device_key cognito:groups iss version client_id origin_jti event_id token_use scope "
    "auth_time exp iat jti username"
)
M2M_10 = "sub token_use scope auth_time iss exp iat version jti client_id"
USERINFO = "sub email_verified phone_number_verified phone_number email username"
SIGN_IN_SCOPES = "aws.cognito.signin.user.admin phone openid profile email"


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(ID_22, id="TF-3 ID token, 22 members, 32 buckets"),
        pytest.param(ACCESS_15, id="TF-3 access token, 15 members, 32 buckets"),
        pytest.param(M2M_10, id="TF-3 machine token, 10 members, 16 buckets"),
    ],
)
def test_members_stand_as_in_the_published_samples(expected):
    assert " ".join(map_order(frozenset(expected.split()))) == expected


def test_a_nonce_stands_before_origin_jti_and_identities_before_event_id():
    with_nonce = map_order(frozenset({*ID_22.split(), "nonce"}))
    with_identities = map_order(frozenset({*ID_22.split(), "identities"}))

    assert with_nonce.index("nonce") + 1 == with_nonce.index("origin_jti")
    assert with_identities.index("identities") + 1 == with_identities.index("event_id")


def test_both_together_tip_the_map_to_64_buckets():
    names = frozenset({*ID_22.split(), "nonce", "identities"})

    assert len(names) == 24
    assert map_order(names) == map_order(names, 64) != map_order(names - {"nonce"}, 64)
    assert [name for name in map_order(names) if name in ID_22.split()] != ID_22.split()


@pytest.mark.parametrize(
    ("count", "buckets"), [(9, 16), (11, 16), (12, 32), (23, 32), (24, 64), (47, 64), (48, 128)]
)
def test_the_buckets_grow_at_three_quarters(count, buckets):
    scattered = (hashlib.sha256(bytes([number])).hexdigest() for number in range(count))
    names = frozenset(scattered)

    assert map_order(names) == map_order(names, buckets) != map_order(names, buckets * 2)


@pytest.mark.parametrize(
    ("first", "second", "buckets"),
    [
        ("cognito:groups", "email_verified", 32),
        ("cognito:roles", "aud", 32),
        ("identities", "event_id", 32),
        ("scope", "auth_time", 32),
        ("iat", "family_name", 32),
        ("jti", "email", 32),
        ("iat", "version", 16),
        ("jti", "client_id", 16),
    ],
)
def test_ties_stand_in_the_documented_order(first, second, buckets):
    order = map_order(frozenset({first, second}), buckets)

    assert order == (first, second)


def test_the_five_standard_scopes_stand_as_seen():
    assert scope_text(frozenset(SIGN_IN_SCOPES.split())) == SIGN_IN_SCOPES  # TF-4


def test_the_error_redirect_is_the_same_mechanism():
    names = frozenset({"error", "state", "error_description"})

    assert map_order(names, 16) == ("error_description", "state", "error")  # contract oidc 4.3


def test_userinfo_stands_as_in_the_guide():
    assert " ".join(map_order(frozenset(USERINFO.split()), 16)) == USERINFO  # contract oidc 7


@pytest.mark.parametrize(
    ("pair", "why"),
    [
        (("Aa", "BB"), "String.hashCode of both is 2112"),
        (("AaAa", "BBBB"), "String.hashCode of both is 2031744"),
    ],
)
def test_strings_that_java_cannot_tell_apart_share_a_bucket(pair, why):
    for buckets in (16, 1 << 20):
        assert map_order(frozenset(pair), buckets) == tuple(sorted(pair)), why


def test_java_counts_utf16_units_not_characters():
    # "\U0001F600".hashCode() is 31 * 0xD83D + 0xDE00 = 1772899; "a".hashCode() is 97.
    emoji = 1772899 ^ (1772899 >> 16)
    assert (emoji & 0xFFFFF) > 97
    assert map_order(frozenset({"\U0001f600", "a"}), 1 << 20) == ("a", "\U0001f600")
    assert map_order(frozenset({"\U0001f600", "a"}), 16) == (
        ("\U0001f600", "a") if emoji % 16 < 97 % 16 else ("a", "\U0001f600")
    )


@given(st.dictionaries(st.text(), st.integers(), max_size=60))
def test_ordering_neither_loses_nor_changes_a_member(claims):
    assert in_map_order(claims) == claims


@given(st.lists(st.text(), unique=True, max_size=30), st.randoms())
def test_the_order_does_not_depend_on_who_came_first(names, random):
    shuffled = random.sample(names, len(names))

    assert map_order(frozenset(names)) == map_order(frozenset(shuffled))
