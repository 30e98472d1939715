"""`serve --recipe`: the world is bent from the first request on, the same way as in a window."""

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from sandbox_app.app.cli import main
from sandbox_app.app.sandbox import Sandbox
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.recipes.applying import apply
from sandbox_app.workbench.conditions.recipes.reading import load
from tests.conftest import DEMO_POOL
from tests.serving import ROOT, serving
from tests.visitor import Visitor

KEYS = f"/{DEMO_POOL}/.well-known/openid-configuration"
RECIPE = """
name: Dice
faults:
  - discovery → 503 with probability 30% seed 7
  - discovery → 429 with probability 20% seed 8
"""


async def test_the_same_seed_gives_the_same_sequence_in_the_window_and_headless(
    sandbox: Sandbox, visitor: Visitor, tmp_path: Path
) -> None:
    file = tmp_path / "dice.yaml"
    file.write_text(RECIPE)
    apply(sandbox.core, load(file))
    here = [(await visitor.get(KEYS)).status for _ in range(40)]

    with serving(tmp_path / "home", "--recipe", str(file)) as ready, requests.Session() as session:
        there = [session.get(f"{ready['http']}{KEYS}", timeout=10).status_code for _ in range(40)]

    assert here == there
    assert set(here) == {200, 429, 503}
    assert [fault.seen for fault in editing.listed(sandbox.core)] == [40, 40]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name: r\nfaults:\n- any → explode", "r.yaml:3: faults.1: at character 7: expected"),
        ("name: r\nclock: {skews: {nobody: 1m}}", "there is no app client “nobody”"),
    ],
)
def test_a_recipe_that_is_none_is_refused_before_anything_is_made(
    tmp_path: Path, text: str, reason: str
) -> None:
    file, workspace = tmp_path / "r.yaml", tmp_path / "w.sandbox"
    file.write_text(text)

    program = [sys.executable, "-m", "sandbox_app", "serve", "--workspace", str(workspace)]
    ended = subprocess.run(
        [*program, "--port", "0", "--tls-port", "0", "--recipe", str(file)],
        cwd=ROOT,
        env={"XDG_DATA_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ended.returncode, ended.stdout) == (2, "")
    assert reason in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert not workspace.exists()


def test_a_recipe_of_an_unknown_name_is_refused_with_those_there_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["serve", "--recipe", "flakey"])

    assert refused.value.code == 2
    assert "flaky-token-endpoint" in capsys.readouterr().err
