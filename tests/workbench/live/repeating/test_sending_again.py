"""A recorded request is sent once more, over real HTTP, to this sandbox and nowhere else."""

import asyncio
import json
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from yarl import URL

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.app.settings import Settings
from sandbox_app.domain.checks import Verdict
from sandbox_app.domain.events import AnswerHeld, ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.domain.sending_again import Heard, NotSent, SentAgain
from sandbox_app.server.edge.listeners import Bound
from sandbox_app.server.sending_again import own_address
from sandbox_app.workbench.conditions.breakpoint import break_on, end_break
from sandbox_app.workbench.conditions.faults import editing
from sandbox_app.workbench.live.exporting.configured import configured_secrets
from sandbox_app.workbench.live.messages import form_of, header
from sandbox_app.workbench.live.repeating.draft import CONFIGURED, Draft, draft_of
from sandbox_app.workbench.live.repeating.request import (
    WrongPart,
    checked,
    edited_words,
    outgoing,
)
from tests.conftest import DEMO_POOL
from tests.visitor import Visitor

Recorded = tuple[Exchange, ExchangeDetail]


async def send(sandbox: Sandbox, draft: Draft, before: Draft | None = None) -> Heard:
    """As the window does it."""
    core = sandbox.core
    assert core.resends.sender is not None
    again = SentAgain(draft.of, draft.at, edited_words(draft, before or draft))
    heard = await core.resends.sender(outgoing(draft, configured_secrets(core)), again)
    assert again.exchange_id
    return heard


async def repeated(visitor: Visitor, recorded: Recorded, **changes: Any) -> Recorded:
    """Send it, edited where told; what was recorded of the repetition."""
    draft = draft_of(*recorded)
    heard = await send(visitor.sandbox, replace(draft, **changes), draft)
    assert heard.trouble == ""
    assert heard.status == visitor.last.status
    return visitor.seen[-1]


async def test_it_arrives_as_it_was(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    first, detail = visitor.seen[-1]

    again, repeated_detail = await repeated(visitor, visitor.seen[-1])

    assert (again.method, again.path, again.status) == (first.method, first.path, first.status)
    assert repeated_detail.target == detail.target
    assert repeated_detail.request == detail.request
    assert repeated_detail.origin == detail.origin


@pytest.mark.parametrize(
    "target",
    ["/oauth2/authorize?x=%7e%2F%zz&a=b+c&&=", "//evil.example/a/../b/./?q=1&q=1", "/%C3%A9"],
)
async def test_its_target_arrives_letter_by_letter(visitor: Visitor, target: str) -> None:
    await visitor.get("/login")

    _, detail = await repeated(visitor, visitor.seen[-1], target=target)

    assert detail.target == target


async def test_it_is_marked_as_ours_and_nobody_else_s_is(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    first = visitor.last

    again, detail = await repeated(visitor, visitor.seen[-1])
    await visitor.authorize("spa")

    assert (again.again_of, again.again_at) == (first.id, first.started_at)
    assert detail.checks[0][:2] == ("US-R1", Verdict.NOTED)
    assert detail.checks[0].because == "the window sent this request again, as it was"
    assert (visitor.last.again_of, visitor.last.again_at) == ("", 0.0)
    assert not visitor.noted("US-R1")


async def test_what_was_edited_is_told(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    draft = draft_of(*visitor.seen[-1])

    target = draft.target.replace("response_type=code", "response_type=pizza")
    again, detail = await repeated(visitor, visitor.seen[-1], target=target)

    assert again.rule == "AZ-6"
    assert detail.checks[0].because == "the window sent this request again, with other target"


async def test_the_login_it_is_taken_from_stays_what_it_was(visitor: Visitor) -> None:
    await visitor.tokens("alice", "web")
    first = visitor.last

    again, _ = await repeated(visitor, visitor.seen[-1])

    assert (again.rule, again.error) == ("TC-1", "invalid_grant")
    assert again.login_id == again.id != first.login_id


async def test_a_spent_code_is_sent_as_it_was_and_the_secret_is_the_one_of_now(
    visitor: Visitor,
) -> None:
    await visitor.tokens("alice", "web")
    code = dict(form_of(visitor.seen[-1][1].request))["code"]
    draft = draft_of(*visitor.seen[-1])
    assert f"Authorization: Basic {CONFIGURED}" in draft.headers
    assert draft.notes[1].startswith("The code is sent as it was")

    again, detail = await repeated(visitor, visitor.seen[-1])

    assert again.rule == "TC-1"
    assert [it.verdict for it in detail.checks if it.rule == "TK-5"] == [Verdict.PASSED]
    assert dict(form_of(detail.request))["code"] == code
    assert header(detail.request.headers, "authorization") == "Basic (masked)"


async def test_a_secret_in_the_body_is_filled_in_and_masked_again(visitor: Visitor) -> None:
    client = visitor.client("web")
    tokens = await visitor.tokens("alice", "web")
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "client_id": client.client_id,
        "client_secret": "not-the-secret",
    }
    assert (await visitor.post("/oauth2/token", form)).status == 400
    assert CONFIGURED in (draft_of(*visitor.seen[-1]).body or "")

    again, detail = await repeated(visitor, visitor.seen[-1])

    assert (again.status, again.rule) == (200, "")
    assert dict(form_of(detail.request))["client_secret"] == "(masked)"


async def test_the_host_it_names_is_kept_and_the_request_stays_here(visitor: Visitor) -> None:
    await visitor.get("/login")
    headers = "Host: evil.example:80\nX-Odd: é\nX-Odd: two"

    again, detail = await repeated(visitor, visitor.seen[-1], headers=headers)

    assert (again.status, again.rule) == (421, "US-W2")
    assert detail.request.headers[:3] == (
        ("Host", "evil.example:80"),
        ("X-Odd", "é"),
        ("X-Odd", "two"),
    )


async def test_a_redirect_is_not_followed(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    before = len(visitor.seen)

    await repeated(visitor, visitor.seen[-1])

    assert [it.status for it, _ in visitor.seen[before:]] == [302]


async def test_an_answer_of_any_length_is_taken(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    target = f"{visitor.seen[-1][1].target}&x={'s' * 12_000}"

    again, detail = await repeated(visitor, visitor.seen[-1], target=target)

    assert again.status == 302
    assert len(header(detail.response.headers, "location")) > 12_000


async def test_what_cannot_be_read_as_http_is_marked_too(visitor: Visitor) -> None:
    await visitor.get("/login")

    again, _ = await repeated(visitor, visitor.seen[-1], method="PIZZA")

    assert (again.step, again.rule) == ("unreadable request", "US-W1")
    assert again.again_of


async def test_it_waits_at_the_breakpoint_like_any_other(visitor: Visitor) -> None:
    core = visitor.sandbox.core
    await visitor.authorize("spa")
    break_on(core, "")
    held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    core.bus.subscribe(AnswerHeld, lambda _: held.set_result(None))

    sending = asyncio.ensure_future(repeated(visitor, visitor.seen[-1]))
    await asyncio.wait_for(held, 5)
    assert not sending.done()
    assert core.holds.waiting[0].exchange.again_of == visitor.last.id
    end_break(core)

    again, _ = await sending
    assert again.status == 302


async def test_to_give_up_closes_the_connection(visitor: Visitor) -> None:
    core = visitor.sandbox.core
    await visitor.authorize("spa")
    break_on(core, "")
    held: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    core.bus.subscribe(AnswerHeld, lambda _: held.set_result(None))
    sending = asyncio.ensure_future(repeated(visitor, visitor.seen[-1]))
    await asyncio.wait_for(held, 5)
    before = len(visitor.seen)

    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending

    while len(visitor.seen) == before:
        await asyncio.sleep(0.01)
    assert visitor.noted("US-H1")
    assert visitor.last.again_of


async def test_a_stopped_sandbox_has_nobody_who_sends(sandbox: Sandbox) -> None:
    assert sandbox.core.resends.sender is not None

    await sandbox.stop()

    assert sandbox.core.resends.sender is None


async def test_without_https_it_says_so(visitor: Visitor) -> None:
    await visitor.authorize("spa")
    draft = replace(draft_of(*visitor.seen[-1]), secure=True)

    with pytest.raises(NotSent, match="HTTPS is switched off here: choose HTTP"):
        await send(visitor.sandbox, draft)


async def test_a_port_that_is_gone_is_told(visitor: Visitor) -> None:
    core = visitor.sandbox.core
    await visitor.authorize("spa")
    draft = draft_of(*visitor.seen[-1])
    sender = core.resends.sender
    assert sender is not None
    await visitor.sandbox.stop()

    with pytest.raises(NotSent, match=r"Nothing answers at 127\.0\.0\.1:\d+"):
        await sender(outgoing(draft, configured_secrets(core)), SentAgain(draft.of, draft.at))


@pytest.mark.parametrize(
    ("addresses", "own"),
    [
        (("127.0.0.1", "::1"), "127.0.0.1"),
        (("::1",), "::1"),
        (("192.168.1.5", "127.0.0.1"), "127.0.0.1"),
        (("0.0.0.0",), "127.0.0.1"),
        (("::",), "::1"),
        (("192.168.1.5",), "192.168.1.5"),
    ],
)
def test_it_goes_to_the_own_listener_by_loopback_where_it_can(addresses, own) -> None:
    assert own_address(Bound(addresses, 9400, None)) == own


async def test_over_tls_it_asks_for_the_host_s_certificate(tmp_path, clock) -> None:
    settings = Settings(workspace=tmp_path / "w.sandbox", port=0, tls_port=0)
    sandbox = Sandbox(settings, tmp_path, clock=clock)
    await sandbox.start()
    seen: list[Recorded] = []
    sandbox.core.bus.subscribe(
        ExchangeFinished, lambda event: seen.append((event.exchange, event.detail))
    )
    draft = Draft(
        of="a",
        at=1.0,
        client_id="",
        method="GET",
        target="/oauth2/authorize",
        headers=f"Host: localhost:{sandbox.bound.https_port}",
        body="",
        secure=True,
    )

    heard = await send(sandbox, draft)

    assert heard.status == seen[-1][0].status == 302
    assert seen[-1][1].origin == sandbox.https
    await sandbox.close()


async def test_it_meets_faults_like_any_other(visitor: Visitor, sandbox: Sandbox) -> None:
    await visitor.tokens("alice", "web")
    recorded = visitor.seen[-1]
    editing.add(sandbox.core, "token → reset")

    heard = await send(sandbox, draft_of(*recorded))

    assert (heard.status, bool(heard.trouble)) == (0, True)
    assert visitor.last.fault
    assert visitor.last.again_of == recorded[0].id


async def test_the_clock_may_stand_still(visitor: Visitor, sandbox: Sandbox) -> None:
    await visitor.authorize("spa")
    sandbox.core.clock.freeze()

    again, _ = await repeated(visitor, visitor.seen[-1])

    assert again.status == 302


async def test_a_machine_s_token_is_asked_for_again(visitor: Visitor) -> None:
    assert (await visitor.token("m2m", grant_type="client_credentials")).status == 200

    again, detail = await repeated(visitor, visitor.seen[-1])

    assert again.status == 200
    assert json.loads(detail.response.body)["token_type"] == "Bearer"


async def test_a_repetition_takes_nothing_from_the_login_in_the_browser(visitor: Visitor) -> None:
    """The tab that was sent to the page still arrives with its own login, and ends it."""
    await visitor.authorize("spa")
    login_id = visitor.last.login_id
    await repeated(visitor, visitor.seen[-1])
    await visitor.form("spa")
    assert visitor.last.login_id == login_id
    await repeated(visitor, visitor.seen[-1])

    await visitor.submit("alice", "Sandbox-1", "spa")
    assert visitor.last.login_id == login_id
    await visitor.authorize("spa", state="silent")
    last = visitor.last.login_id
    await repeated(visitor, visitor.seen[-1])
    await visitor.get("/logout", client_id=visitor.client("spa").client_id, logout_uri="x")

    assert visitor.last.login_id == last


async def test_keys_that_the_window_fetched_were_not_fetched_by_the_app(visitor: Visitor) -> None:
    core, agent = visitor.sandbox.core, {"User-Agent": "the app"}
    await visitor.get(f"/{DEMO_POOL}/.well-known/jwks.json", headers=agent)
    recorded = visitor.seen[-1]
    await visitor.post("/oauth2/token", {"grant_type": "x"}, headers=agent)

    await repeated(visitor, recorded)

    [(caller, reader)] = core.key_readers.of_pool(DEMO_POOL)
    assert (caller.agent, reader.fetched) == ("the app", 1)


TEXTS = st.text(max_size=40) | st.sampled_from(
    [
        "GET",
        "/x",
        "//evil/",
        "http://evil/",
        "/a\r\nHost: x",
        "Host: evil",
        "A: b\nC: d",
        "(masked)",
    ]
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_whatever_is_typed_goes_here_or_nowhere(method, target, headers, body) -> None:
    draft = Draft(
        of="a", at=0.0, client_id="", method=method, target=target, headers=headers, body=body
    )
    if checked(draft):
        with pytest.raises(WrongPart):
            outgoing(draft, lambda _client: "")
        return
    request = outgoing(draft, lambda _client: "")
    address = URL(f"http://127.0.0.1:9400{request.target}", encoded=True)
    assert (address.host, address.port) == ("127.0.0.1", 9400)
    for text in (request.method, request.target, *chain.from_iterable(request.headers)):
        assert not set(text) & set("\r\n\0")
