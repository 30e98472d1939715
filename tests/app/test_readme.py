"""What README.md shows is what the program does."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sandbox_app.app import headless
from sandbox_app.app.cli import main
from sandbox_app.app.settings import Settings
from tests.app.conftest import ROOT
from tests.app.test_serve import SCHEMA

README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    shlex.split(line, comments=True)[1:]
    for block in re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line.startswith("userpool-sandbox ")
]


def block(language: str, *, with_: str) -> str:
    """The block of code that holds a text."""
    blocks = re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    (found,) = (text for text in blocks if with_ in text)
    return str(found)


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Settings]]:
    """What `serve` was asked to do, without doing it."""
    asked: list[Settings] = []
    monkeypatch.setattr(headless, "run", lambda settings: asked.append(settings) or 0)
    yield asked
    assert len(asked) == 1


def test_its_commands_can_be_typed_one_after_the_other(
    home: Path, served: list[Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    assert {command[0] for command in COMMANDS} >= {"serve", "seed", "export", "ca", "doctor"}
    (home / "team.yaml").write_text(block("yaml", with_="UserPoolName: team"), encoding="utf-8")

    for command in COMMANDS:
        # Whether ports are free is this machine's business.
        fine = (0, 1) if command[0] == "doctor" else (0,)
        assert main(command) in fine, command

    assert capsys.readouterr().err == ""
    assert "Id: us-east-1_Team00001" in (home / "exported.yaml").read_text(encoding="utf-8")


def test_its_template_makes_the_same_pool_after_an_export(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "team.yaml").write_text(block("yaml", with_="UserPoolName: team"), encoding="utf-8")
    assert main(["seed", "team.yaml", "--workspace", "a.sandbox"]) == 0
    assert main(["export", "--workspace", "a.sandbox", "-o", "exported.yaml"]) == 0
    assert main(["seed", "exported.yaml", "--workspace", "b.sandbox"]) == 0

    out, err = capsys.readouterr()
    assert err == ""
    assert out.count("teamweb: created") == 2


def test_its_table_lists_every_event_with_its_members() -> None:
    rows = re.findall(r"^\| `(\w+)` \|(.*)\|$", README, re.MULTILINE)
    told = {name: set(re.findall(r"`(\w+)`", members)) for name, members in rows}

    assert {name: told.get(name) for name in SCHEMA} == {
        name: set(members) for name, members in SCHEMA.items()
    }


def test_the_options_it_names_exist(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("", "serve", "seed", "export", "ca", "doctor"):
        with pytest.raises(SystemExit):
            main([*command.split(), "--help"])
    bench = [sys.executable, ROOT / "tests" / "bench" / "run.py", "--help"]
    told = subprocess.run(bench, capture_output=True, text=True, check=True).stdout
    known = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out + told))
    others = {"--require-hashes", "--no-deps", "--help"}

    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert named - others - known == set()
