"""What Chromium itself wrote down of a sign-in, beside what the sandbox recorded of it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.comparing.logins import align
from sandbox_app.workbench.live.importing.reading import ImportedArchive, read_archive
from sandbox_app.workbench.live.login import Login
from tests.journeys.browsing import Place
from tests.journeys.test_browser_demo import open_demo_and_sign_in, press

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def saved_by_chromium(place: Place, browser: Browser, path: Path, *, twice: bool) -> None:
    """Sign in at the demo app, and at another in a second tab, while the browser writes it down."""
    context = await browser.new_context(record_har_path=path)
    page = await context.new_page()
    await open_demo_and_sign_in(page, place.http)
    if twice:
        other = await context.new_page()
        await other.goto(place.asking("web"))
        await expect(other.get_by_role("heading", name="Back at the app")).to_be_visible()
    await press(page, "Call userInfo", '"email": "alice@example.com"')
    await context.close()


def logins(exchanges) -> list[Login]:
    book = TrafficBook()
    book.absorb(exchanges)
    return [login for login in book.logins if login.login_id]


def read(place: Place, path: Path) -> ImportedArchive:
    client = place.client("spa")
    return read_archive(path, {client.client_id: client.client_name})


async def test_a_browser_s_archive_compares_equal_with_what_was_recorded(
    place: Place, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "chromium.har"
    await saved_by_chromium(place, browser, path, twice=False)

    found = read(place, path)

    [ours], [theirs] = logins(it for it, _ in place.seen), logins(it for it, _ in found.recorded)
    assert theirs.outcome == "signed in"
    assert (theirs.client_name, theirs.username) == ("spa", "alice")
    details = {one.id: detail for one, detail in (*place.seen, *found.recorded)}
    steps = []
    for one, other in align(ours.exchanges, theirs.exchanges):
        assert one is not None
        assert other is not None
        steps.append(other.step)
        sections = compare_exchanges((one, details[one.id]), (other, details[other.id]))
        assert [row for section in sections for row in section.rows if row.matters] == []
    assert steps == ["authorize", "login", "login", "token", "userInfo"]
    assert "to other addresses left out." in found.notes[0]


async def test_two_tabs_are_two_logins(place: Place, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "chromium.har"
    place.lead_to_app("web")
    await saved_by_chromium(place, browser, path, twice=True)

    first, second = logins(it for it, _ in read(place, path).recorded)

    assert [it.step for it in first.exchanges][-2:] == ["token", "userInfo"]
    assert [it.step for it in second.exchanges] == ["authorize"]


async def test_a_password_in_an_archive_is_not_kept(
    place: Place, browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "chromium.har"
    await saved_by_chromium(place, browser, path, twice=False)
    assert "Sandbox-1" in path.read_text()

    found = read(place, path)

    assert "Sandbox-1" not in repr(found)
