"""Cookies of the domain host: what is set, what is believed, and that pools keep apart."""

from datetime import UTC, datetime

import pytest

from sandbox_app.server import cookies
from sandbox_app.server.incoming import parse_cookies

OURS = "3811e360-c0b1-40a1-9ca1-16e378bfb551"
OTHER = "4811e360-c0b1-40a1-9ca1-16e378bfb551"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "read"),
    [
        ("", {}),
        ("a=1; b=2", {"a": "1", "b": "2"}),
        ("a=1;b=2;", {"a": "1", "b": "2"}),
        ('cognito="x.y.3"', {"cognito": "x.y.3"}),
        ("a=1; a=2", {"a": "1"}),
        ("a=b=c", {"a": "b=c"}),
        (";;=; a; =b; c=", {"c": ""}),
    ],
)
def test_a_cookie_header_is_read_with_its_oddities(header: str, read: dict[str, str]) -> None:
    assert parse_cookies(header) == read


@pytest.mark.parametrize(
    ("sent", "token"),
    [
        ({"XSRF-TOKEN": OURS}, OURS),
        ({"sandbox-csrf": OURS, "XSRF-TOKEN": OTHER}, OURS),
        ({"sandbox-csrf": "another framework's", "XSRF-TOKEN": OTHER}, OTHER),
        ({"XSRF-TOKEN": OURS.upper()}, None),
        ({"XSRF-TOKEN": f"{OURS}\n"}, None),
        ({}, None),
    ],
)
def test_only_a_token_of_our_shape_is_kept(sent: dict[str, str], token: str | None) -> None:
    assert cookies.csrf_of(sent) == token


def test_a_form_token_may_equal_either_cookie_but_none_that_we_never_gave() -> None:
    assert cookies.csrf_partners({"XSRF-TOKEN": OURS, "sandbox-csrf": OTHER}) == (OURS, OTHER)
    assert cookies.csrf_partners({"XSRF-TOKEN": "laravel", "sandbox-csrf": OURS}) == (OURS,)
    assert cookies.csrf_partners({"XSRF-TOKEN": "ä", "sandbox-csrf": ""}) == ()


def test_secure_stands_only_where_the_browser_came_over_tls() -> None:
    for secure in (False, True):
        values = (
            *cookies.set_csrf(OURS, secure=secure),
            cookies.set_session("s.s.3", now=NOON, secure=secure),
            cookies.clear_session(secure=secure),
        )
        assert all(("; Secure;" in value) is secure for value in values)
        assert all("HttpOnly" in value and "SameSite=Lax" in value for value in values)
        assert all("Path=/;" in value and "Domain" not in value for value in values)


def test_the_session_cookie_is_quoted_and_lasts_one_hour() -> None:
    value = cookies.set_session("s.s.3", now=NOON, secure=True)

    assert value == (
        'cognito="s.s.3"; Version=1; Max-Age=3600; Expires=Mon, 02 Nov 2026 13:00:00 GMT; '
        "Path=/; Secure; HttpOnly; SameSite=Lax"
    )


def test_signing_out_empties_the_cookie_in_the_past() -> None:
    value = cookies.clear_session(secure=False)

    assert value.startswith('cognito=""; Expires=Thu, 01-Jan-1970 00:00:10 GMT;')
