"""The list of faults: changed, counted, kept with the workspace and told."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.conditions.faults import EveryNth, When
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.faults.plan import plan_for
from sandbox_app.workbench.conditions.faults.words import SentenceError
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations, recall
from tests.cores import open_core


@dataclass(frozen=True)
class Request:
    """A request of the spa client."""

    method: str = "POST"
    path: str = "/oauth2/token"
    step: str = "token"
    operation: str = ""

    def clients(self) -> frozenset[str]:
        return frozenset({"spa", "7spa"})

    def users(self) -> frozenset[str]:
        return frozenset({"alice"})


@pytest.fixture
def core(tmp_path: Path, clock: ManualClock) -> Iterator[Core]:
    made = open_core(tmp_path / "demo.sandbox", clock)
    yield made
    made.store.close()


@pytest.fixture
def heard(core: Core) -> list[str]:
    parts: list[str] = []
    core.bus.subscribe(ConditionsChanged, lambda event: parts.append(event.part))
    return parts


def sentences(core: Core) -> list[str]:
    return [fault.sentence for fault in editing.listed(core)]


def hits(core: Core, sentence: str, count: int) -> list[bool]:
    """Whether each of so many requests runs into a fault of that sentence."""
    editing.add(core, sentence)
    return [plan_for(core, Request()) is not None for _ in range(count)]


def test_each_edit_is_told(core: Core, heard: list[str]) -> None:
    first = editing.add(core, "any → 503", name="all down").fault.id
    editing.add(core, "token → reset")
    editing.change(core, first, name="everything down")
    editing.switch(core, first, False)
    editing.move(core, first, 5)
    editing.reset_counters(core)
    editing.remove(core, first)
    editing.clear(core)

    assert heard == ["faults"] * 8
    assert editing.listed(core) == ()


def test_order_name_and_switch_are_changed_and_nothing_else(core: Core) -> None:
    first = editing.add(core, "any → 503", name=" all down ").fault.id
    second = editing.add(core, "token → reset").fault.id

    editing.move(core, second, 0)
    editing.switch(core, first, False)

    assert sentences(core) == ["token → reset", "any → 503"]
    last = editing.find(core, first)
    assert (last.title, last.fault.enabled) == ("all down", False)
    assert editing.find(core, second).title == "token → reset"


def test_counters_survive_a_switch_and_a_name_but_not_another_sentence(core: Core) -> None:
    fault = editing.add(core, "token → 503 every 2nd").fault
    for _ in range(4):
        plan_for(core, Request())

    renamed = editing.change(core, fault.id, name="flaky", enabled=True)
    assert (renamed.seen, renamed.hits) == (4, 2)
    again = editing.change_said(core, fault.id, When(cadence=EveryNth(3)), fault.then)
    assert (again.seen, again.hits) == (0, 0)


def test_counting_begins_anew_for_one_or_for_all(core: Core) -> None:
    first, second = (editing.add(core, f"any → 50{n}").fault.id for n in (1, 2))
    for _ in range(3):
        plan_for(core, Request())

    editing.reset_counters(core, first)
    assert [fault.seen for fault in editing.listed(core)] == [0, 3]
    editing.reset_counters(core)
    assert [fault.seen for fault in editing.listed(core)] == [0, 0]
    assert editing.find(core, second).hits == 0


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("", "xxxxxx"),
        ("every 3rd", "--x--x"),
        ("first 2", "xx----"),
        ("after the first 2", "--xxxx"),
    ],
)
def test_a_cadence_counts_only_what_it_is_about(core: Core, cadence: str, expected: str) -> None:
    due = hits(core, f"POST /oauth2/token for client spa → 503 {cadence}", 6)

    assert "".join("x" if is_due else "-" for is_due in due) == expected
    assert hits(core, "GET jwks → 503 first 9", 0) == []
    assert editing.listed(core)[-1].seen == 0


def test_chance_is_the_same_for_the_same_seed_and_about_as_often_as_told(core: Core) -> None:
    first = hits(core, "any → 503 with probability 10% seed 7", 2000)
    editing.clear(core)
    again = hits(core, "any → 503 with probability 10% seed 7", 2000)
    editing.clear(core)
    other = hits(core, "any → 503 with probability 10% seed 8", 2000)

    assert first == again
    assert first != other
    assert 150 < sum(first) < 250


@pytest.mark.parametrize(
    ("sentence", "is_met"),
    [
        ("any → 503", True),
        ("GET any → 503", False),
        ("/oauth2/* → 503", True),
        ("/oauth2/TOKEN → 503", False),
        ("token for client spa → 503", True),
        ("token for client web → 503", False),
        ("token for client 7spa and user alice → 503", True),
        ("token for user bob → 503", False),
        ("any operation → 503", False),
    ],
)
def test_a_fault_meets_what_its_sentence_says(core: Core, sentence: str, is_met: bool) -> None:
    assert hits(core, sentence, 1) == [is_met]


def test_the_next_start_finds_the_list_as_it_was(
    core: Core, clock: ManualClock, tmp_path: Path
) -> None:
    editing.add(core, 'any for client "my app" → delay 2s ± 1s seed 4, 503 every 3rd', name="slow")
    editing.add(core, "TLS → expired certificate", enabled=False)
    before = editing.listed(core)
    core.store.close()

    again = open_core(tmp_path / "demo.sandbox", clock)
    recall(again)

    assert editing.listed(again) == before
    again.store.close()


def test_what_cannot_be_read_in_the_workspace_is_no_fault(core: Core) -> None:
    core.store.settings.put("condition.faults", '{"listed": [{"sentence": "nonsense"}]}')

    recall(core)

    assert editing.listed(core) == ()


def test_back_to_normal_switches_off_and_loses_nothing(core: Core, heard: list[str]) -> None:
    editing.add(core, "any → 503")
    editing.add(core, "token → reset")
    assert deviations(core) == (("faults", "2 faults"),)

    back_to_normal(core)

    assert deviations(core) == ()
    assert sentences(core) == ["any → 503", "token → reset"]
    assert plan_for(core, Request()) is None
    assert "faults" in heard
    editing.switch_all(core, True)
    assert deviations(core) == (("faults", "2 faults"),)


def test_a_wrong_edit_changes_nothing(core: Core, heard: list[str]) -> None:
    fault = editing.add(core, "any → 503").fault
    heard.clear()

    for edit in (
        lambda: editing.add(core, "any → explode"),
        lambda: editing.change(core, fault.id, sentence="any → explode", name="new"),
    ):
        with pytest.raises(SentenceError):
            edit()
    for name in ("x" * 81, "two\nlines"):
        with pytest.raises(ValueError, match="at most 80"):
            editing.change(core, fault.id, name=name)
    with pytest.raises(KeyError):
        editing.remove(core, "nobody")

    assert (sentences(core), heard) == (["any → 503"], [])
    assert editing.find(core, fault.id).fault == fault


def test_a_list_has_an_end(core: Core) -> None:
    faults = core.conditions.faults
    said = parse("any → 503")
    for _ in range(editing.MOST_FAULTS):
        one = editing.Fault(id=str(len(faults.listed)), when=said.when, then=said.then)
        faults.replace((*faults.listed, one))

    with pytest.raises(ValueError, match="200 faults already"):
        editing.add(core, "any → 503")
