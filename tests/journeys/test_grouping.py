"""Every request belongs to exactly one login, however many go on at once."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.operations.user_pool_clients import create_user_pool_client
from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.login import Login, Outcome
from tests.conftest import DEMO_POOL
from tests.visitor import VERIFIER, Answer, Visitor, json_of

Steps = AsyncIterator[Answer]
CODE = {"grant_type": "authorization_code", "code_verifier": VERIFIER}


@dataclass(slots=True)
class Diary:
    """Which request was made for which login, as the apps know and the pool does not."""

    exchanges: dict[str, Exchange] = field(default_factory=dict)
    made_for: dict[str, str] = field(default_factory=dict)

    def note(self, label: str, answer: Answer) -> None:
        self.made_for[answer.headers["x-amz-cognito-request-id"]] = label

    def keep(self, exchange: Exchange) -> None:
        self.exchanges[exchange.id] = exchange

    def rows(self) -> dict[str, set[int]]:
        """For each login of the apps, the rows of Live that its requests ended in."""
        rows: dict[str, set[int]] = {label: set() for label in self.made_for.values()}
        for login in self.logins():
            for exchange in login.exchanges:
                rows[self.made_for[exchange.id]].add(login.serial)
        return rows

    def logins(self) -> list[Login]:
        """The rows of Live."""
        book = TrafficBook()
        book.absorb(self.exchanges.values())
        return book.logins


@dataclass(slots=True)
class Tab:
    """One tab of a browser, and the app's back end with a connection of its own."""

    browser: Visitor
    app: Visitor

    async def to_the_app(self, label: str, client: str, user: str, **changes: Any) -> Steps:
        """Go through authorize and whatever pages come; the last answer leads to the app."""
        asked = {"state": label, "nonce": f"n-{label}", **changes}
        answer = await self.browser.authorize(client, **asked)
        yield answer
        tries = 0
        while "/login?" in answer.location:
            form = await self.browser.get(answer.location)
            yield form
            if form.status == 302:
                return
            fields = {"_csrf": form.csrf, "username": user, "password": "Sandbox-1"}
            if tries == 0 and label.endswith("3"):
                fields["password"] = "wrong"
            tries += 1
            posted = await self.browser.send("POST", answer.location, data=fields)
            yield posted
            if posted.status == 302:
                return

    async def whole(self, label: str, client: str, user: str) -> Steps:
        """Sign in, get tokens, use them, refresh, revoke, sign out."""
        back = None
        async for back in self.to_the_app(label, client, user):
            yield back
        assert back is not None
        found = self.app.client(client)
        code = {"code": back.members["code"], "redirect_uri": found.callback_urls[0], **CODE}
        if found.confidential and label.endswith("5"):
            yield await self.app.post(
                "/oauth2/token", code, headers=self.app.basic(client, "not the secret")
            )
        traded = await self.app.token(client, client_id=found.client_id, **code)
        yield traded
        tokens = json_of(traded)
        yield await self.app.userinfo(tokens["access_token"])
        yield await self.app.token(client, client_id=found.client_id, **code)
        yield await self.app.refresh(tokens["refresh_token"], client)
        yield await self.app.refresh(tokens["refresh_token"], client)
        headers = self.app.basic(client) if found.confidential else None
        for token in (tokens["access_token"], tokens["refresh_token"], tokens["refresh_token"]):
            form = {"token": token, "client_id": found.client_id}
            yield await self.app.post("/oauth2/revoke", form, headers=headers)
        yield await self.app.userinfo(tokens["access_token"])

    async def implicit(self, label: str, client: str, user: str) -> Steps:
        """Tokens in the fragment, then userInfo."""
        back = None
        async for back in self.to_the_app(label, client, user, response_type="token"):
            yield back
        assert back is not None
        yield await self.app.userinfo(back.members["access_token"])

    async def mismatch(self, label: str, client: str, user: str) -> Steps:
        """A redirect_uri that is not registered: the app never hears of it."""
        answer = await self.browser.authorize(
            client, redirect_uri="http://localhost:1/x", state=label
        )
        yield answer
        yield await self.browser.get(answer.location)

    async def stranger(self, label: str, client: str, user: str) -> Steps:
        """A client that does not exist."""
        answer = await self.browser.authorize(client, client_id="0unknown0", state=label)
        yield answer
        yield await self.browser.get(answer.location)


def _a_third_client(sandbox: Sandbox) -> None:
    """A client whose tokens have no origin_jti, and which may use both flows."""
    create_user_pool_client(
        sandbox.core,
        {
            "UserPoolId": DEMO_POOL,
            "ClientName": "kiosk",
            "CallbackURLs": ["http://localhost:7000/back"],
            "LogoutURLs": ["http://localhost:7000/"],
            "AllowedOAuthFlows": ["code", "implicit"],
            "AllowedOAuthFlowsUserPoolClient": True,
            "AllowedOAuthScopes": ["openid", "email"],
            "EnableTokenRevocation": False,
        },
    )


def _plans(tab: Tab, number: int) -> Iterator[tuple[str, Steps]]:
    """Five logins of one tab, each of another kind or client."""
    kinds: tuple[tuple[Callable[[str, str, str], Steps], str, str], ...] = (
        (tab.whole, "spa", "alice"),
        (tab.mismatch, "web", ""),
        (tab.whole, "web", "bob"),
        (tab.implicit, "kiosk", "alice"),
        (tab.stranger, "spa", ""),
    )
    for at in range(5):
        kind, client, user = kinds[(at + number) % 5]
        label = f"login-{number}{at + 1}"
        yield label, kind(label, client, user)


async def _interleaved(diary: Diary, tabs: list[Tab], seed: int) -> None:
    """One request of some tab after another, until every tab has done all it had to."""
    waiting = {number: list(_plans(tab, number)) for number, tab in enumerate(tabs)}
    chance = random.Random(seed)
    while waiting:
        number = chance.choice(sorted(waiting))
        label, steps = waiting[number][0]
        try:
            diary.note(label, await anext(steps))
        except StopAsyncIteration:
            waiting[number].pop(0)
            if not waiting[number]:
                del waiting[number]


async def _at_once(diary: Diary, tabs: list[Tab], seed: int) -> None:
    """Every tab as fast as it can; who is first is left to the machine."""

    async def in_a_row(plans: Iterator[tuple[str, Steps]]) -> None:
        for label, steps in plans:
            async for answer in steps:
                diary.note(label, answer)

    await asyncio.gather(*(in_a_row(_plans(tab, number)) for number, tab in enumerate(tabs)))


@pytest.fixture
def diary(sandbox: Sandbox) -> Diary:
    kept = Diary()
    sandbox.core.bus.subscribe(ExchangeFinished, lambda event: kept.keep(event.exchange))
    return kept


@pytest.mark.parametrize(("way", "seed"), [(_interleaved, 4), (_interleaved, 11), (_at_once, 0)])
async def test_twenty_logins_at_once_keep_all_their_requests_and_no_others(
    sandbox: Sandbox, visitors: Callable[[], Visitor], diary: Diary, way: Any, seed: int
) -> None:
    _a_third_client(sandbox)
    browsers, app = [visitors(), visitors()], visitors()
    tabs = [Tab(browser, app) for browser in browsers for _ in range(2)]

    await way(diary, tabs, seed)

    rows = diary.rows()
    assert len(rows) == 20
    assert {label: found for label, found in rows.items() if len(found) != 1} == {}
    assert len({row for found in rows.values() for row in found}) == 20
    assert diary.made_for.keys() == diary.exchanges.keys()


async def test_a_refusal_that_the_app_never_hears_of_is_a_login_of_its_own(
    visitor: Visitor, diary: Diary
) -> None:
    tab = Tab(visitor, visitor)
    for label, steps in (("a", tab.mismatch("a", "web", "")), ("b", tab.stranger("b", "spa", ""))):
        async for answer in steps:
            diary.note(label, answer)

    outcomes = [(login.outcome, login.refusal_words) for login in diary.logins()]
    assert outcomes == [
        (Outcome.REFUSED, "AZ-4 redirect mismatch"),
        (Outcome.REFUSED, "AZ-2 unknown client"),
    ]


async def test_two_tabs_refused_alike_each_get_their_own_error_page(
    visitor: Visitor, diary: Diary
) -> None:
    tab = Tab(visitor, visitor)
    steps = {label: tab.mismatch(label, "web", "") for label in "ab"}
    for label in "abab":
        diary.note(label, await anext(steps[label]))

    assert sorted(map(len, diary.rows().values())) == [1, 1]
    assert [login.requests for login in diary.logins()] == [2, 2]


async def test_a_tab_left_open_goes_on_with_its_login_after_another_tab_signed_in(
    visitor: Visitor, diary: Diary
) -> None:
    first, second = (visitor.asking(state=label) for label in "ab")
    left = await visitor.get("/login", **first)
    diary.note("a", left)
    form = await visitor.get("/login", **second)
    diary.note("b", form)
    for label, asked, csrf in (("b", second, form.csrf), ("a", first, left.csrf)):
        fields = {"_csrf": csrf, "username": "alice", "password": "Sandbox-1"}
        posted = await visitor.send("POST", visitor.address("/login", asked), data=fields)
        diary.note(label, posted)
    assert posted.status == 403
    diary.note("a", await visitor.get("/login", **first))

    assert [login.outcome for login in diary.logins()] == [Outcome.SIGNED_IN] * 2
    assert sorted(map(len, diary.rows().values())) == [1, 1]


async def test_a_sign_out_belongs_to_the_clients_last_login_in_that_browser(
    visitor: Visitor, diary: Diary
) -> None:
    await visitor.code(client="spa", state="1")
    await visitor.code(client="web", state="2")
    for client, target in (("web", "http://elsewhere/"), ("spa", "http://localhost:5173/")):
        found = visitor.client(client)
        await visitor.get("/logout", client_id=found.client_id, logout_uri=target)

    first, second = diary.logins()
    assert [one.step for one in first.exchanges][-1] == "logout"
    assert [one.step for one in second.exchanges] == ["authorize", "logout"]
    assert second.refusal_words == "LO-2 logout mismatch"


async def test_a_code_with_a_wrong_secret_still_belongs_to_its_login(
    visitor: Visitor, diary: Diary
) -> None:
    code = await visitor.code(client="web")
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": VERIFIER}
    await visitor.post("/oauth2/token", form, headers=visitor.basic("web", "x" * 51))

    (login,) = diary.logins()
    assert login.refusal_words == "TK-5 bad secret"
