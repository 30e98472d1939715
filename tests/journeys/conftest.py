"""One real browser for all journeys, and for each of them a sandbox and an app to visit."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.tokens.keys import SigningKey
from tests.chromium import launch, trust
from tests.conftest import seed_demo
from tests.journeys.browsing import Place, Watch, serving_app


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the authority that the browser trusts."""
    return tmp_path_factory.mktemp("certificates")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(
    certificates: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Browser]:
    """Chromium, started once, trusting our authority and nothing else of ours."""
    home = tmp_path_factory.mktemp("home")
    opened = Sandbox(Settings(workspace=None), certificates)
    trust(home, opened.ca_certificate)
    await opened.close()
    async with async_playwright() as playwright:
        started = await launch(playwright, home)
        yield started
        await started.close()


@pytest.fixture(scope="session")
def seeded_today(
    tmp_path_factory: pytest.TempPathFactory, signing_keys: tuple[SigningKey, SigningKey]
) -> Path:
    """The folder of a demo workspace made just now, as a browser's clock has it; to be copied."""
    folder = tmp_path_factory.mktemp("seeded_today")
    seed_demo(folder, signing_keys)
    return folder


@pytest_asyncio.fixture(loop_scope="session")
async def place(tmp_path: Path, certificates: Path, seeded_today: Path) -> AsyncIterator[Place]:
    """The demo workspace over HTTP and HTTPS, and an app on another port of localhost."""
    shutil.copytree(seeded_today, tmp_path, dirs_exist_ok=True)
    settings = Settings(workspace=tmp_path / "demo.sandbox", port=0, tls_port=0)
    sandbox = Sandbox(settings, certificates)
    await sandbox.start()
    async with serving_app() as app:
        yield Place(sandbox, app)
    await sandbox.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser, watch: Watch) -> AsyncIterator[BrowserContext]:
    """A browser profile of its own, watched: nothing may be asked of another machine."""
    made = await browser.new_context()
    made.set_default_timeout(5000)
    watch.over(made)
    yield made
    await made.close()
    watch.finds_nothing_wrong()


@pytest.fixture
def watch() -> Watch:
    """What the browser asked for, and what it complained of."""
    return Watch()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    """The first tab."""
    return await context.new_page()
