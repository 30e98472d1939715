"""The pytest plugin: a fixture `sandbox`, and the Why of refused logins beside a failed test.

It comes with the installed package and imports nothing before a test asks for a sandbox.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from sandbox_app.testing.sandbox import Sandbox

_MARK = (
    "sandbox(seed=None, parameters=None, https=False, password=…): "
    "what the fixture `sandbox` of this test is made of; files are relative to the test's folder"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option in the ini file."""
    help_text = "templates that the fixture `sandbox` starts with, relative to this file"
    parser.addini("sandbox_seed", help_text, type="paths", default=[])


def pytest_configure(config: pytest.Config) -> None:
    """The mark."""
    config.addinivalue_line("markers", _MARK)


@pytest.fixture
def sandbox_seed(pytestconfig: pytest.Config) -> Any:
    """What a sandbox starts with: the ini option, or the demo; override it for something else."""
    return pytestconfig.getini("sandbox_seed") or None


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, sandbox_seed: Any) -> Iterator["Sandbox"]:
    """A user pool of the test's own, serving over HTTP on free ports."""
    from sandbox_app.testing.sandbox import Sandbox

    wanted: dict[str, Any] = {"seed": sandbox_seed}
    if (mark := request.node.get_closest_marker("sandbox")) is not None:
        wanted.update(mark.kwargs)
        if "seed" in mark.kwargs:
            wanted["seed"] = _beside(request.path.parent, mark.kwargs["seed"])
    with Sandbox(**wanted) as opened:
        yield opened


@pytest.fixture
def make_sandbox(sandbox_seed: Any) -> Iterator[Callable[..., "Sandbox"]]:
    """Makes further sandboxes, as many as wanted; each has its own clock, faults and users."""
    from sandbox_app.testing.sandbox import Sandbox

    with ExitStack() as stack:

        def make(**wanted: Any) -> Sandbox:
            return stack.enter_context(Sandbox(**{"seed": sandbox_seed, **wanted}))

        yield make


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Put the Why of refused logins beside a failed test."""
    report = yield
    if report.when == "call" and report.failed:
        used: Any = getattr(item, "funcargs", {}).get("sandbox")
        # Another plugin's or project's fixture may have the same name.
        if type(used).__module__ == "sandbox_app.testing.sandbox":
            refused = [str(login.why) for login in used.logins if login.why is not None]
            if refused:
                report.sections.append(("Refused by the user pool", "\n\n".join(refused[-5:])))
    return report


def _beside(folder: Path, seed: Any) -> Any:
    """Files named in a mark, looked for in the test's own folder."""
    if isinstance(seed, list | tuple):
        return [_beside(folder, each) for each in seed]
    found = isinstance(seed, str | Path) and "\n" not in str(seed) and (folder / seed).is_file()
    return folder / seed if found else seed
