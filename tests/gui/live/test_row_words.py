"""What a row says of a login that the sandbox itself began."""

from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.live import row_words
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.login import Login


def a_login(*steps: tuple[str, int, str]) -> Login:
    book = TrafficBook()
    book.absorb(
        Exchange(
            id=f"e{number}",
            started_at=1000.0 + number,
            duration=2.0,
            method="GET",
            path=f"/{step}",
            status=status,
            step=step,
            login_id="l1",
            client_name="web",
            username="alice",
            grant="code" if step == "authorize" else "",
            rule=rule,
            error="sign_in_failed" if rule else "",
        )
        for number, (step, status, rule) in enumerate(steps)
    )
    return book.logins[0]


def test_a_login_that_the_sandbox_began_says_so_everywhere() -> None:
    login = a_login(("sign in as", 302, ""), ("authorize", 302, ""), ("token", 200, ""))

    assert row_words.login_headline(login) == "The sandbox signed alice in without a password"
    assert row_words.outcome_words(login) == "Signed in"
    assert row_words.detail_words(login) == "signed in by the sandbox"
    assert "by the sandbox" in row_words.spoken_login(login)
    headline = row_words.exchange_headline(login.exchanges[0])
    assert headline == row_words.login_headline(login)


def test_before_the_app_has_asked_it_says_no_less() -> None:
    login = a_login(("sign in as", 302, ""))

    assert row_words.login_headline(login) == "The sandbox signed alice in without a password"
    assert row_words.detail_words(login) == "signed in by the sandbox"


def test_a_link_that_was_refused_is_a_refusal_like_any_other() -> None:
    login = a_login(("sign in as", 410, "US-S2"))

    assert not login.by_sandbox
    assert row_words.outcome_words(login) == "US-S2 link not usable"
    assert row_words.login_headline(login).startswith("Refused: the link was opened before")


def test_a_login_with_a_password_is_not_marked() -> None:
    login = a_login(("authorize", 302, ""), ("token", 200, ""))

    assert row_words.login_headline(login) == "alice signed in to web"
    assert row_words.detail_words(login) == "code"


def test_what_was_done_wrong_on_purpose_is_told_of_login_and_request() -> None:
    book = TrafficBook()
    request = {"started_at": 1000.0, "duration": 2.0, "method": "POST", "login_id": "l1"}
    ok = Exchange(id="e1", path="/login", status=302, step="login", **request)
    cut = Exchange(
        id="e2", path="/oauth2/token", status=200, step="token", fault="half an answer", **request
    )
    book.absorb([ok, cut])
    [login] = book.logins

    assert row_words.detail_words(login) == "fault: half an answer"
    assert "fault: half an answer" in row_words.spoken_login(login)
    assert row_words.spoken_exchange(cut) == "POST /oauth2/token 200, fault: half an answer"
    assert row_words.spoken_exchange(ok) == "POST /login 302"


def test_an_answer_that_never_went_out_has_no_status() -> None:
    lost = Exchange(
        id="e1",
        started_at=1000.0,
        duration=2.0,
        method="GET",
        path="/keys",
        status=0,
        rule="US-F2",
        error="no_answer",
        fault="reset",
    )

    assert row_words.spoken_exchange(lost) == "GET /keys no answer refused, fault: reset"
    assert row_words.exchange_headline(lost).startswith("Refused: a fault of the sandbox")
