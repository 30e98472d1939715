"""The arrows of each flow, in order, drawn from what really went over HTTP."""

from collections.abc import Callable, Iterable
from datetime import timedelta

import pytest

from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.workbench.live.sequence import Kind, Lane, Pause, Row, Sequence, Step, mermaid_text
from tests.visitor import VERIFIER, Visitor

BROWSER = {"Accept": "text/html"}


def drawn(visitor: Visitor, login_id: str | None = None) -> Sequence:
    """The diagram of the login that the last request belongs to."""
    wanted = login_id or visitor.last.login_id
    sequence = Sequence()
    for exchange, detail in visitor.seen:
        if exchange.login_id == wanted:
            sequence.add(exchange, detail)
    return sequence


def arrows(rows: Iterable[Row]) -> list[str]:
    """Each arrow in one line, as a person would read it off the diagram."""
    return [arrow(row) for row in rows if isinstance(row, Step)]


def arrow(step: Step) -> str:
    dashes = {Kind.REQUEST: "→", Kind.ANSWER: "→", Kind.UNSEEN: "⇢"}
    chips = f" [{', '.join(chip.name for chip in step.chips)}]" if step.chips else ""
    refused = " REFUSED" if step.refused else ""
    ends = f"{step.source} {dashes[step.kind]} {step.target}"
    return f"{step.number} {ends}: {step.label}{chips}{refused}"


SIGN_IN = [
    "1 App ⇢ Browser: → /oauth2/authorize",
    "2 Browser → User pool: GET /oauth2/authorize [code_challenge, state, nonce]",
    "3 User pool → Browser: 302 → /login",
    "4 Browser → User pool: GET /login",
    "5 User pool → Browser: 200 sign-in page",
    "6 Browser → User pool: POST /login [username, password]",
    "7 User pool → Browser: 302 → /callback [code, state, session]",
    "8 Browser ⇢ App: GET /callback [code, state]",
]


async def test_code_with_pkce(visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")
    await visitor.userinfo(tokens["access_token"])

    assert arrows(drawn(visitor).rows) == [
        *SIGN_IN,
        "9 App → User pool: POST /oauth2/token [code, verifier]",
        "10 User pool → App: 200 [ID, Access, Refresh]",
        "11 App → User pool: GET /oauth2/userInfo [Access]",
        "12 User pool → App: 200 4 claims",
    ]


async def test_implicit_delivers_in_a_fragment_that_nobody_sees(visitor: Visitor) -> None:
    implicit = {"response_type": "token", "code_challenge": None, "code_challenge_method": None}
    await visitor.authorize("web", **implicit)
    await visitor.submit("alice", "Sandbox-1", "web", **implicit)
    sequence = drawn(visitor)

    assert arrows(sequence.rows)[5:] == [
        "6 Browser → User pool: POST /login [username, password]",
        "7 User pool → Browser: 302 → /callback [ID, Access, state, session]",
        "8 Browser ⇢ App: GET /callback",
        "9 Browser ⇢ App: the fragment [ID, Access, state]",
    ]
    assert [step.caption for step in sequence.steps[-2:]] == [
        "not seen by the pool",
        "stays in the browser, sent to nobody",
    ]


async def test_client_credentials_know_no_browser(visitor: Visitor) -> None:
    await visitor.token("m2m", grant_type="client_credentials")
    sequence = drawn(visitor)

    assert sequence.lanes == (Lane.APP, Lane.POOL)
    assert sequence.name_of(Lane.APP) == ("App", "m2m")
    assert arrows(sequence.rows) == [
        "1 App → User pool: POST /oauth2/token [secret]",
        "2 User pool → App: 200 [Access]",
    ]


async def test_refresh_goes_on_in_the_same_login(visitor: Visitor, clock) -> None:
    tokens = await visitor.tokens("alice")
    clock.advance(seconds(1800))
    await visitor.refresh(tokens["refresh_token"])
    sequence = drawn(visitor)

    assert arrows(sequence.rows)[10:] == [
        "11 App → User pool: POST /oauth2/token [Refresh]",
        "12 User pool → App: 200 [ID, Access]",
    ]
    pauses = [row for row in sequence.rows if isinstance(row, Pause)]
    assert [(pause.words, round(pause.seconds)) for pause in pauses] == [
        ("the app uses its tokens", 1800)
    ]
    assert "The refresh token from step 10" in sequence.steps[10].story.sentences[0]


async def test_logout_ends_the_login_it_belongs_to(visitor: Visitor) -> None:
    await visitor.tokens("alice")
    client = visitor.client("spa")
    await visitor.get("/logout", client_id=client.client_id, logout_uri=client.logout_urls[0])

    assert arrows(drawn(visitor).rows)[10:] == [
        "11 App ⇢ Browser: → /logout",
        "12 Browser → User pool: GET /logout [session]",
        "13 User pool → Browser: 302 → /",
        "14 Browser ⇢ App: GET /",
    ]


async def test_revoke_gives_the_refresh_token_back(visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")
    await visitor.post(
        "/oauth2/revoke",
        {"token": tokens["refresh_token"], "client_id": visitor.client("spa").client_id},
    )

    assert arrows(drawn(visitor).rows)[10:] == [
        "11 App → User pool: POST /oauth2/revoke [Refresh]",
        "12 User pool → App: 200 done",
    ]


async def test_a_session_makes_the_second_login_silent(visitor: Visitor) -> None:
    await visitor.tokens("alice")
    await visitor.authorize()

    assert arrows(drawn(visitor).rows) == [
        "1 App ⇢ Browser: → /oauth2/authorize",
        "2 Browser → User pool: GET /oauth2/authorize [code_challenge, state, nonce, session]",
        "3 User pool → Browser: 302 → /callback [code, state]",
        "4 Browser ⇢ App: GET /callback [code, state]",
    ]


async def test_a_refusal_that_never_reaches_the_app_ends_at_the_error_page(
    visitor: Visitor,
) -> None:
    away = await visitor.authorize(redirect_uri="http://localhost:5173/callback/")
    await visitor.get(away.location)
    sequence = drawn(visitor)

    assert arrows(sequence.rows)[1:] == [
        "2 Browser → User pool: GET /oauth2/authorize [code_challenge, state, nonce]",
        "3 User pool → Browser: 302 → /error REFUSED",
        "4 Browser → User pool: GET /error",
        "5 User pool → Browser: 400 error page REFUSED",
    ]
    refusal = sequence.steps[2].story
    assert refusal.title == "Refused: the callback URL does not match"
    assert refusal.sources == ("RFC 6749 section 4.1.2.1", "rule AZ-4")


async def test_a_refusal_the_app_may_know_is_delivered_unseen(visitor: Visitor) -> None:
    await visitor.authorize(scope="openid nonsense")

    assert arrows(drawn(visitor).rows)[2:] == [
        "3 User pool → Browser: 302 → /callback [invalid_request, state] REFUSED",
        "4 Browser ⇢ App: GET /callback [invalid_request, state]",
    ]


async def test_a_wrong_password_is_refused_and_the_next_try_is_not(visitor: Visitor) -> None:
    await visitor.authorize()
    await visitor.submit("alice", "wrong")
    await visitor.submit("alice", "Sandbox-1")

    assert arrows(drawn(visitor).rows)[5:] == [
        "6 Browser → User pool: POST /login [username, password]",
        "7 User pool → Browser: 200 wrong password REFUSED",
        "8 Browser → User pool: GET /login",
        "9 User pool → Browser: 200 sign-in page",
        "10 Browser → User pool: POST /login [username, password]",
        "11 User pool → Browser: 302 → /callback [code, state, session]",
        "12 Browser ⇢ App: GET /callback [code, state]",
    ]


async def test_a_wrong_verifier_is_refused_at_the_token_endpoint(visitor: Visitor) -> None:
    await visitor.exchange(await visitor.code(), code_verifier="x" * 43)

    assert arrows(drawn(visitor).rows)[8:] == [
        "9 App → User pool: POST /oauth2/token [code, verifier]",
        "10 User pool → App: 400 invalid_grant REFUSED",
    ]


async def test_a_person_at_the_form_is_a_pause(visitor: Visitor, clock) -> None:
    await visitor.authorize()
    form = await visitor.form()
    clock.advance(seconds(8.2))
    await visitor.send(
        "POST",
        visitor.address("/login", visitor.asking()),
        data={"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1"},
    )
    sequence = drawn(visitor)

    pause = sequence.rows[5]
    assert isinstance(pause, Pause)
    # The clock stands while a request takes its real time, which is taken off the pause.
    assert pause.words == "alice fills the form in"
    assert 6 < pause.seconds <= 8.2
    assert 8.2 <= sequence.duration < 11


@pytest.mark.parametrize("masked", [True, False])
async def test_mermaid_holds_values_only_where_asked(visitor: Visitor, masked: bool) -> None:
    tokens = await visitor.tokens("alice")
    exchanged = next(form for exchange, form in visitor.seen if exchange.step == "token")
    code = exchanged.request.body.decode().partition("code=")[2].partition("&")[0]

    text = mermaid_text(drawn(visitor), masked=masked)

    assert text.splitlines()[:4] == [
        "sequenceDiagram",
        "    participant B as Browser",
        "    participant A as App (spa)",
        "    participant P as User pool",
    ]
    assert "    A->>P: 9. POST /oauth2/token [code" in text
    for secret in (code, VERIFIER, tokens["id_token"][:50], tokens["refresh_token"][:50]):
        assert (secret in text) is not masked
    assert "Sandbox-1" not in text


async def test_every_arrow_has_three_sentences_and_a_source(
    visitors: Callable[[], Visitor],
) -> None:
    visitor = visitors()
    tokens = await visitor.tokens("alice")
    await visitor.userinfo(tokens["access_token"])
    await visitor.userinfo("nonsense")
    await visitor.refresh(tokens["refresh_token"])
    await visitor.post("/oauth2/revoke", {"token": tokens["refresh_token"]})
    implicit = {"response_type": "token", "code_challenge": None, "code_challenge_method": None}
    await visitor.authorize("web", **implicit)
    await visitor.authorize("web", **{**implicit, "scope": "nonsense"})
    await visitor.authorize(prompt="login")
    other = visitors()
    await other.submit("carol", "Sandbox-1")
    await visitor.token("m2m", grant_type="client_credentials")
    await visitor.token("m2m", grant_type="password")
    await visitor.get("/logout", client_id=visitor.client("spa").client_id)
    await visitor.get("/us-east-1_Demo00001/.well-known/openid-configuration")
    await visitor.get("/us-east-1_Demo00001/.well-known/jwks.json")
    await visitor.get("/nowhere", headers=BROWSER)
    await visitor.send("OPTIONS", f"{visitor.base}/oauth2/token", headers={"Origin": "http://a"})

    told = [
        step.story for exchange, detail in visitor.seen for step in _alone(exchange, detail).steps
    ]

    for story in told:
        assert story.title
        assert not story.title.endswith(".")
        assert len(story.sentences) == 3
        for sentence in story.sentences:
            assert sentence.endswith((".", "”."))
            assert sentence[0].isupper() or sentence.startswith(
                (
                    "alice",
                    "carol",
                    "state",
                    "code_challenge",
                    "response_type",
                    "issuer",
                    "jwks_uri",
                    "logout_uri",
                    "client_id",
                    "grant_type",
                )
            )
        assert story.sources
        rules = [source.removeprefix("rule ") for source in story.sources if "rule " in source]
        assert set(rules) <= set(CATALOGUE)


def _alone(exchange, detail) -> Sequence:
    sequence = Sequence()
    sequence.add(exchange, detail)
    return sequence


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)
