"""Nothing that is written lies on a lifeline or on anything else, at any width and size."""

from itertools import combinations

import pytest
from PySide6.QtCore import QRectF

from sandbox_app.gui.live.diagram import FOR_A_ROOM, IN_A_PANE
from sandbox_app.gui.live.diagram.geometry import Geometry
from sandbox_app.gui.live.diagram.placed import PlacedRow
from sandbox_app.workbench.live.sequence import (
    Chip,
    Kind,
    Lane,
    Pause,
    Row,
    State,
    Step,
    Story,
)

STORY = Story("A title", ("One.", "Two.", "Three."), ("RFC 6749 section 4.1",))
NOBODY: tuple[Chip, ...] = ()
FEW = (Chip("code", "link"), Chip("verifier", "lock"))
MANY = (
    Chip("code_challenge", "lock"),
    Chip("invalid_request", "refused", kind="bad"),
    Chip("ID", "key", is_token=True),
    Chip("Access", "key", is_token=True),
    Chip("Refresh", "key", is_token=True),
    Chip("session", "user", kind="neutral"),
)
LONG = "/oauth2/authorize/" + "w" * 400
WIDTHS = (200, 624, 896)


def a_step(source: Lane, target: Lane, **given) -> Step:
    known = {
        "number": 12,
        "kind": Kind.REQUEST,
        "verb": "POST",
        "words": "/oauth2/token",
        "exchange_id": "x",
        "story": STORY,
        "at": 1804.0,
    }
    return Step(source=source, target=target, **{**known, **given})


def all_rows(lanes: tuple[Lane, ...]) -> list[Row]:
    """Arrows between any two lanes, with all that can stand beside them."""
    rows: list[Row] = [Pause("bob fills the form in", 8.2), Pause("w" * 300, 90_000)]
    for source in lanes:
        for target in lanes:
            if source is target:
                continue
            for words in ("", "/oauth2/token", LONG):
                for chips in (NOBODY, FEW, MANY):
                    rows += [
                        a_step(source, target, words=words, chips=chips),
                        a_step(
                            source,
                            target,
                            kind=Kind.ANSWER,
                            verb="400",
                            words=words,
                            chips=chips,
                            refused=True,
                        ),
                        a_step(
                            source,
                            target,
                            kind=Kind.UNSEEN,
                            words=words,
                            chips=chips,
                            caption="stays in the browser, sent to nobody",
                        ),
                        a_step(
                            source,
                            target,
                            kind=Kind.ANSWER,
                            words=words,
                            chips=chips,
                            state=State.GONE,
                            caption="client gone",
                        ),
                    ]
    return rows


def overlaps(one: QRectF, other: QRectF) -> bool:
    shared = one.intersected(other)
    return shared.width() > 0.5 and shared.height() > 0.5


def faults(placed: PlacedRow, geometry: Geometry) -> list[str]:
    """What a person would find hard to read in this row."""
    found = []
    for box in placed.boxes:
        found += [
            f"{box} on the lifeline at {line}"
            for line in geometry.lines
            if box.left() < line + 1 and box.right() > line - 1
        ]
        if box.top() < 0 or box.bottom() > geometry.row_height:
            found.append(f"{box} leaves its row")
        if box.left() < geometry.lines[0] or box.right() > geometry.lines[-1]:
            found.append(f"{box} is outside the lanes")
    found += [
        f"{one} on {other}" for one, other in combinations(placed.boxes, 2) if overlaps(one, other)
    ]
    return found


@pytest.mark.parametrize("style", [IN_A_PANE, FOR_A_ROOM], ids=["pane", "room"])
@pytest.mark.parametrize(("scale", "masked"), [(1.0, True), (1.0, False), (1.5, True)])
def test_words_and_chips_keep_clear_of_lifelines_and_of_each_other(
    theme, style, scale, masked
) -> None:
    theme.set_scale(scale)
    for lanes in ((Lane.APP, Lane.POOL), (Lane.BROWSER, Lane.APP, Lane.POOL), tuple(Lane)):
        for width in WIDTHS:
            geometry = Geometry(theme, style, lanes, width, masked=masked)
            for row in all_rows(lanes):
                assert faults(geometry.place(row), geometry) == [], (row, width)


def test_chips_lose_their_icons_first_then_the_path_is_cut_then_chips_are_counted(theme) -> None:
    lanes = (Lane.APP, Lane.POOL)
    step = a_step(
        Lane.APP, Lane.POOL, words="/oauth2/token/longer", chips=(*FEW, Chip("s", "lock"))
    )
    seen = []
    for width in range(900, 240, -4):
        placed = Geometry(theme, IN_A_PANE, lanes, width).place(step)
        what = (
            all(chip.icon for chip in placed.chips),
            placed.label.words is not None and placed.label.words.words == step.words,
            all(chip.chip is not None for chip in placed.chips),
        )
        if not seen or seen[-1] != what:
            seen.append(what)

    assert seen == [
        (True, True, True),
        (False, True, True),
        (False, False, True),
        (False, False, False),
    ]


def test_values_that_may_be_shown_get_shorter_before_they_go(theme) -> None:
    lanes = (Lane.APP, Lane.POOL)
    chips = tuple(
        Chip(name, "key", "eyJraWQiOiJ0aGUta2V5In0", is_token=True) for name in ("ID", "Access")
    )
    step = a_step(Lane.POOL, Lane.APP, verb="200", words="", chips=chips)
    seen = []
    for width in range(900, 240, -4):
        placed = Geometry(theme, IN_A_PANE, lanes, width, masked=False).place(step)
        what = [chip.words for chip in placed.chips]
        if not seen or seen[-1] != what:
            seen.append(what)

    assert seen == [
        ["ID eyJraWQiOiJ0…", "Access eyJraWQiOiJ0…"],
        ["ID eyJraW…", "Access eyJraW…"],
        ["ID", "Access"],
    ]


def test_a_path_stays_whole_while_values_can_get_shorter(theme) -> None:
    chips = (Chip("code", "link", "857bec46-ab01"), Chip("verifier", "lock", "dBjftJeZ4CVP-mB92K"))
    geometry = Geometry(theme, IN_A_PANE, (Lane.APP, Lane.POOL), 560, masked=False)

    placed = geometry.place(a_step(Lane.APP, Lane.POOL, chips=chips))

    assert placed.label.shown == "POST /oauth2/token"
    assert [chip.words for chip in placed.chips] == ["code 857bec…", "verifier dBjftJ…"]


def test_what_was_cut_can_be_had_whole(theme) -> None:
    geometry = Geometry(theme, IN_A_PANE, (Lane.APP, Lane.POOL), 480)
    short, long = a_step(Lane.APP, Lane.POOL), a_step(Lane.APP, Lane.POOL, words=LONG)

    assert geometry.place(short).full == ""
    assert geometry.place(long).full == f"POST {LONG}"


def test_words_stand_beside_the_arrows_origin_and_chips_in_the_next_gap(theme) -> None:
    lanes = (Lane.BROWSER, Lane.APP, Lane.POOL)
    geometry = Geometry(theme, IN_A_PANE, lanes, 896)
    middle = geometry.lines[1]
    there = geometry.place(a_step(Lane.BROWSER, Lane.POOL, chips=FEW))
    back = geometry.place(a_step(Lane.POOL, Lane.BROWSER, chips=FEW))

    assert there.label.words.box.right() < middle < there.chips[0].box.left()
    assert back.chips[-1].box.right() < middle < back.label.verb.box.left()


def test_a_caption_stands_in_a_gap_the_arrow_leaves_free(theme) -> None:
    lanes = (Lane.BROWSER, Lane.APP, Lane.POOL)
    geometry = Geometry(theme, IN_A_PANE, lanes, 896)
    placed = geometry.place(a_step(Lane.BROWSER, Lane.APP, caption="not seen by the pool"))

    assert placed.note.text.words == "not seen by the pool"
    assert placed.note.text.box.left() > geometry.lines[1]
