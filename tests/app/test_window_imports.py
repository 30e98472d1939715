"""The window stands before anything is imported that only later use needs."""

import subprocess
import sys

from tests.app.conftest import ROOT

LATER = ("botocore", "yaml", "sandbox_app.gui.pools.place", "sandbox_app.gui.templates", "aiohttp")


def test_what_only_later_use_needs_is_imported_later() -> None:
    lines = "import sandbox_app.app.desktop, sys; print(*sys.modules, sep='\\n')"

    told = subprocess.run(
        [sys.executable, "-c", lines], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert [name for name in LATER if name in told.stdout.split()] == []
