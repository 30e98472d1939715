"""A login knows what came of it, whatever came in between, and does not grow without end."""

from typing import Any

import pytest

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.workbench.live.filters import Filter
from sandbox_app.workbench.live.filters.searched import searched_text
from sandbox_app.workbench.live.login import Login, Outcome, has_delivered, is_refusal
from tests.gui.live.samples import NOW, an_exchange


def a_login(*exchanges: Exchange) -> Login:
    login = Login(1, exchanges[0], searched_text(exchanges[0]))
    for exchange in exchanges[1:]:
        login.add(exchange, searched_text(exchange))
    return login


def a_step(step: str, status: int = 200, **given: Any) -> Exchange:
    return an_exchange(login_id="l1", step=step, status=status, **given)


def refused(step: str, rule: str, status: int = 400, **given: Any) -> Exchange:
    return a_step(step, status, rule=rule, error="invalid_grant", **given)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"status": 302}, False),
        ({"status": 399}, False),
        ({"status": 400}, True),
        ({"status": 503}, True),
        ({"status": 200, "rule": "HU-4.1-8"}, True),
        ({"status": 302, "error": "redirect_mismatch"}, True),
    ],
)
def test_a_rule_an_error_or_a_status_makes_a_refusal(given, refusal) -> None:
    assert is_refusal(an_exchange(**given)) is refusal


@pytest.mark.parametrize(
    ("step", "status", "given", "delivered"),
    [
        ("authorize", 302, {}, False),
        ("authorize", 302, {"username": "alice"}, True),
        ("authorize", 302, {"username": "alice", "rule": "AZ-13"}, False),
        ("login", 200, {"username": "alice"}, False),
        ("login", 302, {"username": "alice"}, True),
        ("token", 200, {}, True),
        ("token", 400, {}, False),
        ("userInfo", 200, {"username": "alice"}, False),
        ("logout", 302, {"username": "alice"}, False),
    ],
)
def test_codes_and_tokens_leave_by_three_doors_only(step, status, given, delivered) -> None:
    assert has_delivered(a_step(step, status, **given)) is delivered


def test_a_page_shown_again_heals_no_refusal() -> None:
    login = a_login(a_step("authorize", 302), refused("login", "HU-4.1-8", 200), a_step("login"))

    assert (login.outcome, login.refusal_words) == (Outcome.REFUSED, "HU-4.1-8 wrong password")


def test_an_endpoint_that_answers_at_last_heals_its_own_refusal_alone() -> None:
    login = a_login(
        a_step("token", username="alice"),
        refused("userInfo", "UI-2", 401),
        refused("revoke", "RV-1"),
        a_step("userInfo"),
    )

    assert login.refusal.step == "revoke"


def test_new_tokens_heal_every_refusal() -> None:
    login = a_login(refused("token", "TR-1"), refused("userInfo", "UI-2", 401), a_step("token"))

    assert (login.outcome, login.refusal, login.refusal_words) == (Outcome.SIGNED_IN, None, "")


def test_a_refusal_after_the_tokens_is_what_came_of_it() -> None:
    login = a_login(a_step("token"), refused("token", "TR-1"))

    assert (login.outcome, login.telling.rule) == (Outcome.REFUSED, "TR-1")


def test_an_error_page_without_a_refusal_before_it_is_one_itself() -> None:
    login = a_login(a_step("error page", 400))

    assert (login.outcome, login.refusal_words) == (Outcome.REFUSED, "status 400")


def test_an_error_page_that_breaks_a_rule_of_its_own_is_a_second_refusal() -> None:
    known = refused("authorize", "AZ-4", 302)

    plain = a_login(known, a_step("error page", 400))
    other = a_login(known, refused("error page", "LG-2"))

    assert [refusal.rule for refusal in plain.refusals] == ["AZ-4"]
    assert [refusal.rule for refusal in other.refusals] == ["AZ-4", "LG-2"]


def test_what_neither_asks_nor_delivers_was_merely_answered() -> None:
    login = a_login(a_step("discovery"), a_step("key set"))

    assert login.outcome is Outcome.ANSWERED
    assert login.telling.step == "key set"


def test_who_asked_for_whom_is_kept_when_later_requests_do_not_say() -> None:
    login = a_login(
        a_step("authorize", 302, grant="code", client_id="c1", client_name="web"),
        a_step("login", 302, username="alice", client_id="", client_name=""),
        a_step("token", grant="refresh_token", client_id="c1", client_name=""),
    )

    known = (login.client_id, login.client_name, login.username, login.grant)
    assert known == ("c1", "web", "alice", "code")


def test_a_login_lasts_to_its_latest_answer_even_if_another_was_recorded_after_it() -> None:
    login = a_login(
        a_step("authorize", started_at=NOW + 2, duration=5_000.0),
        a_step("login", started_at=NOW, duration=1.0),
    )

    assert login.started_at == NOW
    assert login.duration == pytest.approx(7_000, abs=0.01)


def test_what_was_learnt_stays_when_the_requests_are_gone() -> None:
    login = a_login(a_step("authorize", 302), refused("login", "HU-4.1-8", 200, username="carol"))

    login.drop_oldest()
    login.drop_oldest()

    assert (login.exchanges, login.requests, login.username) == ([], 2, "carol")
    assert login.telling.rule == "HU-4.1-8"


def test_a_thousand_refusals_are_remembered_by_the_first_of_their_kind() -> None:
    login = a_login(*(refused("login", "HU-4.1-8", 200) for _ in range(1_000)))

    assert login.refusals == (login.exchanges[0],)


def test_what_came_last_is_found_however_many_kinds_came_before() -> None:
    tries = (refused("login", "HU-4.1-5", 200, username=f"guess{number}") for number in range(200))

    login = a_login(*tries)

    assert Filter("guess199 unknown").passes(login)
    assert len(login.text) < 20_000


def test_a_login_remembers_the_kinds_of_faults_it_met_and_the_filter_finds_them() -> None:
    login = a_login(a_step("authorize", 302), *(a_step("token", fault="slow line"),) * 3)
    for number in range(20):
        login.add(a_step("token", fault=f"fault {number}"), f"fault: fault {number}")

    assert login.faults[:2] == ("slow line", "fault 0")
    assert len(login.faults) == 8
    assert Filter("fault: slow").passes(login)
    assert Filter("fault:").select([a_login(a_step("token"))]) == []
