"""Chromium for tests: where it is, how it is started, and whom it trusts."""

import os
import shutil
import subprocess
from pathlib import Path

from playwright.async_api import Browser, Page, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
)


def executable() -> str:
    """The system's Chromium; Playwright's own build is not needed."""
    usual = Path("/usr/bin/chromium")
    found = str(usual) if usual.exists() else shutil.which("chromium") or shutil.which("chrome")
    assert found is not None, "Chromium is missing; install it with: apt-get install chromium"
    return found


async def launch(playwright: Playwright, home: Path) -> Browser:
    """A browser whose home, and so whose trust, is the folder given."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    return await playwright.chromium.launch(
        executable_path=executable(), args=[*ARGUMENTS], env={**kept, "HOME": str(home)}
    )


def trust(home: Path, authority: Path) -> None:
    """Make browsers with this home trust a certificate authority, as its owner would."""
    database = home / ".pki" / "nssdb"
    database.mkdir(parents=True)
    certutil = ["certutil", "-d", f"sql:{database}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True)
    into = ["-A", "-t", "C,,", "-n", "userpool-sandbox", "-i", str(authority)]
    subprocess.run([*certutil, *into], check=True)


async def sign_in(page: Page, username: str = "alice", password: str = "Sandbox-1") -> None:
    """Fill the sign-in page in as a person does and send it."""
    await page.get_by_role("textbox", name="Username").fill(username)
    await page.get_by_role("textbox", name="Password").fill(password)
    await page.get_by_role("button", name="Sign in").click()
