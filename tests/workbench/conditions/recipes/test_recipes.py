"""Recipes: read, refused with the line, put into force, and written back."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.domain.clock import ManualClock
from sandbox_app.domain.conditions.key_sets import KeySetAnswer
from sandbox_app.domain.conditions.leniency import Leniency
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.domain.resources import resource_path
from sandbox_app.operations.core import Core
from sandbox_app.workbench.conditions import clock as clock_verbs
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.conditions.keys import empty_key_set
from sandbox_app.workbench.conditions.parts import deviations
from sandbox_app.workbench.conditions.recipes.applying import apply
from sandbox_app.workbench.conditions.recipes.reading import load, read_recipe
from sandbox_app.workbench.conditions.recipes.recipe import (
    EVERY_POOL,
    ClockSetting,
    FaultSetting,
    Recipe,
    RecipeError,
)
from sandbox_app.workbench.conditions.recipes.shipped import recipe_file, shipped, shipped_names
from sandbox_app.workbench.conditions.recipes.writing import recipe_of, save, text_of
from sandbox_app.workbench.conditions.switching import set_leniency
from sandbox_app.workbench.templates.importing import import_templates
from tests.conftest import DEMO_POOL, NOON
from tests.cores import open_core
from tests.workbench.conditions.faults.strategies import sentences

EVERYTHING = """
name: A bad day
description: All at once.
clock:
  offset: +1h30m
  skews:
    web: -5m
keys:
  delay: 5s
  status: 503
  cache_headers: {Cache-Control: max-age=3600}
leniency:
  fixed_code: "000123"
  no_lockout: true
faults:
  - POST /oauth2/token → 503 every 3rd
  - name: slow keys
    sentence: jwks → delay 2s ± 500ms seed 7
    enabled: false
"""


@pytest.fixture
async def core(tmp_path: Path, clock: ManualClock) -> AsyncIterator[Core]:
    made = open_core(tmp_path / "demo.sandbox", clock)
    await import_templates([resource_path("seeds/demo.yaml")], {}, made)
    yield made
    made.store.close()


def web(core: Core) -> str:
    clients = core.store.clients.of_pool(DEMO_POOL)
    return next(client.client_id for client in clients if client.client_name == "web")


def test_every_section_comes_into_force_at_once(core: Core) -> None:
    heard: list[str] = []
    core.bus.subscribe(ConditionsChanged, lambda event: heard.append(event.part))

    apply(core, read_recipe(EVERYTHING, "bad-day.yaml"))

    assert core.now() == NOON + timedelta(minutes=90)
    assert core.conditions.skews == {web(core): -timedelta(minutes=5)}
    assert core.conditions.key_sets == {
        DEMO_POOL: KeySetAnswer(
            delay=timedelta(seconds=5),
            status=503,
            cache_headers=(("Cache-Control", "max-age=3600"),),
        )
    }
    assert core.conditions.leniency == Leniency(fixed_code="000123", no_lockout=True)
    assert [(each.title, each.fault.enabled) for each in editing.listed(core)] == [
        ("POST /oauth2/token → 503 every 3rd", True),
        ("slow keys", False),
    ]
    assert sorted(heard) == ["clock", "faults", "keys", "leniency"]


def test_a_section_that_is_missing_leaves_things_as_they_are(core: Core) -> None:
    clock_verbs.shift_to(core, timedelta(hours=2))
    set_leniency(core, no_lockout=True)

    apply(core, read_recipe("name: Faults alone\nfaults: [any → 503]", "f.yaml"))

    assert core.now() == NOON + timedelta(hours=2)
    assert core.conditions.leniency.no_lockout


def test_faults_that_were_there_are_switched_off_and_kept(core: Core) -> None:
    mine = editing.add(core, "any → hang", name="mine").fault
    recipe = read_recipe("name: r\nfaults: [any → 503, token → reset]", "r.yaml")

    apply(core, recipe)
    core.conditions.faults.tally(editing.listed(core)[0].fault.id).seen = 5
    apply(core, recipe)

    listed = editing.listed(core)
    assert [each.sentence for each in listed] == ["any → 503", "token → reset", "any → hang"]
    assert [each.fault.enabled for each in listed] == [True, True, False]
    assert [each.seen for each in listed] == [0, 0, 0], "every sequence begins anew"
    assert listed[2].fault.id == mine.id


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ("faults: []", "r.yaml:1", "a recipe has a name"),
        ("", "r.yaml:1", "the file is empty"),
        ("- any → 503", "r.yaml:1", "a recipe is a table with a name and faults in it"),
        ("name: [a]", "r.yaml:1: name", "a plain value stands here"),
        ("name: r\nfault: []", "r.yaml:2: fault", "known are name, description, clock, keys"),
        ("name: r\nfaults: any", "r.yaml:2: faults", "faults are a list"),
        ("name: r\nfaults:\n- any → 503\n- any → 2", "r.yaml:4: faults.2", "at character 7"),
        ("name: r\nfaults:\n- name: x", "r.yaml:3: faults.1", "a fault has a sentence"),
        (
            "name: r\nfaults:\n- sentence: any → 503\n  enabled: perhaps",
            "r.yaml:4: faults.1.enabled",
            "neither true nor false",
        ),
        ("name: r\nclock: {offset: soon}", "r.yaml:2: clock.offset", "write it like 59m59s"),
        ("name: r\nclock:\n  stands_at: noon", "r.yaml:3: clock.stands_at", "is no moment"),
        (
            "name: r\nclock:\n  stands_at: 2027-01-31T08:00:00",
            "r.yaml:3: clock.stands_at",
            "has a time zone",
        ),
        (
            "name: r\nclock:\n  offset: 1h\n  stands_at: 2027-01-31T08:00:00Z",
            "r.yaml:2: clock",
            "not both",
        ),
        ("name: r\nkeys: {status: 302}", "r.yaml:2: keys", "an error from 400 to 599"),
        ("name: r\nkeys: {status: many}", "r.yaml:2: keys.status", "is no whole number"),
        (
            "name: r\nkeys:\n  pools:\n    demo:\n      slow: 1s",
            "r.yaml:5: keys.pools.demo.slow",
            "no such member",
        ),
        ("name: r\nleniency:\n  kind: true", "r.yaml:3: leniency.kind", "no lenient switch"),
        (
            "name: r\nleniency:\n  fixed_code: 12345",
            "r.yaml:3: leniency.fixed_code",
            "is six digits",
        ),
        ("name: r\nname: s", "r.yaml:2", "name stands here twice"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, place: str, reason: str) -> None:
    with pytest.raises(RecipeError) as raised:
        read_recipe(text, "r.yaml")

    assert str(raised.value).startswith(f"{place}: ")
    assert reason in str(raised.value)
    assert "template" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("clock: {skews: {mobile: 1m}}", "clock.skews: there is no app client “mobile”"),
        ("keys: {pools: {other: {status: 500}}}", "keys: there is no user pool “other”"),
        ("clock: {stands_at: 1066-10-14T09:00:00Z}", "clock: "),
    ],
)
def test_a_recipe_that_does_not_fit_the_workspace_changes_nothing(
    core: Core, text: str, reason: str
) -> None:
    clock_verbs.shift_to(core, timedelta(hours=2))
    editing.add(core, "any → 503")
    before = deviations(core), editing.listed(core)

    with pytest.raises(RecipeError, match=reason):
        apply(core, read_recipe(f"name: r\nfaults: [any → reset]\n{text}", "r.yaml"))

    assert (deviations(core), editing.listed(core)) == before


def test_what_is_bent_can_be_saved_and_bent_alike_elsewhere(
    core: Core, clock: ManualClock, tmp_path: Path
) -> None:
    apply(core, read_recipe(EVERYTHING, "bad-day.yaml"))
    empty_key_set(core, DEMO_POOL)
    file = tmp_path / "saved.yaml"
    before = deviations(core), [each.sentence for each in editing.listed(core)]

    save(recipe_of(core, "Saved", "as it was"), file)
    for part in ("clock", "keys", "leniency", "faults"):
        assert part in file.read_text()
    apply(core, read_recipe("name: n\nclock: {}\nkeys: {}\nleniency: {}\nfaults: []", "n"))
    assert deviations(core) == ()
    apply(core, load(file))

    after = deviations(core), [each.sentence for each in editing.listed(core)]
    assert after == before


def test_nothing_bent_makes_a_recipe_that_says_nothing(core: Core) -> None:
    assert recipe_of(core, "Calm") == Recipe(name="Calm")


words = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=12)
spans = st.integers(1, 10**9).map(lambda n: timedelta(milliseconds=n))
clocks = st.builds(ClockSetting, offset=spans, skews=st.dictionaries(words, spans)) | st.builds(
    ClockSetting,
    stands_at=st.integers(10**9, 6 * 10**9).map(lambda at: datetime.fromtimestamp(at, UTC)),
)
answers = st.builds(
    KeySetAnswer,
    only=st.none() | st.just(()),
    delay=st.integers(0, 600_000).map(lambda n: timedelta(milliseconds=n)),
    status=st.just(200) | st.integers(400, 599),
    content_type=st.none() | words,
    cache_headers=st.none() | words.map(lambda word: (("Cache-Control", word),)),
)
recipes = st.builds(
    Recipe,
    name=words,
    description=words,
    clock=st.none() | clocks,
    key_sets=st.none()
    | answers.map(lambda answer: {EVERY_POOL: answer})
    | st.dictionaries(words, answers, min_size=1),
    leniency=st.none() | st.builds(Leniency, st.from_regex(r"([0-9]{6})?", fullmatch=True)),
    faults=st.none()
    | st.lists(
        st.builds(
            FaultSetting, sentence=sentences, name=words | st.just(""), enabled=st.booleans()
        ),
        max_size=4,
    ).map(tuple),
)


@given(recipes, st.booleans())
def test_whatever_a_recipe_says_is_read_back_as_written(recipe: Recipe, as_json: bool) -> None:
    read_back = read_recipe(text_of(recipe, as_json=as_json), "r")

    assert read_back == replace(recipe, leniency=read_back.leniency)
    assert (read_back.leniency or Leniency()) == (recipe.leniency or Leniency())


def test_a_file_that_ends_in_json_is_json(core: Core, tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    save(read_recipe(EVERYTHING, "r"), file)

    assert file.read_text().startswith('{\n  "name": "A bad day"')
    assert load(file) == read_recipe(EVERYTHING, "r")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RecipeError, match="not UTF-8"):
        load(file)


@pytest.mark.parametrize("name", shipped_names())
def test_each_recipe_that_comes_with_the_program_does_something_and_says_what(
    core: Core, name: str
) -> None:
    recipe = shipped()[name]

    apply(core, recipe)

    assert len(recipe.description) > 60
    assert deviations(core)


def test_a_recipe_is_found_by_path_or_short_name(tmp_path: Path) -> None:
    file = tmp_path / "throttled"
    file.write_text("name: mine")

    assert recipe_file(str(file)) == file
    assert load(recipe_file("throttled")).name == "Throttled"
    with pytest.raises(FileNotFoundError):
        recipe_file("../recipes/throttled")
