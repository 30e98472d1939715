"""The pytest plugin in a project of its own, as installed, in a process of its own."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]

SEED = """
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Properties: {UserPoolName: NAME}
"""

PROJECT = {
    "pytest.ini": """
        [pytest]
        sandbox_seed = seeds/ini.yaml
    """,
    "seeds/ini.yaml": SEED.replace("NAME", "from-ini"),
    "seeds/marked.yaml": SEED.replace("NAME", "from-mark"),
    "seeds/test_seeds.py": """
        from pathlib import Path
        import pytest

        INI = Path(__file__).with_name("ini.yaml")
        TEXT = INI.read_text().replace("from-ini", "from-text")

        def name_of(sandbox):
            [pool] = sandbox.operations("ListUserPools", MaxResults=10)["UserPools"]
            return pool["Name"]

        def test_ini(sandbox):
            assert name_of(sandbox) == "from-ini"

        @pytest.mark.sandbox(seed="marked.yaml")
        def test_mark(sandbox):
            assert name_of(sandbox) == "from-mark"

        @pytest.mark.sandbox(seed=TEXT)
        def test_text(sandbox):
            assert name_of(sandbox) == "from-text"

        @pytest.mark.sandbox(seed="nowhere.yaml")
        def test_missing(sandbox):
            pass

        class TestOverride:
            @pytest.fixture
            def sandbox_seed(self):
                return TEXT

            def test_fixture(self, sandbox, make_sandbox):
                assert name_of(sandbox) == name_of(make_sandbox()) == "from-text"
    """,
    "demo/conftest.py": """
        import pytest

        @pytest.fixture
        def sandbox_seed():
            return None
    """,
    "demo/test_login.py": """
        import sys
        import pytest
        from sandbox_app.testing import SignInRefused

        @pytest.mark.parametrize("turn", [1, 2])
        def test_sign_in(sandbox, turn):
            # The first turn deletes her.
            tokens = sandbox.sign_in("alice", client="web")
            assert tokens.claims["iss"] == sandbox.issuer
            sandbox.operations("AdminDeleteUser", Username="alice")
            with pytest.raises(SignInRefused):
                sandbox.sign_in("alice", client="web")
            assert sandbox.logins[-1].why.rule == "HU-4.1-5"

        def test_several(make_sandbox):
            one, two = make_sandbox(), make_sandbox(https=True)
            one.clock.advance("1d")
            assert one.clock.now > two.clock.now
            assert two.https

        def test_no_qt(sandbox):
            assert not [name for name in sys.modules if name.startswith(("PySide6", "qasync"))]

        def test_start_page(sandbox):
            try:
                sandbox.sign_in("alice", client="web", redirect_uri="http://localhost:3000/")
            except SignInRefused:
                pass
            assert False, "the app did not show its start page"
    """,
    "own/conftest.py": """
        import pytest

        @pytest.fixture
        def sandbox():
            return "a box with sand"
    """,
    "own/test_own.py": """
        def test_own(sandbox):
            assert sandbox == "a box with sand"

        def test_own_failing(sandbox):
            assert False
    """,
}
"""A project that uses the plugin in every way; one run of it serves many tests here."""


def run(folder: Path, files: dict[str, str]) -> str:
    """What pytest says of such a project; every warning is an error."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(dedent(text))
    program = [sys.executable, "-W", "error", "-m", "pytest", "-p", "no:cacheprovider", "-rA"]
    surroundings = {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(
        [*program, "-p", "sandbox_app.testing.plugin", "--strict-markers"],
        cwd=folder,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What pytest said of the project."""
    return run(tmp_path_factory.mktemp("project"), PROJECT)


def outcomes(told: str) -> dict[str, str]:
    """By test, how it ended."""
    found = re.findall(r"^(PASSED|FAILED|ERROR) \S+?::(\S+)", told, re.MULTILINE)
    return {name: ended for ended, name in found}


def test_the_plugin_is_what_the_distribution_announces() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["entry-points"]["pytest11"] == {"userpool_sandbox": "sandbox_app.testing.plugin"}


def test_each_test_gets_a_pool_of_its_own(told: str) -> None:
    ended = outcomes(told)

    assert ended["test_sign_in[1]"] == ended["test_sign_in[2]"] == "PASSED", told
    assert ended["test_several"] == "PASSED", told


@pytest.mark.parametrize(
    "way", ["test_ini", "test_mark", "test_text", "TestOverride::test_fixture"]
)
def test_the_seed_is_told_by_ini_file_mark_or_fixture(told: str, way: str) -> None:
    assert outcomes(told)[way] == "PASSED", told


def test_a_missing_seed_is_one_sentence(told: str) -> None:
    assert outcomes(told)["test_missing"] == "ERROR"
    assert "FileNotFoundError: there is no seed nowhere.yaml" in told


def test_a_failed_test_is_told_why_its_login_was_refused(told: str) -> None:
    assert outcomes(told)["test_start_page"] == "FAILED"
    section = told.partition("Refused by the user pool")[2]
    assert "AZ-4: redirect_uri must be one of the client's callback URLs" in section
    assert "sent:         http://localhost:3000/" in section


def test_a_sandbox_brings_no_qt_along(told: str) -> None:
    assert outcomes(told)["test_no_qt"] == "PASSED", told


def test_a_fixture_of_the_same_name_wins(told: str) -> None:
    ended = outcomes(told)

    assert (ended["test_own"], ended["test_own_failing"]) == ("PASSED", "FAILED")
    assert "INTERNALERROR" not in told


def test_a_suite_without_sandboxes_pays_nothing(tmp_path: Path) -> None:
    other = """
        import sys

        def test_nothing_is_imported():
            ours = {name for name in sys.modules if name.startswith("sandbox_app")}
            assert ours == {"sandbox_app", "sandbox_app.testing", "sandbox_app.testing.plugin"}
            assert not {"aiohttp", "botocore", "PySide6", "yaml", "peewee"} & set(sys.modules)
    """
    told = run(tmp_path, {"test_other.py": other})
    assert outcomes(told) == {"test_nothing_is_imported": "PASSED"}, told
