"""Templates written to files and imported into a real workspace."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from shutil import copy
from textwrap import dedent

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.events import ConfigurationChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.templates.errors import TemplateError
from sandbox_app.workbench.templates.importing import import_templates
from tests.cores import blank_workspace, open_core

Outcomes = dict[str, str]


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return blank_workspace(tmp_path_factory.mktemp("blank"))


@pytest.fixture
def core(tmp_path: Path, blank: Path, clock: ManualClock) -> Iterator[Core]:
    opened = open_core(copy(blank, tmp_path / "workspace.sandbox"), clock)
    yield opened
    opened.store.close()


@pytest.fixture
def events(core: Core) -> list[ConfigurationChanged]:
    heard: list[ConfigurationChanged] = []
    core.bus.subscribe(ConfigurationChanged, heard.append)
    return heard


@pytest.fixture
def contents(core: Core) -> Callable[[], str]:
    """Everything in the workspace file, as text to compare."""
    return lambda: "\n".join(core.store._database.connection.iterdump())


@pytest.fixture
def imported(core: Core, tmp_path: Path) -> Callable[..., Awaitable[Outcomes]]:
    """Imports a template text; what became of each resource."""

    async def run(text: str, file: str = "t.yaml", **given: str) -> Outcomes:
        path = tmp_path / file
        path.write_text(dedent(text), encoding="utf-8")
        done = await import_templates([path], given, core)
        return {item.logical_id: str(item.outcome) for item in done.resources}

    return run


@pytest.fixture
def refused(
    core: Core, tmp_path: Path, contents: Callable[[], str]
) -> Callable[..., Awaitable[str]]:
    """Imports a template that must be refused, leaving no trace; the message without the folder."""

    async def run(text: str, file: str = "t.yaml", **given: str) -> str:
        path = tmp_path / file
        path.write_text(dedent(text), encoding="utf-8")
        before = contents()
        with pytest.raises(TemplateError) as error:
            await import_templates([path], given, core)
        assert contents() == before
        message = str(error.value)
        assert message.startswith(f"{tmp_path}/")
        return message.removeprefix(f"{tmp_path}/")

    return run
