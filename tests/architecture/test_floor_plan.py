"""The floor plan: which room may know which, which library belongs where, and tidy modules."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sandbox_app"
MODULES = sorted(PACKAGE.rglob("*.py"))

BELOW_OPERATIONS = {"domain", "factors", "tokens", "store"}
BELOW_FLOWS = BELOW_OPERATIONS | {"operations", "saml"}
BELOW_WORKBENCH = BELOW_FLOWS | {"flows", "idps"}

MAY_KNOW: dict[str, set[str]] = {
    "domain": set(),
    "factors": {"domain"},
    "tokens": {"domain"},
    "saml": {"domain"},
    "store": {"domain"},
    "operations": BELOW_OPERATIONS,
    "flows": BELOW_FLOWS,
    "idps": {"domain", "tokens", "saml"},
    "workbench": BELOW_WORKBENCH,
    "server": BELOW_WORKBENCH | {"workbench"},
    "gui": {"domain", "operations", "workbench"},
}
"""Rooms may know the rooms below them; `app` wires them all and may know everything."""

ABOVE_ALL = {"app", "testing"}
"""`testing` hands a whole sandbox to a test, so like `app` it knows all rooms; none knows it."""

LIBRARIES: dict[str, set[str]] = {
    "domain": set(),
    "factors": {"cryptography", "pyotp", "fido2"},
    "tokens": {"jwcrypto", "cryptography"},
    "saml": {"lxml", "signxml"},
    "store": {"peewee", "playhouse"},
    "operations": {"botocore", "regex"},
    "flows": set(),
    "idps": set(),
    "workbench": {"yaml"},
    # The server makes its own certificates, Jinja2 hands templates its safe strings, and aiohttp's
    # client takes addresses and headers as objects of its two sister libraries.
    "server": {"aiohttp", "jinja2", "markupsafe", "cryptography", "yarl", "multidict"},
    "gui": {"PySide6", "shiboken6"},
    "app": {"qasync", "aiohttp", "PySide6", "platformdirs"},
    "testing": {"aiohttp", "pytest"},
}

CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "time.time", "time.sleep"}


def room_of(module: Path) -> str:
    parts = module.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else "app"


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def imported(module: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            assert node.module is not None
            if node.module == "sandbox_app":
                yield from (f"sandbox_app.{alias.name}" for alias in node.names)
            else:
                yield node.module


def shown(module: Path) -> str:
    return str(module.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=shown)
def test_a_room_knows_only_the_rooms_below_it(module: Path) -> None:
    room = room_of(module)
    known = {
        name.split(".")[1]
        for name in imported(module)
        if name.startswith("sandbox_app.") and not name.endswith("__version__")
    }

    if room not in ABOVE_ALL:
        assert known <= MAY_KNOW[room] | {room}
    if room != "testing":
        assert "testing" not in known
    else:
        assert "gui" not in known, "Qt stays away from other people's suites"


@pytest.mark.parametrize("module", MODULES, ids=shown)
def test_a_library_stays_in_its_room(module: Path) -> None:
    outside = {name.split(".")[0] for name in imported(module)} - {"sandbox_app"}

    assert outside - sys.stdlib_module_names <= LIBRARIES[room_of(module)]


@pytest.mark.parametrize("module", MODULES, ids=shown)
def test_a_module_says_what_it_owns(module: Path) -> None:
    assert ast.get_docstring(tree_of(module))
    assert module.stem not in {"utils", "util", "helpers", "misc", "common"}


@pytest.mark.parametrize("module", MODULES, ids=shown)
def test_the_time_comes_from_the_injected_clock(module: Path) -> None:
    if module == PACKAGE / "domain" / "clock.py":
        return
    calls = {
        ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)
    }

    assert not calls & CLOCKS


@pytest.mark.parametrize("module", ["flows", "operations", "domain", "tokens", "factors"])
def test_the_protocol_rooms_do_no_waiting_of_their_own(module: str) -> None:
    for file in (PACKAGE / module).rglob("*.py"):
        names = {name.split(".")[0] for name in imported(file)}
        assert not names & {"asyncio", "threading", "socket", "concurrent"}, shown(file)


def test_everything_but_the_window_runs_without_qt() -> None:
    program = (
        "import sys, sandbox_app.app.cli, sandbox_app.app.headless, sandbox_app.app.seeding\n"
        "import sandbox_app.testing.plugin, sandbox_app.testing.sandbox\n"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'qasync'))])"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.strip() == "[]"


def test_packaging_is_a_folder_and_no_package() -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()


def test_the_top_level_holds_the_fixed_six_and_the_licence() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    top = {name.partition("/")[0] for name in tracked if not name.startswith(".")}

    assert top == {
        "LICENSE",
        "README.md",
        "packaging",
        "pyproject.toml",
        "resources",
        "sandbox_app",
        "tests",
    }


@pytest.mark.parametrize("name", ["app", "dev", "headless"])
def test_a_lock_names_hashes_and_no_host(name: str) -> None:
    text = (ROOT / "packaging" / f"{name}.lock").read_text(encoding="utf-8")

    assert "://" not in text
    packages = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    assert len(packages) <= text.count("--hash=sha256:")
    assert len(packages) > 15


def test_the_locks_cover_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    program = {_name(item) for item in project["project"]["dependencies"]}
    tools = {_name(item) for item in project["dependency-groups"]["dev"]}

    assert program <= _locked("app")
    assert program | tools <= _locked("dev")
    assert program - {"pyside6-essentials", "qasync"} <= _locked("headless")


def test_the_headless_lock_holds_no_qt() -> None:
    assert not {"pyside6-essentials", "shiboken6", "qasync"} & _locked("headless")


def _name(requirement: str) -> str:
    found = re.match(r"[\w.-]+", requirement)
    assert found is not None
    return found[0].lower()


def _locked(name: str) -> set[str]:
    text = (ROOT / "packaging" / f"{name}.lock").read_text(encoding="utf-8")
    return {found.lower() for found in re.findall(r"^([\w.-]+)==", text, re.MULTILINE)}


def test_no_widget_hangs_a_lambda_on_the_theme() -> None:
    """The theme outlives every widget, and Qt lets go of a method with its widget, not of this."""
    hung = [
        shown(module)
        for module in (PACKAGE / "gui").rglob("*.py")
        if re.search(r"theme\.changed\.connect\(\s*(lambda|partial)", module.read_text("utf-8"))
    ]

    assert hung == []
