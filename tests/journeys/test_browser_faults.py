"""Faults in a real browser: what a person at the screen notices of them."""

import pytest
from playwright.async_api import Browser, Error, Page, expect

from sandbox_app.workbench.conditions.faults import editing
from tests.chromium import sign_in
from tests.journeys.browsing import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def back_at_the_app(page: Page, place: Place) -> None:
    await page.wait_for_url(f"{place.app}/callback?*")


async def test_without_its_session_cookie_a_browser_is_asked_again(
    place: Place, page: Page
) -> None:
    fault = editing.add(place.sandbox.core, "POST login → lost cookie cognito").fault
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await back_at_the_app(page, place)
    names = {cookie["name"] for cookie in await page.context.cookies(place.http)}
    assert "XSRF-TOKEN" in names
    assert "cognito" not in names

    await page.goto(place.asking("web"))
    await expect(page).to_have_title("Signin")
    editing.switch(place.sandbox.core, fault.id, False)
    await sign_in(page)
    await back_at_the_app(page, place)
    await page.goto(place.asking("spa"))

    await back_at_the_app(page, place)
    assert place.seen[-1][0].step == "authorize", "now there is a session"


async def test_a_form_that_cannot_come_back_stays_with_its_login(place: Place, page: Page) -> None:
    editing.add(place.sandbox.core, "POST login → 503 once")
    await page.goto(place.asking("spa"))

    await sign_in(page)
    await expect(page.locator("body")).to_contain_text("An error was encountered")
    await page.go_back()
    await sign_in(page)

    await back_at_the_app(page, place)
    logins = {exchange.login_id for exchange, _ in place.seen}
    assert len(logins) == 1
    assert [exchange.fault for exchange, _ in place.seen if exchange.fault] == [
        "POST login → 503 first 1"
    ]


@pytest.mark.parametrize(
    ("defect", "told"),
    [
        ("expired", "ERR_CERT_DATE_INVALID"),
        ("wrong-name", "ERR_CERT_COMMON_NAME_INVALID"),
        ("untrusted", "ERR_CERT_AUTHORITY_INVALID"),
    ],
)
async def test_a_browser_refuses_a_bad_certificate(
    place: Place, browser: Browser, defect: str, told: str
) -> None:
    editing.add(place.sandbox.core, f"TLS → {defect} certificate")
    context = await browser.new_context()
    page = await context.new_page()

    with pytest.raises(Error, match=told):
        await page.goto(f"{place.https}/_sandbox/health")

    editing.clear(place.sandbox.core)
    answer = await (await context.new_page()).goto(f"{place.https}/_sandbox/health")
    assert answer is not None
    assert answer.status == 200
    await context.close()
