"""`serve` runs where only `packaging/headless.lock` is installed: no Qt, and nothing unlisted."""

import json
import re
import signal
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.app.conftest import ROOT, Served, start

SERVE_AS_LOCKED = """
import atexit, json, pathlib, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in UNLISTED:
            raise ModuleNotFoundError(f"{name} is not installed here")

# What the environment itself imports before any program is not the program's doing.
BEFORE = set(sys.modules)
UNLISTED = set(json.loads(pathlib.Path("unlisted.json").read_text()))
sys.meta_path.insert(0, Missing())
told = pathlib.Path("modules.json")
atexit.register(lambda: told.write_text(json.dumps(sorted(set(sys.modules) - BEFORE))))

from sandbox_app.app.cli import main
sys.exit(main())
"""
"""Everything that the lock does not install is as good as not installed."""

FULL = ("serve", "--workspace", "w.sandbox", "--port", "0", "--tls-port", "0", "--name", "box.test")


def locked() -> set[str]:
    """The packages of the headless lock, by normal name."""
    lines = (ROOT / "packaging" / "headless.lock").read_text().splitlines()
    return {normal(line.partition("==")[0]) for line in lines if "==" in line}


def unlisted() -> set[str]:
    """Top-level modules of installed packages that are not in the lock."""
    return {
        top
        for top, distributions in packages_distributions().items()
        if top not in sys.stdlib_module_names
        and top != "sandbox_app"
        and not {normal(each) for each in distributions} & locked()
    }


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """All that was imported by a `serve` that signed somebody in and shut down."""
    folder = tmp_path_factory.mktemp("without-qt")
    (folder / "unlisted.json").write_text(json.dumps(sorted(unlisted())))
    running = start(folder, *FULL, python=("-c", SERVE_AS_LOCKED))
    try:
        visit(running)
        assert running.end(signal.SIGTERM) == (0, "")
    finally:
        running.discard()
    return set(json.loads((folder / "modules.json").read_text()))


def visit(running: Served) -> None:
    """One request of each kind, so that whatever is imported late is imported."""
    import requests

    base = running.ready["http"]
    pool = running.ready["pools"][0]
    spa = pool["clients"][0]["id"]
    form = f"{base}/login?response_type=code&client_id={spa}&redirect_uri={base}/_demo/callback"
    with requests.Session() as session:
        assert session.get(form, timeout=5).status_code == 200
        fields = {"_csrf": session.cookies["sandbox-csrf"], "username": "alice"}
        fields["password"] = "Sandbox-1"
        back = session.post(form, fields, timeout=5, allow_redirects=False)
        assert "code=" in back.headers["Location"]
        assert session.get(f"{base}/_demo/settings.json", timeout=5).status_code == 200
        jwks = session.get(f"{base}/{pool['id']}/.well-known/jwks.json", timeout=30)
        assert len(jwks.json()["keys"]) == 2
        secure = running.ready["https"]
        authority = running.ready["ca_certificate"]
        health = session.get(f"{secure}/_sandbox/health", verify=authority, timeout=5)
        assert health.status_code == 200


def test_serve_imports_neither_qt_nor_the_window(modules: set[str]) -> None:
    tops = {name.partition(".")[0] for name in modules}

    assert "sandbox_app" in tops
    assert tops & {"PySide6", "shiboken6", "qasync"} == set()
    assert not any(name.startswith("sandbox_app.gui") for name in modules)
    assert "sandbox_app.app.desktop" not in modules


def test_serve_imports_only_what_the_headless_lock_installs(modules: set[str]) -> None:
    tops = {name.partition(".")[0] for name in modules}

    assert {"aiohttp", "jinja2", "peewee", "yaml", "botocore", "cryptography"} <= tops
    assert tops & unlisted() == set()
    assert {"PySide6", "qasync", "requests", "pytest"} <= unlisted(), "there was something to miss"


def test_the_headless_lock_has_no_qt_and_a_hash_for_every_package() -> None:
    text = (ROOT / "packaging" / "headless.lock").read_text()

    assert {name for name in locked() if "pyside" in name or "qasync" in name} == set()
    assert {"aiohttp", "peewee"} <= locked()
    packages = re.split(r"(?m)^(?=[a-z])", text, flags=re.IGNORECASE)[1:]
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in text
