"""Every refusal has a likely cause or a way out, and a fix that promises to help does help."""

import pytest

from sandbox_app.domain.checks import Verdict
from sandbox_app.operations import users
from sandbox_app.workbench.live.causes.explain import RULES
from tests.conftest import DEMO_POOL
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


@pytest.mark.parametrize("row", token_rows.NOTES, ids=str)
async def test_what_was_answered_without_being_done_says_why(stage: Stage, row: Row) -> None:
    if row.arrange is not None:
        await row.arrange(stage)
    await row.drive(stage)
    exchange, detail = stage.visitor.seen[-1]

    (note,) = [check for check in detail.checks if check.rule == row.rule]

    assert exchange.status == 200
    assert note.verdict is Verdict.NOTED
    assert row.says in note.because


@pytest.mark.parametrize(
    ("rule", "name", "arrange", "since"),
    [
        ("HU-4.1-10", "carol", page_rows.carol_waited, "is good by now"),
        ("HU-4.1-10", "carol", page_rows.carol_waited, "is CONFIRMED now"),
        ("HU-4.1-11", "carol", None, "is CONFIRMED now"),
        ("HU-4.1-12", "alice", page_rows.alice_reset, "is CONFIRMED now"),
    ],
)
async def test_what_an_administrator_did_since_settles_it(
    stage: Stage, rule, name, arrange, since
) -> None:
    if arrange is not None:
        await arrange(stage)
    await page_rows.signs_in(name)(stage)
    assert stage.refused_by == rule
    assert stage.explained().settled == ""

    password = {"UserPoolId": DEMO_POOL, "Username": name, "Password": "Sandbox-2"}
    await users.admin_set_user_password(
        stage.sandbox.core, {**password, "Permanent": "CONFIRMED" in since}
    )

    assert since in stage.explained().settled


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
