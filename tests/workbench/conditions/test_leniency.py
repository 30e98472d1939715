"""Lenient switches are off until somebody switches them on, and stay with the workspace."""

import pytest

from sandbox_app.domain.conditions.leniency import SWITCHES, Leniency
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations, recall
from sandbox_app.workbench.conditions.switching import set_leniency
from tests.cores import open_core


@pytest.fixture
def core(tmp_path, clock):
    opened = open_core(tmp_path / "workspace.sandbox", clock)
    yield opened
    opened.store.close()


def test_a_new_workspace_is_strict(core):
    assert core.conditions.leniency == Leniency("", False, False, False, False)
    assert deviations(core) == ()


def test_every_switch_is_an_attribute_and_names_a_rule():
    assert [switch.name for switch in SWITCHES] == list(Leniency.__slots__)
    assert all(switch.rule in CATALOGUE for switch in SWITCHES)


def test_one_switch_leaves_the_others_and_everybody_hears_of_it_once(core):
    heard = []
    core.bus.subscribe(ConditionsChanged, heard.append)
    set_leniency(core, no_lockout=True)
    set_leniency(core, fixed_code="000000")
    set_leniency(core, fixed_code="000000")

    assert core.conditions.leniency == Leniency(fixed_code="000000", no_lockout=True)
    assert heard == [ConditionsChanged("leniency")] * 2


def test_the_next_start_finds_them_as_they_were(core, clock):
    set_leniency(core, fixed_code="123456", codes_again=True)
    path = core.store.path
    core.store.close()

    again = open_core(path, clock)
    recall(again)

    assert again.conditions.leniency == Leniency(fixed_code="123456", codes_again=True)
    back_to_normal(again)
    recall(again)
    assert again.conditions.leniency == Leniency()
    again.store.close()


def test_two_cores_share_no_switch(core, tmp_path, clock):
    other = open_core(tmp_path / "other.sandbox", clock)

    set_leniency(core, no_lockout=True)

    assert not other.conditions.leniency.no_lockout
    other.store.close()


@pytest.mark.parametrize(
    ("switches", "words"),
    [
        ({"no_password": True}, "no lenient switch called “no_password”"),
        ({"no_lockout": "yes"}, "no_lockout is either on or off"),
        ({"codes_again": 1}, "codes_again is either on or off"),
        *(
            ({"fixed_code": code}, "is six digits")
            for code in ("12345", "1234567", "12345a", "１２３４５６", 123456, True)
        ),
    ],
)
def test_what_is_no_switch_is_refused_and_nothing_is_changed(core, switches, words):
    set_leniency(core, codes_again=True)

    with pytest.raises(ValueError, match=words):
        set_leniency(core, **switches)

    assert core.conditions.leniency == Leniency(codes_again=True)


@pytest.mark.parametrize("kept", ['{"fixed_code": 7}', '{"other": 1}', "[]", "7", "{"])
def test_what_cannot_be_read_in_the_workspace_is_strict(core, kept):
    core.conditions.leniency = Leniency(no_lockout=True)
    core.store.settings.put("condition.leniency", kept)

    recall(core)

    assert core.conditions.leniency == Leniency()
