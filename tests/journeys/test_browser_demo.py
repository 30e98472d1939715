"""The demo app in a real browser: the first thing a newcomer does (contract oidc 4-9)."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from sandbox_app.operations.user_pool_clients import delete_user_pool_client
from sandbox_app.workbench.sign_in_as import start_sign_in_as
from tests.chromium import sign_in
from tests.journeys.browsing import Place, Watch

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def open_demo_and_sign_in(page: Page, origin: str) -> None:
    await page.goto(f"{origin}/_demo/")
    await page.get_by_role("button", name="Sign in").click()
    await sign_in(page)
    await expect(page.get_by_role("heading", name="Signed in as alice")).to_be_visible()


async def press(page: Page, button: str, said: str) -> None:
    """Press a button of the demo app and wait for what it says it did."""
    await page.get_by_role("button", name=button, exact=True).click()
    await expect(page.get_by_role("list").get_by_text(said)).to_be_visible()


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_newcomer_signs_in_and_uses_every_button(
    place: Place, page: Page, scheme: str
) -> None:
    origin = place.http if scheme == "http" else place.https
    await open_demo_and_sign_in(page, origin)

    for token in ("ID token", "Access token", "Refresh token"):
        await expect(page.get_by_role("heading", name=token, exact=True)).to_be_visible()
    pool = place.client("spa").user_pool_id
    issuer = page.get_by_role("row", name="iss").first
    await expect(issuer).to_contain_text(f"{origin}/{pool}")
    await press(page, "Call userInfo", '"email": "alice@example.com"')
    await press(page, "Refresh", "The app refreshed its tokens")
    await press(page, "Machine-to-machine", "The back end got a token for m2m")
    await expect(page.get_by_role("heading", name="Machine's access token")).to_be_visible()
    # The back end asks on its own, over plain HTTP.
    machines = page.get_by_role("row", name="iss").last
    await expect(machines).to_contain_text(f"{place.http}/{pool}")
    await press(page, "Revoke", "POST /oauth2/revoke → 200")
    await page.get_by_role("button", name="Refresh", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("invalid_grant")

    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    assert page.url == f"{origin}/_demo/"
    assert place.steps == [
        *("authorize", "login", "login", "token"),
        *("userInfo", "token", "token", "revoke", "token"),
        "logout",
    ]


async def test_what_one_scheme_leaves_in_the_browser_does_not_lock_the_other_out(
    place: Place, page: Page
) -> None:
    # Chromium keeps one set of cookies for localhost; those from https are Secure.
    for origin in (place.https, place.http):
        await open_demo_and_sign_in(page, origin)
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    assert place.refusals == []


async def test_the_demo_app_runs_on_the_pools_own_host_over_https(place: Place, page: Page) -> None:
    origin = place.https.replace("localhost", "demo.auth.localhost")
    await open_demo_and_sign_in(page, origin)

    # A token names an issuer that programs can resolve (deviation "issuer").
    issuer = page.get_by_role("row", name="iss").first
    await expect(issuer).to_contain_text(f"{place.https}/")
    await press(page, "Call userInfo", '"email": "alice@example.com"')
    await press(page, "Machine-to-machine", "The back end got a token for m2m")
    await page.get_by_role("button", name="Sign out").click()
    await page.wait_for_url(f"{origin}/_demo/")
    await expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()


async def test_where_the_pool_allows_no_callback_the_demo_app_says_so(
    place: Place, page: Page
) -> None:
    origin = place.http.replace("localhost", "demo.auth.localhost")
    await page.goto(f"{origin}/_demo/")

    await expect(page.get_by_role("alert")).to_contain_text(f"cannot run on {origin}")
    await expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


async def test_a_workspace_without_a_client_for_it_says_so(place: Place, page: Page) -> None:
    request = {"UserPoolId": place.client("spa").user_pool_id}
    for name in ("spa", "m2m"):
        client = {**request, "ClientId": place.client(name).client_id}
        delete_user_pool_client(place.sandbox.core, client)
    await page.goto(f"{place.http}/_demo/")

    await expect(page.get_by_role("alert")).to_contain_text("no client marked for the demo app")


async def test_without_scripts_the_demo_app_says_what_it_needs(
    place: Place, browser: Browser
) -> None:
    plain = await browser.new_context(java_script_enabled=False)
    page = await plain.new_page()
    await page.goto(f"{place.http}/_demo/")

    await expect(page.locator("noscript p")).to_contain_text("needs JavaScript")
    await plain.close()


async def test_the_demo_app_runs_on_the_loopback_address_too(place: Place, page: Page) -> None:
    await open_demo_and_sign_in(page, place.http.replace("localhost", "127.0.0.1"))


async def test_going_back_after_a_sign_in_leaves_the_tab_signed_in(
    place: Place, page: Page
) -> None:
    await open_demo_and_sign_in(page, place.http)
    await page.go_back()
    await page.wait_for_url(re.compile("/_demo/$"))

    await expect(page.get_by_role("heading", name="Signed in as alice")).to_be_visible()
    await expect(page.get_by_role("alert")).to_be_hidden()


async def test_a_sign_in_that_another_tab_began_is_thrown_away(place: Place, page: Page) -> None:
    await page.goto(f"{place.http}/_demo/callback?code=planted&state=planted")

    await expect(page.get_by_role("alert")).to_contain_text("thrown away (state)")
    await expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    assert place.steps == []


async def test_an_error_from_the_pool_is_shown_as_text(place: Place, page: Page) -> None:
    words = "error=invalid_request&error_description=%3Cimg%20src%3Dx%3E"
    await page.goto(f"{place.http}/_demo/callback?{words}")

    await expect(page.get_by_role("alert")).to_contain_text("invalid_request (<img src=x>)")
    await expect(page.locator("img")).to_have_count(0)


@pytest.mark.parametrize("options", ["{mode: 'no-cors'}", "{headers: {'X-Demo': '1'}}"])
async def test_another_sites_script_gets_no_machine_token(
    place: Place, page: Page, options: str
) -> None:
    await page.goto(f"{place.app}/")
    ask = f"url => fetch(url, {{method: 'POST', ...{options}}}).then(it => it.status, () => 0)"

    assert await page.evaluate(ask, f"{place.http}/_demo/machine-to-machine") == 0
    assert place.steps == []


async def test_tokens_stay_in_the_tab_and_out_of_every_address(
    place: Place, page: Page, watch: Watch
) -> None:
    await open_demo_and_sign_in(page, place.http)
    tokens = await page.evaluate("JSON.parse(sessionStorage.getItem('tokens'))")

    assert {"id_token", "access_token", "refresh_token"} <= set(tokens)
    assert not any(tokens["access_token"] in url for url in watch.requests)
    assert await page.evaluate("document.cookie + Object.keys(localStorage)") == ""


async def test_a_link_of_the_window_signs_alice_in_without_a_password(
    place: Place, page: Page, watch: Watch
) -> None:
    core, spa = place.sandbox.core, place.client("spa")
    pool = core.store.pools.get(spa.user_pool_id)
    assert pool is not None
    url = start_sign_in_as(core, pool, spa, place.user("alice"), place.http, target="login page")
    await page.goto(url)

    await expect(page.get_by_role("heading", name="Signed in as alice")).to_be_visible()
    await expect(page.get_by_role("heading", name="ID token", exact=True)).to_be_visible()
    assert page.url == f"{place.http}/_demo/"
    assert place.steps == ["sign in as", "authorize", "token"]
    assert len({exchange.login_id for exchange, _ in place.seen}) == 1

    await page.goto(url)
    await expect(page.get_by_role("heading", name="Nobody was signed in")).to_be_visible()
