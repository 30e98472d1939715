"""Every refusal has a likely cause or a way out, and a fix that promises to help does help."""

import pytest

from sandbox_app.workbench.live.causes.explain import RULES
from tests.workbench.live.causes import authorize_rows, page_rows, token_rows, wire_rows
from tests.workbench.live.causes.stage import Row, Stage, said

BY_THE_SAME = {"US-F2", "US-F3"}
"""Faults on the wire and at the handshake are explained by the very words of US-F1."""

ROWS = (*authorize_rows.ROWS, *page_rows.ROWS, *token_rows.ROWS, *wire_rows.ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_refusal_is_explained_and_its_fix_keeps_its_promise(stage: Stage, row: Row) -> None:
    if row.arrange is not None:
        await row.arrange(stage)
    await row.drive(stage)
    assert stage.refused_by == row.rule

    found = stage.explained()

    assert row.says in said(found)
    assert [fix.label for fix in found.fixes[:1]] == ([row.fix] if row.fix else [])
    assert _shown_at(found.place) == row.place
    if row.passes:
        await _promise_is_kept(stage, row, found)


async def _promise_is_kept(stage: Stage, row: Row, found) -> None:
    exchange = stage.visitor.seen[-1]
    stage.fix(found)
    assert stage.explained().settled
    assert stage.explained().fixes == ()

    await row.drive(stage)
    assert stage.refused_by != row.rule

    if not found.fixes[0].undoable:
        return
    assert stage.undo() == found.fixes[0].edit
    stage.visitor.seen.append(exchange)
    assert [fix.label for fix in stage.explained().fixes[:1]] == [row.fix]


def test_the_table_has_every_rule_that_can_be_explained() -> None:
    assert {row.rule for row in ROWS} == RULES.keys() - BY_THE_SAME
    assert len(RULES) >= 40


def test_no_two_rows_say_the_same() -> None:
    told = [(row.rule, row.says, row.fix) for row in ROWS]

    assert len(told) == len(set(told))


def _shown_at(place) -> str:
    return "" if place is None else f"{place.section} {place.member}"
