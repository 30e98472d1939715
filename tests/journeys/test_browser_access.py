"""Every page can be read and used by everyone: names, labels, language, contrast, width."""

import pytest
from playwright.async_api import Page

from tests.chromium import sign_in
from tests.journeys.browsing import Place

pytestmark = pytest.mark.asyncio(loop_scope="session")

FAULTS = """() => {
  const faults = [];
  const visible = each => each.getClientRects().length > 0;
  const all = selector => [...document.querySelectorAll(selector)].filter(visible);
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  if (all('h1').length !== 1) faults.push(`${all('h1').length} main headings`);
  if (all('main').length !== 1) faults.push(`${all('main').length} main regions`);
  for (const field of all('input:not([type=hidden]):not([type=submit])')) {
    const label = [...field.labels].find(visible);
    if (!label?.textContent.trim()) faults.push(`no label: ${field.name}`);
  }
  for (const each of all('button, a[href], input[type=submit]')) {
    if (!(each.textContent.trim() || each.value)) faults.push(`no name: ${each.outerHTML}`);
    const box = each.getBoundingClientRect();
    if (each.tagName !== 'A' && box.height < 24) faults.push(`too small: ${each.outerHTML}`);
  }
  for (const each of all('img:not([alt])')) faults.push(`no alternative: ${each.outerHTML}`);
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) faults.push('scrolls sideways');

  const channels = text => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = each => {
    for (let at = each; at; at = at.parentElement) {
      const [r, g, b, a = 1] = channels(getComputedStyle(at).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
  };
  for (const each of all('body *')) {
    const own = [...each.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own && each.type !== 'submit') continue;
    if (each.disabled) continue;
    const [a, b] = [light(channels(getComputedStyle(each).color)), light(ground(each))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(2)}: ${each.outerHTML.slice(0, 80)}`);
  }
  return faults;
}"""


async def reach(page: Page, place: Place, name: str) -> None:
    """Go to a page by its name."""
    if name.startswith("demo"):
        await page.goto(f"{place.http}/_demo/")
        if name == "demo, signed in":
            await page.get_by_role("button", name="Sign in").click()
            await sign_in(page)
            await page.get_by_role("button", name="Machine-to-machine").click()
            await page.get_by_role("heading", name="Machine's access token").wait_for()
        await page.get_by_role("button").first.wait_for()
    elif name == "error":
        await page.goto(f"{place.http}/error?error=Invalid%20state%20{'x' * 190}")
    else:
        await page.goto(place.asking("spa"))
        if name == "wrong password":
            await sign_in(page, "alice", "wrong")
        elif name == "notice":
            await sign_in(page, "carol")


@pytest.mark.parametrize(
    "name", ["login", "wrong password", "notice", "error", "demo", "demo, signed in"]
)
async def test_every_page_can_be_read_and_used(place: Place, page: Page, name: str) -> None:
    await reach(page, place, name)
    faults = {}
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width in (1280, 390):
            await page.set_viewport_size({"width": width, "height": 800})
            if found := await page.evaluate(FAULTS):
                faults[scheme, width] = found
    assert faults == {}


async def test_the_keyboard_alone_signs_in(place: Place, page: Page) -> None:
    await page.goto(place.asking("spa"))
    for typed in ("alice", "Sandbox-1"):
        await page.keyboard.press("Tab")
        await page.keyboard.type(typed)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await page.wait_for_url(f"{place.app}/callback?*")
