"""Every example in the documentation on testing runs as it is printed."""

import json
import os
import re
import subprocess
import sys
from typing import Any

import pytest

from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.table import routes
from tests.serving import ROOT, serving

PAGE = (ROOT / "resources" / "help" / "testing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
SECTION = README.partition("\n## In your tests\n")[2].partition("\n## ")[0]


def blocks(language: str, text: str) -> list[str]:
    """The blocks of code in that language, in their order."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest says of all examples in Python, each a file of its own."""
    folder = tmp_path_factory.mktemp("examples")
    [template] = blocks("yaml", PAGE)
    (folder / "team.yaml").write_text(template, encoding="utf-8")
    for number, block in enumerate([*blocks("python", PAGE), *blocks("python", SECTION)]):
        (folder / f"test_example_{number}.py").write_text(block, encoding="utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider"),
            *("-p", "sandbox_app.testing.plugin", "--strict-markers", "-rA"),
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


def test_every_example_in_python_passes(told: str) -> None:
    printed = len(re.findall(r"^(?:    )?def test_", PAGE + SECTION, re.MULTILINE))

    assert printed > 10
    assert re.search(rf"^=+ {printed} passed in ", told, re.MULTILINE), told


def test_the_readme_has_an_example() -> None:
    assert len(blocks("python", SECTION)) == 1


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What the examples for the shell print, line by line, against a running `serve`."""
    folder = tmp_path_factory.mktemp("shell")
    with serving(folder, "--ready-file", str(folder / "ready.json")) as ready:
        assert ready["event"] == "ready"
        script = "\n".join(["set -e", *blocks("sh", PAGE)])
        done = subprocess.run(
            # Each answer on a line of its own.
            ["bash", "-c", script.replace("curl -fsS ", "curl -fsS -w '\\n' ")],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "control.header").stat().st_mode & 0o777 == 0o600
    assert "paths" in json.loads((folder / "openapi.json").read_text(encoding="utf-8"))
    return [json.loads(line) for line in done.stdout.splitlines() if line]


def test_every_example_for_the_shell_is_answered(printed: list[Any]) -> None:
    calls = len(re.findall(r"^ask '?/", PAGE, re.MULTILINE))

    # The document is written to a file, not printed.
    assert len(printed) == calls - 1 > 12
    assert all("error" not in answer for answer in printed)


def test_the_examples_do_what_they_say(printed: list[Any]) -> None:
    clock, again, fault, recipe, bent, normal, tokens, pools, logins, *_ = printed

    assert round(again["ahead"]) == round(clock["ahead"]) == 3599
    assert fault["sentence"] == "POST /oauth2/token → 503 every 3rd"
    assert [each["part"] for each in recipe["deviations"]] == ["clock", "faults"]
    assert bent == recipe
    assert normal == {"deviations": []}
    assert tokens["claims"]["id"]["email"] == "alice@example.com"
    assert pools["UserPools"][0]["Name"] == "demo"
    assert logins == {"logins": []}


def test_every_address_in_the_examples_is_a_route() -> None:
    known = {
        re.sub(r"\{\w+\}", "x", route.path.removeprefix("/_sandbox/"))
        for route in routes(EventStream(None))  # type: ignore[arg-type]
    }
    named = re.findall(r"""(?:^ask '?|"\$control)/([\w/.-]+)""", PAGE, re.MULTILINE)
    shaped = {re.sub(r"^(operations/)\w+|^(snapshots/)\w+(?=/)", r"\1\2x", path) for path in named}

    assert len(shaped) > 12
    assert shaped <= known
