"""Refusals of the sign-in page and of the sandbox's own door."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from sandbox_app.domain.records.users import UserStatus
from sandbox_app.operations import user_status, users
from sandbox_app.operations.user_pools import create_user_pool
from sandbox_app.workbench.sign_in_as import start_sign_in_as
from tests.conftest import DEMO_POOL
from tests.workbench.live.causes.stage import Row, Stage

CALLBACK = "http://localhost:5173/callback"


def signs_in(name: str = "alice", password: str = "Sandbox-1") -> Any:
    async def drive(stage: Stage) -> object:
        stage.visitor.session.cookie_jar.clear()
        return await stage.visitor.submit(name, password)

    return drive


def posts(
    cookie: str | None = "",
    *,
    csrf: str | None = "",
    wait: float = 0.0,
    query: str = "",
    referer: str = "",
    host: str = "localhost",
    **more: Any,
) -> Any:
    """Open the form, then submit it with other cookies, another token, later or elsewhere."""

    async def drive(stage: Stage) -> object:
        visitor = stage.visitor
        form = await visitor.form()
        fields = {"_csrf": form.csrf, "username": "alice", "password": "Sandbox-1", **more}
        fields = {name: it for name, it in fields.items() if it is not None}
        if csrf is None:
            fields.pop("_csrf")
        headers = {"Referer": referer} if referer else {}
        if cookie is not None and cookie:
            headers["Cookie"] = cookie
        if cookie is None or cookie:
            visitor.session.cookie_jar.clear()
        stage.later(seconds=wait)
        there = visitor.base.replace("localhost", host)
        address = visitor.address(f"{there}/login", visitor.asking()) + query
        return await visitor.send("POST", address, data=fields, headers=headers)

    return drive


async def after_another_tab(stage: Stage) -> object:
    visitor = stage.visitor
    left = await visitor.form(state="left")
    await visitor.code(state="other")
    address = visitor.address("/login", visitor.asking(state="left"))
    fields = {"_csrf": left.csrf, "username": "alice", "password": "Sandbox-1"}
    return await visitor.send("POST", address, data=fields)


def opens(**more: Any) -> Any:
    """Open a link that signs in without a password."""

    async def drive(stage: Stage) -> object:
        core, visitor = stage.sandbox.core, stage.visitor
        if "link" not in stage.kept:
            pool = core.store.pools.get(DEMO_POOL)
            alice = core.store.users.find(DEMO_POOL, "alice")
            assert pool is not None
            assert alice is not None
            client = visitor.client("web")
            stage.kept["link"] = start_sign_in_as(core, pool, client, alice, visitor.base)
        return await visitor.get(stage.kept["link"], **more)

    return drive


async def opens_after_switching_off(stage: Stage) -> object:
    """The client loses its flows between the making of the link and its opening."""
    core, visitor = stage.sandbox.core, stage.visitor
    pool, alice = core.store.pools.get(DEMO_POOL), core.store.users.find(DEMO_POOL, "alice")
    assert pool is not None
    assert alice is not None
    link = start_sign_in_as(core, pool, visitor.client("web"), alice, visitor.base)
    stage.set("web", AllowedOAuthFlows=[], AllowedOAuthFlowsUserPoolClient=False)
    return await visitor.get(link)


async def locked_out(stage: Stage) -> None:
    for _ in range(8):
        await signs_in(password="wrong")(stage)
        stage.later(seconds=0 if _ < 4 else 2 ** (_ - 4) + 1)
    await signs_in(password="wrong")(stage)


def changed(**fields: Any) -> Any:
    async def arrange(stage: Stage) -> None:
        store = stage.sandbox.core.store
        alice = store.users.find(DEMO_POOL, "alice")
        assert alice is not None
        store.users.replace(replace(alice, **fields))

    return arrange


async def alice_disabled(stage: Stage) -> None:
    stage.admin(users.admin_disable_user)


async def alice_reset(stage: Stage) -> None:
    stage.admin(user_status.admin_reset_user_password)


async def alice_reset_hours_ago(stage: Stage) -> None:
    await alice_reset(stage)
    stage.later(hours=2)


async def alice_temporary(stage: Stage) -> None:
    """The password as it is, but not made permanent, as by who forgets that it must be said."""
    stage.later(hours=1)
    password = {"UserPoolId": DEMO_POOL, "Username": "alice", "Password": "Sandbox-1"}
    await users.admin_set_user_password(stage.sandbox.core, password)


async def carol_waited(stage: Stage) -> None:
    stage.later(days=8)


async def clock_bent_by_days(stage: Stage) -> None:
    stage.sandbox.core.clock.advance(timedelta(days=8))


async def no_days(stage: Stage) -> None:
    store = stage.sandbox.core.store
    pool = store.pools.get(DEMO_POOL)
    assert pool is not None
    policy = replace(pool.policies.password_policy, temporary_password_validity_days=0)
    store.pools.put(replace(pool, policies=replace(pool.policies, password_policy=policy)))


async def dora_unverified(stage: Stage) -> None:
    await stage.user("dora", email="dora@example.com")


async def eve_elsewhere(stage: Stage) -> None:
    made = create_user_pool(stage.sandbox.core, {"PoolName": "other"})["UserPool"]["Id"]
    eve = {"UserPoolId": made, "Username": "eve"}
    await users.admin_create_user(stage.sandbox.core, eve)


async def without_the_pool(stage: Stage) -> None:
    stage.attach("Google")
    stage.set("spa", SupportedIdentityProviders=["Google"])


async def spent_link(stage: Stage) -> None:
    await opens()(stage)


async def late_link(stage: Stage) -> None:
    await opens()(stage)
    stage.kept.clear()


async def shows_form(stage: Stage) -> object:
    return await stage.visitor.form()


def waits_too_long(stage: Stage) -> Any:
    return posts(wait=301)(stage)


async def opens_late(stage: Stage) -> object:
    core, visitor = stage.sandbox.core, stage.visitor
    pool, alice = core.store.pools.get(DEMO_POOL), core.store.users.find(DEMO_POOL, "alice")
    assert pool is not None
    assert alice is not None
    link = start_sign_in_as(core, pool, visitor.client("web"), alice, visitor.base)
    stage.later(seconds=61)
    return await visitor.get(link)


unknown = partial(Row, "HU-4.1-5", place="clients PreventUserExistenceErrors")
OWN = "XSRF-TOKEN=11111111-2222-4333-8444-555555555555"

ROWS = (
    Row("LG-2", posts(cookie=None), "The browser sent no cookie at all"),
    Row(
        "LG-2",
        posts(cookie=None, referer="https://127.0.0.1:1/login"),
        "The form was shown at https://127.0.0.1:1 and came to http://localhost",
    ),
    Row("LG-2", posts(cookie=None, host="127.0.0.1"), "and came to http://127.0.0.1"),
    Row("LG-2", posts(cookie="theme=dark; lang=en"), "but not this one: lang, theme"),
    Row("LG-2", posts(csrf=None), "The form came without _csrf"),
    Row("LG-2", posts(cookie=OWN), "Form and cookie are of two pages"),
    Row(
        "LG-2",
        posts(cookie=f"{OWN}; sandbox-csrf=22222222-3333-4444-8555-666666666666"),
        "Another program on this host sets a cookie XSRF-TOKEN",
    ),
    Row("LG-2", after_another_tab, "older than the browser's last sign-in"),
    Row("HU-G8", waits_too_long, "stood open for more than five minutes"),
    Row("HU-G8", posts(query="&more=1"), "not the one the form was shown with"),
    Row(
        "HU-5-6",
        shows_form,
        "leaves the pool's own users out",
        fix="Enable COGNITO on spa",
        passes=True,
        arrange=without_the_pool,
        place="clients SupportedIdentityProviders",
    ),
    Row("HU-4.1-2", posts(password=""), "The field password was left empty"),
    Row("HU-4.1-2", posts(username=None, password=None), "without its fields"),
    Row("HU-4.1-2", posts(password=None, Password="x"), "Password was sent in its place"),
    Row("HU-4.1-2", posts(username=None), "The field username did not come"),
    Row(
        "HU-4.1-3",
        signs_in(),
        "wrong passwords in a row",
        fix="Unlock alice",
        passes=True,
        arrange=locked_out,
        place="users Enabled",
    ),
    Row(
        "HU-4.1-5",
        signs_in("dora@example.com"),
        "it is not verified and so no name yet",
        fix="Mark email of dora as verified",
        passes=True,
        arrange=dora_unverified,
        place="users Attributes.email",
    ),
    unknown(signs_in("eve"), "eve is a user of the pool other", arrange=eve_elsewhere),
    unknown(signs_in("alicee"), "alice is a user of the pool: perhaps a slip"),
    unknown(signs_in("nobody"), "Nobody in the pool has this name"),
    unknown(signs_in("8c2f51d0-3a7e-70b4-9d10-5de1a7c0b312"), "This is a sub"),
    Row(
        "HU-4.1-6",
        signs_in(),
        "alice is disabled",
        fix="Enable alice",
        passes=True,
        arrange=alice_disabled,
        place="users Enabled",
    ),
    Row(
        "HU-4.1-8", signs_in(password="Sandbox-2"), "1 of 5 tries are used", place="users Password"
    ),
    Row("HU-4.1-8", signs_in(password=" Sandbox-1"), "white space around", place="users Password"),
    Row(
        "HU-4.1-9",
        signs_in(),
        "The code from the sign-up was never entered",
        fix="Confirm alice",
        passes=True,
        arrange=changed(status=UserStatus.UNCONFIRMED),
        place="users Password",
    ),
    Row(
        "HU-4.1-10",
        signs_in("carol"),
        "Nobody signed in with the temporary password in time",
        arrange=carol_waited,
        place="users Password",
    ),
    Row(
        "HU-4.1-10",
        signs_in("carol"),
        "it is 1.0 days too old",
        arrange=carol_waited,
        place="users Password",
    ),
    Row(
        "HU-4.1-10",
        signs_in("carol"),
        "The sandbox's clock was bent when this happened",
        arrange=clock_bent_by_days,
        place="conditions ",
    ),
    Row(
        "HU-4.1-10",
        signs_in("carol"),
        "no day at all",
        arrange=no_days,
        place="policy Policies.PasswordPolicy.TemporaryPasswordValidityDays",
    ),
    Row("HU-4.1-11", signs_in("carol"), "still the temporary one", place="users Password"),
    Row("HU-4.1-11", signs_in("carol"), "This one is good for 7 d", place="users Password"),
    Row(
        "HU-4.1-11",
        signs_in(),
        "without making it permanent",
        arrange=alice_temporary,
        place="users Password",
    ),
    Row(
        "HU-4.1-12",
        signs_in(),
        "an administrator asked for a new password",
        arrange=alice_reset,
        place="users Password",
    ),
    Row(
        "HU-4.1-12",
        signs_in(),
        "A code went to alice@example.com and is good until",
        arrange=alice_reset,
        place="users Password",
    ),
    Row(
        "HU-4.1-12",
        signs_in(),
        "The code that went to alice@example.com is good no more",
        arrange=alice_reset_hours_ago,
        place="users Password",
    ),
    Row(
        "HU-4.1-12",
        signs_in(),
        "No code is on its way",
        arrange=changed(status=UserStatus.RESET_REQUIRED),
        place="users Password",
    ),
    Row(
        "HU-4.1-12",
        opens(),
        "The user was imported, and has no password here yet",
        arrange=changed(status=UserStatus.RESET_REQUIRED, password=None),
        place="users Password",
    ),
    Row("US-S1", opens(headers={"X-Forwarded-For": "10.0.0.1"}), "for this machine alone"),
    Row("US-S2", opens(), "Some programs open links to preview them", arrange=spent_link),
    Row("US-S2", opens_late, "A link is good for one minute"),
    Row(
        "US-S3",
        opens_after_switching_off,
        "may use neither the code nor the implicit flow",
        fix="Allow the code flow on web",
        place="clients AllowedOAuthFlows",
    ),
)
