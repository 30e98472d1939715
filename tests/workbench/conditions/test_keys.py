"""Signing keys by hand, as clients and the pool's own endpoints notice it over real HTTP."""

import asyncio
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from sandbox_app.app.sandbox import Sandbox
from sandbox_app.domain.conditions.key_sets import LONGEST_DELAY
from sandbox_app.domain.events import ConditionsChanged
from sandbox_app.domain.records.keys import KeyState
from sandbox_app.operations.keys import MOST_RETIRED
from sandbox_app.store import StoredKey
from sandbox_app.tokens.inspect import decode
from sandbox_app.tokens.keys import to_pem
from sandbox_app.workbench.conditions import keys as verbs
from sandbox_app.workbench.conditions.parts import back_to_normal, deviations, recall
from tests.conftest import DEMO_POOL
from tests.visitor import Visitor, json_of

JWKS = f"/{DEMO_POOL}/.well-known/jwks.json"
UNKNOWN = "us-east-1_Nowhere01"


async def key_set(visitor: Visitor) -> list[dict[str, str]]:
    """The keys as a client fetches them."""
    answer = await visitor.get(JWKS)
    assert answer.status == 200
    return list(json_of(answer)["keys"])


async def kids(visitor: Visitor) -> list[str]:
    return [key["kid"] for key in await key_set(visitor)]


def kid_of(token: str) -> str:
    decoded = decode(token)
    assert decoded is not None
    return str(decoded.header["kid"])


async def verified(visitor: Visitor, token: str) -> bool:
    """Whether joserfc finds a key for the token in the set it fetches now, and it fits."""
    try:
        jwt.decode(token, KeySet.import_key_set({"keys": await key_set(visitor)}))
    except (ValueError, JoseError):
        return False
    return True


def states(sandbox: Sandbox) -> list[str]:
    return [str(key.state) for key in verbs.keys_of(sandbox.core, DEMO_POOL)]


async def test_a_rotation_with_overlap_lets_old_tokens_live(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    """Contract JW-4: the set gains keys, and a client that fetches it again knows them."""
    before = await visitor.tokens()

    await verbs.rotate(sandbox.core, DEMO_POOL)

    after = await visitor.tokens()
    assert kid_of(after["id_token"]) != kid_of(before["id_token"])
    assert len(set(await kids(visitor))) == 4
    for tokens in (before, after):
        assert await verified(visitor, tokens["id_token"])
        assert (await visitor.userinfo(tokens["access_token"])).status == 200
    assert states(sandbox) == ["previous", "previous", "signing", "signing"]


async def test_an_abrupt_rotation_kills_old_tokens(sandbox: Sandbox, visitor: Visitor) -> None:
    before = await visitor.tokens()

    await verbs.rotate(sandbox.core, DEMO_POOL, overlap=False)

    assert not await verified(visitor, before["id_token"])
    refused = await visitor.userinfo(before["access_token"])
    assert (refused.status, visitor.first_refusal) == (401, "UI-2")
    assert "retired at 12:00:00 UTC" in visitor.checks[-2].because
    after = json_of(await visitor.refresh(before["refresh_token"]))
    assert await verified(visitor, after["id_token"]), "a refresh token outlives the keys"
    assert len(await kids(visitor)) == 2


async def test_one_use_can_be_rotated_alone(sandbox: Sandbox, visitor: Visitor) -> None:
    before = await visitor.tokens()

    await verbs.rotate(sandbox.core, DEMO_POOL, uses=["access"])

    after = await visitor.tokens()
    assert kid_of(after["id_token"]) == kid_of(before["id_token"])
    assert kid_of(after["access_token"]) != kid_of(before["access_token"])


async def test_a_key_published_early_signs_after_the_next_rotation(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await verbs.publish_next(sandbox.core, DEMO_POOL)
    await verbs.publish_next(sandbox.core, DEMO_POOL)
    early = (await kids(visitor))[2:]
    assert len(early) == 2, "publishing it twice makes no second one"
    assert kid_of((await visitor.tokens())["id_token"]) not in early

    await verbs.rotate(sandbox.core, DEMO_POOL)

    assert kid_of((await visitor.tokens())["id_token"]) == early[0]
    assert (await kids(visitor))[2:] == early


async def test_a_set_of_the_next_keys_alone_fits_no_token_until_they_sign(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    await verbs.publish_only_next(sandbox.core, DEMO_POOL)

    tokens = await visitor.tokens()
    assert not await verified(visitor, tokens["id_token"])
    assert (await visitor.userinfo(tokens["access_token"])).status == 200, "the pool knows better"
    assert deviations(sandbox.core) == (("keys", "key set of demo shows 2 of 4 keys"),)

    await verbs.rotate(sandbox.core, DEMO_POOL, overlap=False)
    assert await verified(visitor, (await visitor.tokens())["id_token"])
    assert deviations(sandbox.core) == (), "it hides nothing any more"


async def test_a_retired_key_can_be_published_again(sandbox: Sandbox, visitor: Visitor) -> None:
    tokens = await visitor.tokens()
    await verbs.rotate(sandbox.core, DEMO_POOL)
    kid = kid_of(tokens["access_token"])

    verbs.retire(sandbox.core, DEMO_POOL, kid)
    assert kid not in await kids(visitor)
    assert (await visitor.userinfo(tokens["access_token"])).status == 401

    verbs.publish_again(sandbox.core, DEMO_POOL, kid)
    assert kid in await kids(visitor)
    assert (await visitor.userinfo(tokens["access_token"])).status == 200


async def test_what_cannot_be_done_to_a_key_says_why(sandbox: Sandbox, visitor: Visitor) -> None:
    signing = kid_of((await visitor.tokens())["id_token"])
    core = sandbox.core

    with pytest.raises(ValueError, match="this key signs; rotate abruptly"):
        verbs.retire(core, DEMO_POOL, signing)
    with pytest.raises(ValueError, match="no key nonsense"):
        verbs.retire(core, DEMO_POOL, "nonsense")
    with pytest.raises(ValueError, match="no user pool"):
        await verbs.rotate(core, UNKNOWN)
    with pytest.raises(ValueError, match="id or access"):
        await verbs.rotate(core, DEMO_POOL, uses=["refresh"])
    assert states(sandbox) == ["signing", "signing"]


async def test_published_keys_have_a_limit(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verbs, "MOST_PUBLISHED", 4)
    await verbs.rotate(sandbox.core, DEMO_POOL)

    with pytest.raises(ValueError, match="4 keys are published at most; retire some first"):
        await verbs.rotate(sandbox.core, DEMO_POOL)

    await verbs.rotate(sandbox.core, DEMO_POOL, overlap=False)
    assert states(sandbox).count("signing") == 2


async def test_rotations_at_once_come_one_after_the_other(sandbox: Sandbox) -> None:
    await asyncio.gather(*(verbs.rotate(sandbox.core, DEMO_POOL) for _ in range(3)))

    assert sorted(states(sandbox)) == ["previous"] * 6 + ["signing"] * 2


async def test_a_pool_that_is_deleted_meanwhile_gets_no_key(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    core, make = sandbox.core, sandbox.core.keys.make
    await core.keys.of(DEMO_POOL)

    async def slow(uses: Any) -> Any:
        made = await make(uses)
        core.store.pools.remove(DEMO_POOL)
        return made

    monkeypatch.setattr(core.keys, "make", slow)

    with pytest.raises(ValueError, match="no user pool"):
        await verbs.rotate(core, DEMO_POOL)
    assert len(core.store.keys.of_pool(DEMO_POOL)) == 2


async def test_keys_retired_last_are_remembered_and_older_ones_forgotten(
    sandbox: Sandbox, signing_keys: Any
) -> None:
    keys, pem = sandbox.core.store.keys, to_pem(signing_keys[0])
    await sandbox.core.keys.of(DEMO_POOL)
    for number in range(MOST_RETIRED):
        keys.add(
            DEMO_POOL, StoredKey(f"old{number}", "id", pem, 0.0, KeyState.RETIRED, float(number))
        )

    await verbs.rotate(sandbox.core, DEMO_POOL, overlap=False)

    kept = {key.kid for key in verbs.keys_of(sandbox.core, DEMO_POOL)}
    assert "old1" not in kept
    assert {"old2", "old49", signing_keys[0].kid} <= kept


async def test_an_empty_set_is_a_set_without_keys(sandbox: Sandbox, visitor: Visitor) -> None:
    verbs.empty_key_set(sandbox.core, DEMO_POOL)

    answer = await visitor.get(JWKS)

    assert (answer.status, answer.text) == (200, '{"keys":[]}')
    assert visitor.noted("US-K1")
    assert deviations(sandbox.core) == (("keys", "key set of demo is empty"),)
    assert not any(key.published for key in verbs.keys_of(sandbox.core, DEMO_POOL))


async def test_a_slow_set_outlasts_a_clients_patience(sandbox: Sandbox, visitor: Visitor) -> None:
    verbs.answer_key_set(sandbox.core, DEMO_POOL, delay=LONGEST_DELAY)

    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(visitor.get(JWKS), 0.05)

    discovery = await visitor.get(f"/{DEMO_POOL}/.well-known/openid-configuration")
    assert discovery.status == 200, "only the key set is slow"


async def test_whoever_waits_for_a_slow_set_gets_it_once_it_is_slow_no_more(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    core = sandbox.core
    verbs.answer_key_set(core, DEMO_POOL, delay=LONGEST_DELAY)
    listening = core.bus._listeners[ConditionsChanged]
    before = len(listening)
    asked = asyncio.ensure_future(visitor.get(JWKS))
    async with asyncio.timeout(5):
        while len(listening) == before:
            await asyncio.sleep(0)

        verbs.answer_key_set(core, "us-east-1_Demo00001", status=200)
        assert not asked.done(), "what else is bent wakes nobody"
        back_to_normal(core)

        assert len(json_of(await asked)["keys"]) == 2
    assert len(listening) == before
    assert visitor.noted("US-K1")


async def test_a_failing_set_comes_without_keys_and_live_says_why(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    verbs.answer_key_set(sandbox.core, DEMO_POOL, status=500)

    answer = await visitor.get(JWKS)

    assert (answer.status, answer.text) == (500, '{"message":"Internal Server Error"}')
    assert (visitor.last.rule, visitor.first_refusal) == ("US-K1", "US-K1")


async def test_type_and_cache_headers_can_be_chosen(sandbox: Sandbox, visitor: Visitor) -> None:
    chosen = (("Cache-Control", "public, max-age=86400"), ("ETag", '"one"'))
    verbs.answer_key_set(sandbox.core, DEMO_POOL, content_type="text/html", cache_headers=chosen)

    answer = await visitor.get(JWKS)

    assert answer.headers["Content-Type"] == "text/html"
    assert answer.headers.getall("Cache-Control") == ["public, max-age=86400"]
    assert answer.headers["ETag"] == '"one"'
    assert not {"Pragma", "Expires"} & set(answer.headers)
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert deviations(sandbox.core) == (
        ("keys", "key set of demo is text/html"),
        ("keys", "key set of demo has other cache headers"),
    )


@pytest.mark.parametrize(
    "members",
    [
        {"status": 302},
        {"status": 600},
        {"content_type": "text/html\r\nX-Evil: 1"},
        {"content_type": "x" * 201},
        {"cache_headers": (("Set-Cookie", "a=b"),)},
        {"cache_headers": (("Cache-Control", "a\nb"),)},
        {"delay": 2 * LONGEST_DELAY},
        {"delay": -LONGEST_DELAY},
    ],
)
async def test_an_answer_that_no_server_gives_is_refused(
    sandbox: Sandbox, members: dict[str, Any]
) -> None:
    with pytest.raises(ValueError, match=r"key set|header"):
        verbs.answer_key_set(sandbox.core, DEMO_POOL, **members)

    assert deviations(sandbox.core) == ()


async def test_bent_answers_survive_a_restart_and_end_with_back_to_normal(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    core, usual = sandbox.core, await visitor.get(JWKS)
    bent = verbs.answer_key_set(
        core,
        DEMO_POOL,
        only=("a",),
        delay=LONGEST_DELAY,
        status=503,
        content_type="",
        cache_headers=(("Age", "7"),),
    )
    core.conditions.key_sets.clear()
    recall(core)
    assert verbs.key_set_answer(core, DEMO_POOL) == bent

    heard: list[ConditionsChanged] = []
    core.bus.subscribe(ConditionsChanged, heard.append)
    back_to_normal(core)

    again = await visitor.get(JWKS)
    assert (again.status, again.body) == (usual.status, usual.body)
    assert again.headers["Cache-Control"] == usual.headers["Cache-Control"]
    assert ConditionsChanged("keys") in heard


async def test_one_pools_bent_set_leaves_the_others_alone(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    with pytest.raises(ValueError, match="no user pool"):
        verbs.empty_key_set(sandbox.core, UNKNOWN)
    verbs.empty_key_set(sandbox.core, DEMO_POOL)

    verbs.answer_as_usual(sandbox.core, DEMO_POOL)

    assert len(await kids(visitor)) == 2


async def test_keys_that_were_changed_in_the_file_are_read_again(
    sandbox: Sandbox, visitor: Visitor
) -> None:
    before = await kids(visitor)
    sandbox.core.store.keys.move(DEMO_POOL, before[0], KeyState.RETIRED, 0.0)
    sandbox.core.store.keys.move(DEMO_POOL, before[0], KeyState.SIGNING, 0.0)
    sandbox.core.store.keys.move(DEMO_POOL, before[1], KeyState.SIGNING, 9.0)

    sandbox.core.keys.forget_all()

    assert verbs.keys_of(sandbox.core, DEMO_POOL)[1].since == 9.0
