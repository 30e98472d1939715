"""The hosted pages: whatever a request puts into them stays text."""

import re

import pytest

from sandbox_app.server.pages import LoginPage, NoticePage, Pages
from tests.visitor import Visitor

ATTACK = "'\"><script>alert(1)</script><img src=file:///etc/passwd onerror=alert(1)>{{9973*9973}}"
_TAG = re.compile(r"<(script|img)\b[^>]*>")


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages()


@pytest.fixture(scope="module")
def plain_tags(pages: Pages) -> list[str]:
    """The sign-in page's own scripts and pictures."""
    return tags(pages.login(LoginPage(query="a=b", csrf="c")))


def tags(html: str) -> list[str]:
    return [match[0] for match in _TAG.finditer(html)]


def is_harmless(html: str, own: list[str]) -> bool:
    return tags(html) == own and "alert(1)</script>" not in html and "99460729" not in html


@pytest.mark.parametrize(
    "field", ["query", "csrf", "username", "message", "placeholder", "heading"]
)
def test_markup_in_any_field_of_the_sign_in_page_is_text(
    pages: Pages, plain_tags: list[str], field: str
) -> None:
    values = {"query": "a=b", "csrf": "c", field: ATTACK}
    html = pages.login(LoginPage(**values))

    assert is_harmless(html, plain_tags)
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize("field", ["username", "query", "heading"])
@pytest.mark.parametrize("status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "RESET_REQUIRED"])
def test_markup_in_any_field_of_a_notice_is_text(pages: Pages, status: str, field: str) -> None:
    values = {"username": "alice", "query": "a=b", field: ATTACK}
    html = pages.notice(NoticePage(status=status, **values))

    assert is_harmless(html, [])
    assert "&lt;script&gt;alert(1)" in html


def test_markup_in_an_error_message_is_text_and_cut_short(pages: Pages) -> None:
    assert is_harmless(pages.error(ATTACK), [])
    assert "x" * 200 in pages.error("x" * 1000)
    assert "x" * 201 not in pages.error("x" * 1000)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/error", {"error": ATTACK}),
        ("/error", {"error": "x", "error_description": ATTACK}),
        ("/error", {"error": ATTACK, "client_id": ATTACK}),
        ("/login", {"client_id": ATTACK, "redirect_uri": ATTACK}),
        ("/logout", {"client_id": ATTACK, "logout_uri": ATTACK}),
    ],
)
async def test_markup_in_an_address_is_text_on_the_page(
    visitor: Visitor, path: str, query: dict[str, str]
) -> None:
    answer = await visitor.get(path, **query)
    if answer.status == 302:
        answer = await visitor.get(answer.location)

    assert answer.status == 400
    assert is_harmless(answer.text, [])


@pytest.mark.parametrize("field", ["state", "nonce", "login_hint", "unknown"])
async def test_markup_carried_to_the_form_is_text_there(
    visitor: Visitor, plain_tags: list[str], field: str
) -> None:
    answer = await visitor.form(**{field: ATTACK})

    assert answer.status == 200
    assert is_harmless(answer.text, plain_tags)


async def test_markup_typed_as_a_name_is_text_when_the_form_comes_back(
    visitor: Visitor, plain_tags: list[str]
) -> None:
    answer = await visitor.submit(ATTACK, "wrong")

    assert answer.status == 200
    assert is_harmless(answer.text, plain_tags)
    assert "&lt;script&gt;" in answer.text


async def test_no_password_comes_back_with_the_form(visitor: Visitor) -> None:
    answer = await visitor.submit("alice", "Wr0ng-guess-zebra")

    assert answer.status == 200
    assert "zebra" not in answer.text


async def test_a_page_runs_only_the_script_it_names(visitor: Visitor) -> None:
    policy = (await visitor.form()).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert re.search(r"script-src 'sha256-[A-Za-z0-9+/]{43}='", policy)
