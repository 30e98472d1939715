"""Password policy, one rule at a time, in the real service's words (contract users 6)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.domain.records.pools import PasswordPolicy
from sandbox_app.factors.policy import broken_rule

STRICT = PasswordPolicy()
LAX = PasswordPolicy(
    minimum_length=6,
    require_uppercase=False,
    require_lowercase=False,
    require_numbers=False,
    require_symbols=False,
)
SYMBOLS = "^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-"


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("Passw0rd!", None),
        ("", "Password not long enough"),
        ("Pass0r!", "Password not long enough"),
        ("Pass0rd!", None),
        ("passw0rd!", "Password must have uppercase characters"),
        ("PASSW0RD!", "Password must have lowercase characters"),
        ("Password!", "Password must have numeric characters"),
        ("Passw0rdd", "Password must have symbol characters"),
        ("ÄÖÜassw0rd!", "Password must have uppercase characters"),
        ("PASSWöäü0!", "Password must have lowercase characters"),
        ("Password٣!", "Password must have numeric characters"),
        ("Passw0rd€", "Password must have symbol characters"),
    ],
)
def test_a_password_is_told_what_it_lacks(password, words):
    assert broken_rule(STRICT, password) == words


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("a", "Password not long enough"),
        ("aaaaaaaa", "Password must have uppercase characters"),
        ("AAAAAAAA", "Password must have lowercase characters"),
        ("AAAAaaaa", "Password must have numeric characters"),
        ("AAAAaaa1", "Password must have symbol characters"),
    ],
)
def test_the_first_of_several_faults_is_the_one_reported(password, words):
    assert broken_rule(STRICT, password) == words


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_documented_symbol_counts(symbol):
    assert broken_rule(STRICT, f"Passw0rd{symbol}") is None


@pytest.mark.parametrize("other", ["€", "§", "é", "\t", "\u00a0", "°", "´"])
def test_nothing_else_counts_as_a_symbol(other):
    assert broken_rule(STRICT, f"Pass{other}w0rd") == "Password must have symbol characters"


@pytest.mark.parametrize(
    ("password", "accepted"),
    [("Pass w0rd", True), (" Passw0rd", False), ("Passw0rd ", False), (" Pass w0rd ", True)],
)
def test_a_space_is_a_symbol_inside_only(password, accepted):
    assert (broken_rule(STRICT, password) is None) == accepted


def test_256_characters_are_the_most():
    assert broken_rule(LAX, "a" * 256) is None
    assert broken_rule(LAX, "a" * 257) == "Password too long"


@pytest.mark.parametrize(
    ("demand", "words"),
    [
        ({"require_uppercase": True}, "uppercase"),
        ({"require_lowercase": True}, "lowercase"),
        ({"require_numbers": True}, "numeric"),
        ({"require_symbols": True}, "symbol"),
    ],
)
def test_each_demand_can_be_switched_on_alone(demand, words):
    fields = {
        "minimum_length": 6,
        "require_uppercase": False,
        "require_lowercase": False,
        "require_numbers": False,
        "require_symbols": False,
    }
    policy = PasswordPolicy(**fields | demand)

    assert broken_rule(LAX, "ßßßßßß") is None
    assert broken_rule(policy, "ßßßßßß") == f"Password must have {words} characters"


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_gets_an_answer(password):
    assert broken_rule(STRICT, password) is None or len(broken_rule(STRICT, password) or "") > 10
