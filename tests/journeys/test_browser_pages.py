"""The classic pages in a real browser: who gets in, who is sent where, and what is shown."""

import re

import pytest
from playwright.async_api import Browser, BrowserContext, Page, expect

from sandbox_app.domain.records.users import UserStatus
from tests.chromium import sign_in
from tests.conftest import give_keys
from tests.journeys.browsing import Place, Watch
from tests.journeys.reconfiguring import a_second_pool

pytestmark = pytest.mark.asyncio(loop_scope="session")

WRONG = "Incorrect username or password."


async def arrived(page: Page, place: Place, state: str) -> None:
    """Wait until the app has the browser back, with a code."""
    await page.wait_for_url(f"{place.app}/callback?*")
    assert re.search(r"\?code=[0-9a-f-]{36}&state=", page.url)
    assert page.url.endswith(f"state={state.replace(' ', '+')}")


async def test_a_second_client_signs_in_silently(place: Place, page: Page, watch: Watch) -> None:
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await arrived(page, place, "state of spa")
    watch.requests.clear()

    await page.goto(place.asking("web"))
    await arrived(page, place, "state of web")
    assert "/login" not in watch.paths
    assert place.steps == ["authorize", "login", "login", "authorize"]


async def test_two_pools_on_localhost_do_not_disturb_each_other(
    place: Place, page: Page, signing_keys
) -> None:
    give_keys(place.sandbox, await a_second_pool(place.sandbox), signing_keys)
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await arrived(page, place, "state of spa")
    await page.goto(place.asking("other"))
    await sign_in(page, "olga")
    await arrived(page, place, "state of other")

    await page.goto(place.leaving("other", logout_uri=f"{place.app}/"))
    await page.goto(place.asking("spa"))
    await arrived(page, place, "state of spa")
    await page.goto(place.asking("other"))
    await expect(page).to_have_title("Signin")


async def test_a_pools_own_host_has_cookies_of_its_own(place: Place, page: Page) -> None:
    own = place.http.replace("localhost", "demo.auth.localhost")
    await page.goto(place.asking("spa", own))
    assert page.url.startswith(f"{own}/login?")
    await sign_in(page)
    await arrived(page, place, "state of spa")

    await page.goto(place.asking("spa", own))
    await arrived(page, place, "state of spa")
    await page.goto(place.asking("spa"))
    await expect(page).to_have_title("Signin")


async def test_signing_out_leads_to_the_registered_address_and_ends_the_session(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await arrived(page, place, "state of spa")

    await page.goto(place.leaving("spa", logout_uri=f"{place.app}/", state="ignored"))
    assert page.url == f"{place.app}/"  # LO-1
    await page.goto(place.asking("spa"))
    await expect(page).to_have_title("Signin")


async def test_signing_out_with_a_callback_leads_to_the_sign_in_page(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await arrived(page, place, "state of spa")

    callback = {"redirect_uri": f"{place.app}/callback", "response_type": "code", "state": "next"}
    await page.goto(place.leaving("spa", **callback))
    await expect(page).to_have_title("Signin")  # LO-4
    await sign_in(page, "bob")
    await arrived(page, place, "next")


async def test_an_unregistered_sign_out_address_ends_at_the_misleading_error(
    place: Place, page: Page
) -> None:
    place.lead_to_app("spa")
    answer = await page.goto(place.leaving("spa", logout_uri=f"{place.app}/elsewhere"))

    assert answer is not None
    assert answer.status == 400
    await expect(page.get_by_text("Required String parameter 'redirect_uri'")).to_be_visible()
    assert place.refusals == ["LO-2"]


async def test_a_wrong_password_shows_the_form_again_and_keeps_the_name(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await sign_in(page, "alice", "sandbox-1")

    await expect(page.get_by_role("alert")).to_have_text(WRONG)
    await expect(page.get_by_role("textbox", name="Username")).to_have_value("alice")
    await expect(page.get_by_role("textbox", name="Password")).to_have_value("")
    assert place.refusals == ["HU-4.1-8"]
    await page.get_by_role("textbox", name="Password").fill("Sandbox-1")
    await page.keyboard.press("Enter")
    await arrived(page, place, "state of spa")


async def test_a_wrong_redirect_uri_ends_at_the_error_page_and_names_the_rule(
    place: Place, page: Page
) -> None:
    answer = await page.goto(place.asking("spa", redirect_uri=f"{place.app}/callback/"))

    assert answer is not None
    assert answer.status == 400
    said = "An error was encountered with the requested page."
    await expect(page.get_by_role("heading", name=said)).to_be_visible()
    exchange, _ = place.seen[0]
    assert (exchange.step, exchange.status) == ("authorize", 302)
    assert place.refusals == ["AZ-4"]


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (UserStatus.UNCONFIRMED, "Your account is not confirmed"),
        (UserStatus.FORCE_CHANGE_PASSWORD, "You must change your password"),
        (UserStatus.RESET_REQUIRED, "Your password must be reset"),
    ],
)
async def test_a_stopped_user_reads_why_and_finds_the_way_back(
    place: Place, page: Page, status: UserStatus, title: str
) -> None:
    from dataclasses import replace

    place.sandbox.core.store.users.replace(replace(place.user("carol"), status=status))
    await page.goto(place.asking("spa"))
    await sign_in(page, "carol")

    await expect(page.get_by_role("heading", name=title)).to_be_visible()
    await page.get_by_role("link", name="Back to sign in").click()
    await sign_in(page, "alice")
    await arrived(page, place, "state of spa")


@pytest.mark.parametrize("width", [1280, 390])
async def test_a_browser_without_scripts_signs_in(
    place: Place, browser: Browser, watch: Watch, width: int
) -> None:
    size = {"width": width, "height": 800}
    plain = await browser.new_context(java_script_enabled=False, viewport=size)
    watch.over(plain)
    page = await plain.new_page()
    await page.goto(place.asking("spa"))
    await sign_in(page, "alice", "wrong")
    await expect(page.get_by_role("alert")).to_have_text(WRONG)
    await sign_in(page)
    await arrived(page, place, "state of spa")
    await plain.close()
    watch.finds_nothing_wrong()


async def test_two_tabs_may_show_the_form_and_the_older_one_still_signs_in(
    place: Place, context: BrowserContext, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    second = await context.new_page()
    await second.goto(place.asking("web"))

    await sign_in(page)
    await arrived(page, place, "state of spa")
    # The sign-in replaced the token (LG-3), so the second form is one too old; asked for again,
    # the page finds the session.
    await sign_in(second)
    await expect(second.get_by_text("Invalid CSRF token")).to_be_visible()
    await second.goto(place.asking("web"))
    await arrived(second, place, "state of web")


async def test_going_back_to_the_form_after_a_sign_in_leads_on_to_the_app(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await sign_in(page)
    await arrived(page, place, "state of spa")
    first = page.url

    await page.go_back()
    await arrived(page, place, "state of spa")
    assert page.url != first  # a fresh code


async def test_text_typed_into_one_form_survives_a_change_of_width(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await page.get_by_role("textbox", name="Username").fill("alice")
    await page.set_viewport_size({"width": 390, "height": 844})

    await expect(page.get_by_role("textbox", name="Username")).to_have_value("alice")
    await page.locator("label:visible", has_text="Password").locator("span").click()
    await page.keyboard.type("Sandbox-1")
    await page.keyboard.press("Enter")
    await arrived(page, place, "state of spa")


async def test_the_form_is_sent_once_however_often_the_button_is_pressed(
    place: Place, page: Page
) -> None:
    await page.goto(place.asking("spa"))
    await page.get_by_role("textbox", name="Username").fill("alice")
    await page.get_by_role("textbox", name="Password").fill("Sandbox-1")
    stopped = await page.evaluate(
        """() => {
          const stopped = [];
          addEventListener("submit", event => stopped.push(event.defaultPrevented));
          const shown = [...document.forms].find(form => form.getClientRects().length);
          shown.requestSubmit();
          shown.requestSubmit();
          return stopped;
        }"""
    )

    assert stopped == [False, True]
    await arrived(page, place, "state of spa")
    assert place.steps == ["authorize", "login", "login"]


async def test_a_script_in_the_login_hint_is_text(place: Place, page: Page) -> None:
    hint = '"><script>document.title="owned"</script><img src=x onerror=alert(1)>'
    await page.goto(place.asking("spa", login_hint=hint))

    await expect(page.get_by_role("textbox", name="Username")).to_have_value(hint)
    await expect(page).to_have_title("Signin")


async def test_pages_cannot_be_framed(place: Place, page: Page, watch: Watch) -> None:
    await page.goto(f"{place.app}/")
    await page.evaluate(
        "url => { const made = document.createElement('iframe'); made.src = url;"
        " document.body.append(made); return new Promise(done => made.onload = done); }",
        place.asking("spa"),
    )

    assert await page.frames[1].locator("form").count() == 0
    assert "frame-ancestors" in watch.complaints.pop()


async def test_the_sandbox_serves_its_pages_without_a_word_from_outside(
    place: Place, page: Page, watch: Watch
) -> None:
    await page.goto(place.asking("spa"))
    await page.wait_for_load_state("networkidle")

    assert {url.split("/")[2] for url in watch.requests} == {place.http.split("/")[2]}
