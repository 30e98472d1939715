"""What a script can do and what the window can do, side by side: both call the same functions."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sandbox_app.operations import catalogue, shapes
from sandbox_app.operations.core import Core
from sandbox_app.server.control.event_stream import EventStream
from sandbox_app.server.control.route import Route
from sandbox_app.server.control.table import routes
from tests.architecture.test_floor_plan import PACKAGE
from tests.cores import open_core

SAME: dict[str, str] = {
    "GET /_sandbox/conditions": "conditions/place.py",
    "POST /_sandbox/conditions/normal": "conditions/place.py",
    "POST /_sandbox/clock/advance": "conditions/clock_panel.py",
    "POST /_sandbox/clock/freeze": "conditions/clock_panel.py",
    "POST /_sandbox/clock/run": "conditions/clock_panel.py",
    "POST /_sandbox/clock/straighten": "conditions/clock_panel.py",
    "GET /_sandbox/clock/endings": "conditions/jump_panel.py",
    "POST /_sandbox/clock/jump": "conditions/jump_panel.py",
    "POST /_sandbox/clock/skew": "conditions/skew_line.py",
    "GET /_sandbox/keys": "conditions/keys_panel.py",
    "POST /_sandbox/keys/rotate": "conditions/keys_panel.py",
    "POST /_sandbox/keys/publish-next": "conditions/keys_panel.py",
    "POST /_sandbox/keys/publish-only-next": "conditions/keys_panel.py",
    "POST /_sandbox/keys/retire": "conditions/keys_panel.py",
    "POST /_sandbox/keys/publish-again": "conditions/keys_panel.py",
    "GET /_sandbox/keys/timeline": "conditions/keys_panel.py",
    "GET /_sandbox/keys/answer": "conditions/keys_panel.py",
    "POST /_sandbox/keys/answer": "conditions/keys_panel.py",
    "GET /_sandbox/faults": "conditions/faults_panel.py",
    "POST /_sandbox/faults": "conditions/faults_panel.py",
    "PATCH /_sandbox/faults/{fault}": "conditions/faults_panel.py",
    "DELETE /_sandbox/faults/{fault}": "conditions/faults_panel.py",
    "POST /_sandbox/faults/reset-counters": "conditions/faults_panel.py",
    "GET /_sandbox/recipes": "conditions/recipes_menu.py",
    "POST /_sandbox/recipes/apply": "conditions/recipes_menu.py",
    "GET /_sandbox/recipes/present": "conditions/recipes_menu.py",
    "POST /_sandbox/leniency": "conditions/leniency_panel.py",
    "GET /_sandbox/snapshots": "conditions/snapshots_panel.py",
    "POST /_sandbox/snapshots": "conditions/snapshots_panel.py",
    "PATCH /_sandbox/snapshots/{snapshot}": "conditions/snapshots_panel.py",
    "DELETE /_sandbox/snapshots/{snapshot}": "conditions/snapshots_panel.py",
    "POST /_sandbox/snapshots/{snapshot}/restore": "conditions/snapshots_panel.py",
    "GET /_sandbox/snapshots/{snapshot}/differences": "conditions/snapshots_panel.py",
    "POST /_sandbox/reset": "conditions/snapshots_panel.py",
    "POST /_sandbox/tokens/inspect": "window/workspace_view.py",
    "GET /_sandbox/sessions": "pools/user_sessions.py",
    "POST /_sandbox/sessions/end": "pools/user_sessions.py",
    "GET /_sandbox/refresh-tokens": "pools/user_sessions.py",
    "POST /_sandbox/refresh-tokens/revoke": "pools/user_sessions.py",
    "GET /_sandbox/codes": "pools/user_codes.py",
    "POST /_sandbox/seeds": "templates/import_panel.py",
}
"""Route, and the module of the window that calls the very same functions."""

THROUGH: dict[str, tuple[str, str]] = {
    "POST /_sandbox/clock/shift": ("workbench.conditions.clock", "set_by_words"),
    "POST /_sandbox/clock/go-to": ("workbench.conditions.clock", "set_by_words"),
    "POST /_sandbox/keys/answer/usual": ("workbench.conditions.parts", "back_to_normal"),
    "GET /_sandbox/logins": ("workbench.live.reasons", "refused_check"),
    "GET /_sandbox/logins/{login}": ("workbench.live.reasons", "refused_check"),
}
"""Route, and the function of its workbench module by which the window gets to the same work."""

ALONE: dict[str, str] = {
    "GET /_sandbox/clock": "the window shows the clock itself, second by second",
    "GET /_sandbox/leniency": "the window's switches show the record itself",
    "DELETE /_sandbox/faults": "the window takes them away one by one, so that none goes unseen",
    "POST /_sandbox/faults/switch": "the window has one button for everything that is bent",
    "POST /_sandbox/tokens/mint": "the window previews tokens; it has no place to make them yet",
    "GET /_sandbox/operations": "a list for scripts",
    "POST /_sandbox/operations/{operation}": "the window calls the operations by name, see below",
    "GET /_sandbox/events": "the window hears the bus itself",
    "GET /_sandbox/openapi.json": "a document for scripts",
}
"""Routes that the window has no use for, and why."""

IN_PIECES = {"AdminCreateUser"}
"""Operations whose work the window does with their own parts, because it does it by the hundred."""


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Route]]:
    """Every route by name."""
    from datetime import UTC, datetime

    from sandbox_app.domain.clock import ManualClock

    core: Core = open_core(
        tmp_path_factory.mktemp("core") / "w.sandbox",
        ManualClock(datetime(2026, 11, 2, tzinfo=UTC)),
    )
    yield {route.name: route for route in routes(EventStream(core))}
    core.store.close()


@cache
def called_in(module: Path) -> frozenset[int]:
    """The identities of all functions of workbench and operations that a module speaks of."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    known: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_below(node.module):
            home = importlib.import_module(str(node.module))
            for alias in node.names:
                known[alias.asname or alias.name] = _member(home, alias.name)
    found = [
        _member(known[node.value.id], node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in known
    ]
    spoken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    return frozenset(map(id, [*found, *(known[name] for name in known.keys() & spoken)]))


def _is_below(module: str | None) -> bool:
    return str(module).startswith(("sandbox_app.workbench", "sandbox_app.operations"))


def _member(home: Any, name: str) -> Any:
    found = getattr(home, name, None)
    if found is None and inspect.ismodule(home):
        return importlib.import_module(f"{home.__name__}.{name}")
    return found


def window() -> Iterator[Path]:
    return (PACKAGE / "gui").rglob("*.py")


def test_every_route_stands_in_one_of_the_lists(table: dict[str, Route]) -> None:
    listed = [*SAME, *THROUGH, *ALONE]

    assert sorted(listed) == sorted(table)


@pytest.mark.parametrize("name", SAME)
def test_the_window_calls_the_function_that_the_route_calls(
    table: dict[str, Route], name: str
) -> None:
    in_window = called_in(PACKAGE / "gui" / SAME[name])

    assert any(id(function) in in_window for function in table[name].calls)


@pytest.mark.parametrize("name", THROUGH)
def test_the_window_gets_to_the_same_work_by_another_way(
    table: dict[str, Route], name: str
) -> None:
    module, way = THROUGH[name]
    found = getattr(importlib.import_module(f"sandbox_app.{module}"), way)

    assert any(id(found) in called_in(path) for path in window())
    assert table[name].calls


@pytest.mark.parametrize("name", ALONE)
def test_what_scripts_have_alone_the_window_has_no_function_for(
    table: dict[str, Route], name: str
) -> None:
    """Once the window calls it, it belongs in the other list."""
    calls = {id(function) for function in table[name].calls}

    assert not any(calls & called_in(path) for path in window())


def test_each_handler_calls_what_its_route_says(table: dict[str, Route]) -> None:
    for route in table.values():
        home = Path(inspect.getfile(inspect.unwrap(route.handler)))
        missing = [each for each in route.calls if id(each) not in called_in(home)]
        assert [_name(each) for each in missing] == [], route.name


def test_the_window_calls_the_operations_that_scripts_call() -> None:
    faces = [*window(), *(PACKAGE / "workbench").rglob("*.py")]
    in_faces = frozenset[int]().union(*map(called_in, faces))
    reading = ("Describe", "List", "Get", "AdminGet", "AdminList")
    changing = {
        name: function
        for name, function in catalogue.operations().items()
        if not name.startswith(reading) and not _is_for_users(name)
    }

    unused = {name for name, function in changing.items() if id(function) not in in_faces}
    assert len(changing) > 20
    assert unused == IN_PIECES


def _is_for_users(operation: str) -> bool:
    """Whether the API lets users call it for themselves; the window stands in for nobody."""
    return bool(shapes.model().operation_model(operation).auth_type == "none")


def _name(function: Callable[..., Any]) -> str:
    return f"{function.__module__}.{function.__qualname__}"
