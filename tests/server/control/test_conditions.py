"""The world bent by script, and the difference seen over real HTTP."""

from typing import Any

import pytest

from sandbox_app.domain.clock import ManualClock
from sandbox_app.tokens.inspect import decode, unverified_claims
from tests.conftest import DEMO_POOL, NOON
from tests.server.control.conftest import Script
from tests.visitor import Visitor, json_of

JWKS = f"/{DEMO_POOL}/.well-known/jwks.json"


async def test_time_passes_for_tokens_at_once(script: Script, visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")

    told = await script.post("/clock/advance", by="59m59s")
    assert (await visitor.userinfo(tokens["access_token"])).status == 200
    assert (told["now"], told["ahead"]) == ("2026-11-02T12:59:59Z", 3599.0)
    await script.post("/clock/advance", by="1s")
    assert (await visitor.userinfo(tokens["access_token"])).status == 401


async def test_a_code_dies_when_the_clock_jumps(script: Script, visitor: Visitor) -> None:
    code = await visitor.code("alice")
    await script.post("/clock/shift", offset="5m")

    answer = await visitor.exchange(code)
    assert json_of(answer) == {"error": "invalid_grant"}


async def test_a_standing_clock_stands(script: Script, clock: ManualClock) -> None:
    await script.post("/clock/freeze")
    clock.advance(NOON - NOON.replace(hour=11))
    standing = await script.get("/clock")
    running = await script.post("/clock/run")

    assert (standing["now"], standing["standing"]) == ("2026-11-02T12:00:00Z", True)
    assert (running["ahead"], running["standing"]) == (-3600.0, False)
    assert (await script.post("/clock/straighten"))["ahead"] == 0


@pytest.mark.parametrize("moment", ["2027-01-31T08:00:00Z", "2027-01-31T09:00+01:00", 1801382400])
async def test_a_moment_becomes_the_present(script: Script, moment: Any) -> None:
    told = await script.post("/clock/go-to", moment=moment)

    assert (told["now"], told["epoch"]) == ("2027-01-31T08:00:00Z", 1801382400.0)
    assert await script.get("/conditions") == {
        "deviations": [{"part": "clock", "words": "clock +89 d 20 h"}]
    }


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("/clock/advance", {"by": "soon"}, "by"),
        ("/clock/advance", {"by": "9999999d"}, "by"),
        ("/clock/advance", {"by": "90000d"}, "by"),
        ("/clock/shift", {"offset": ""}, "offset"),
        ("/clock/go-to", {"moment": "tomorrow"}, "moment"),
        ("/clock/go-to", {"moment": 1e300}, "moment"),
        ("/clock/go-to", {"moment": "1066-10-14T00:00Z"}, "moment"),
        ("/clock/skew", {"client": "spa", "by": "400d"}, "by"),
        ("/clock/skew", {"client": "spaa", "by": "1s"}, "client"),
        ("/leniency", {"fixed_code": "12345"}, "fixed_code"),
        ("/leniency", {"no_lockouts": True}, "no_lockouts"),
        ("/leniency", {"no_lockout": "yes"}, "no_lockout"),
        ("/faults", {"sentence": "POST /oauth2/token makes trouble"}, "sentence"),
        ("/faults", {"sentence": "any → 200"}, "sentence"),
        ("/keys/rotate", {"uses": []}, "uses"),
        ("/keys/rotate", {"uses": ["refresh"]}, "uses[0]"),
        ("/keys/rotate", {"pool": "demi"}, "pool"),
        ("/keys/retire", {"kid": "none"}, "kid"),
        ("/keys/answer", {"delay": "1h"}, None),
        ("/keys/answer", {"delay": "soon"}, "delay"),
        ("/keys/answer", {"status": 302}, None),
        ("/keys/answer", {"cache_headers": {"Set-Cookie": "a=b"}}, None),
        ("/keys/answer", {"content_type": "a\r\nb"}, None),
    ],
)
async def test_what_cannot_be_is_said_and_bends_nothing(
    script: Script, path: str, body: Any, field: str | None
) -> None:
    said = await script.ask("POST", path, body)

    assert said.status in (400, 404), said.body
    assert said.field == field
    assert said.message[0].isupper() or said.message.startswith(("“", str(field)))
    assert said.message.endswith(".")
    assert await script.get("/conditions") == {"deviations": []}


async def test_one_clients_clock_is_wrong(script: Script, visitor: Visitor) -> None:
    told = await script.post("/clock/skew", client="spa", by="-10m")
    spa, web = [await visitor.tokens("alice", name) for name in ("spa", "web")]

    def issued(tokens: Any) -> Any:
        return (unverified_claims(tokens["id_token"]) or {})["iat"]

    assert list(told["skews"].values()) == [-600.0]
    assert issued(web) - issued(spa) == 600
    assert (await script.post("/clock/skew", client="spa", by="0s"))["skews"] == {}


async def test_keys_are_rotated_with_overlap_and_abruptly(script: Script, visitor: Visitor) -> None:
    before = await visitor.tokens("alice")
    rotated = await script.post("/keys/rotate")
    after = await visitor.tokens("alice")
    assert [key["state"] for key in rotated["keys"]].count("previous") == 2
    assert kid(before["access_token"]) != kid(after["access_token"])
    assert len(await published(visitor)) == 4
    assert (await visitor.userinfo(before["access_token"])).status == 200

    await script.post("/keys/rotate", overlap=False, uses=["access"])
    assert kid(after["access_token"]) not in await published(visitor)
    assert (await visitor.userinfo(after["access_token"])).status == 401


async def test_a_key_is_retired_and_published_again(script: Script, visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")
    await script.post("/keys/rotate")
    gone = kid(tokens["access_token"])

    await script.post("/keys/retire", kid=gone)
    assert (await visitor.userinfo(tokens["access_token"])).status == 401
    await script.post("/keys/publish-again", kid=gone)
    assert (await visitor.userinfo(tokens["access_token"])).status == 200


async def test_only_the_next_key_is_shown(script: Script, visitor: Visitor) -> None:
    await script.post("/keys/publish-next", uses=["id"])
    answer = await script.post("/keys/publish-only-next")
    tokens = await visitor.tokens("alice")

    assert await published(visitor) == answer["only"]
    assert kid(tokens["id_token"]) not in answer["only"]


async def test_a_key_set_is_answered_wrongly_and_as_usual_again(
    script: Script, visitor: Visitor
) -> None:
    usual = await visitor.get(JWKS)
    await script.post("/keys/answer", only=[])
    assert await published(visitor) == []
    bent = await script.post(
        "/keys/answer",
        only=None,
        status=500,
        content_type="text/html",
        cache_headers={"Cache-Control": "max-age=60"},
    )
    answer = await visitor.get(JWKS)
    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/html")
    assert answer.headers["Cache-Control"] == "max-age=60"
    assert await script.get("/keys/answer") == bent

    assert (await script.post("/keys/answer/usual"))["status"] == 200
    assert (await visitor.get(JWKS)).body == usual.body


def kid(token: str) -> str:
    decoded = decode(token)
    assert decoded is not None
    return str(decoded.header["kid"])


async def published(visitor: Visitor) -> list[str]:
    return [key["kid"] for key in json_of(await visitor.get(JWKS))["keys"]]


async def test_leniency_is_switched_one_by_one(script: Script, visitor: Visitor) -> None:
    await script.post("/leniency", codes_again=True)
    told = await script.post("/leniency", fixed_code="123456")
    assert told == {
        "fixed_code": "123456",
        "no_code_limits": False,
        "no_lockout": False,
        "codes_again": True,
        "any_loopback_port": False,
    }

    assert await script.post("/leniency", fixed_code="", codes_again=False) == {
        "fixed_code": "",
        "no_code_limits": False,
        "no_lockout": False,
        "codes_again": False,
        "any_loopback_port": False,
    }


async def test_faults_are_listed_changed_and_taken_away(script: Script) -> None:
    made = await script.post("/faults", sentence="POST /oauth2/token -> 503 every 3rd")
    assert made["sentence"] == "POST /oauth2/token → 503 every 3rd"
    assert (made["enabled"], made["seen"], made["hits"]) == (True, 0, 0)

    fault = f"/faults/{made['id']}"
    said = await script.ask("PATCH", fault, {"name": "flaky", "enabled": False})
    assert (said.body["name"], said.body["enabled"]) == ("flaky", False)
    said = await script.ask("PATCH", fault, {"sentence": "jwks → hang"})
    assert said.body["sentence"] == "jwks → hang"
    assert (await script.post("/faults/switch", enabled=True))["faults"][0]["enabled"]
    await script.post("/faults/reset-counters")
    assert (await script.ask("DELETE", fault)).body == {"faults": []}
    for method in ("PATCH", "DELETE"):
        said = await script.ask(method, fault, {} if method == "PATCH" else None)
        assert (said.status, said.error) == (404, "not_found")
    await script.post("/faults", sentence="any → reset")
    assert (await script.ask("DELETE", "/faults")).body == {"faults": []}


async def test_a_recipe_is_put_into_force(script: Script, visitor: Visitor) -> None:
    names = [each["name"] for each in (await script.get("/recipes"))["recipes"]]
    assert {"throttled", "wrong-clock"} <= set(names)

    await script.post("/recipes/apply", name="wrong-clock")
    assert (await script.get("/clock"))["ahead"] == 600
    recipe = "name: mine\nfaults: [POST /oauth2/token → 503]\n"
    told = await script.post("/recipes/apply", recipe=recipe)
    assert [each["words"] for each in told["deviations"]] == ["clock +10 min", "1 fault"]
    assert (await visitor.exchange("any")).status == 503

    present = (await script.get("/recipes/present", name="both"))["recipe"]
    await script.post("/conditions/normal")
    assert (await script.post("/recipes/apply", recipe=present)) == told


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 400, "name"),
        ({"name": "throttled", "recipe": "name: x"}, 400, "name"),
        ({"name": "tea"}, 404, "name"),
        ({"name": "/etc/passwd"}, 404, "name"),
        ({"name": "../seeds/demo"}, 404, "name"),
        ({"recipe": "name: x\nfaults: [tea → hot]\n"}, 400, "recipe"),
        ({"recipe": "name: x\nclock: {skews: {tea: 1s}}\n"}, 400, "recipe"),
        ({"recipe": "{"}, 400, "recipe"),
    ],
)
async def test_a_recipe_that_is_none_bends_nothing(
    script: Script, body: Any, status: int, field: str
) -> None:
    said = await script.ask("POST", "/recipes/apply", body)

    assert (said.status, said.field) == (status, field)
    assert await script.get("/conditions") == {"deviations": []}


async def test_the_clock_jumps_to_just_before_an_end(script: Script, visitor: Visitor) -> None:
    tokens = await visitor.tokens("alice")
    ending = await ending_of(script, "access token")
    assert (ending["client_name"], ending["username"], ending["alive"]) == ("spa", "alice", True)

    told = await script.post("/clock/jump", ending=ending["id"], stand=True)
    assert (told["epoch"], told["standing"]) == (ending["ends_at"] - 1, True)
    assert (await visitor.userinfo(tokens["access_token"])).status == 200
    await script.post("/clock/jump", ending=ending["id"], by="1s")
    assert (await visitor.userinfo(tokens["access_token"])).status == 401
    said = await script.ask("POST", "/clock/jump", {"ending": "none"})
    assert (said.status, said.field) == (400, "ending")


@pytest.mark.parametrize(
    ("thing", "holds"), [("code", False), ("browser session", True), ("refresh token", True)]
)
async def test_every_thing_that_ends_is_told(
    script: Script, visitor: Visitor, thing: str, holds: bool
) -> None:
    if holds:
        await visitor.tokens("alice")
    else:
        await visitor.code("alice")
    ending = await ending_of(script, thing)

    assert ending["began_at"] <= (await script.get("/clock"))["epoch"] < ending["ends_at"]
    assert await script.get("/clock/endings", pool="demo", limit=1)
    said = await script.ask("GET", "/clock/endings?pool=demi")
    assert (said.status, said.field) == (404, "pool")


async def ending_of(script: Script, thing: str) -> Any:
    found = (await script.get("/clock/endings"))["endings"]
    return next(each for each in found if each["thing"] == thing)


async def test_who_holds_which_keys_is_told(script: Script, visitor: Visitor) -> None:
    await published(visitor)
    await script.post("/keys/rotate")
    await visitor.tokens("alice")

    [reader] = (await script.get("/keys/timeline"))["readers"]
    assert reader["clients"] == ["spa"]
    assert reader["fetched"] == 1
    assert {given["known"] for given in reader["fetches"][0]["given"]} == {False}
    assert reader["finding"]


async def test_a_snapshot_is_saved_compared_renamed_and_restored(
    script: Script, visitor: Visitor
) -> None:
    saved = await script.post("/snapshots", name="before")
    assert (saved["origin"], saved["problem"]) == ("saved", "")
    assert saved["counts"]["users"] == 3
    await script.post("/operations/AdminDeleteUser", UserPoolId=DEMO_POOL, Username="bob")
    await script.post("/clock/advance", by="1h")

    [users, *_] = (await script.get("/snapshots/before/differences"))["kinds"]
    assert (users["kind"], users["deleted"]) == ("user", 1)
    assert users["listed"][0]["name"] == "bob"
    said = await script.ask("PATCH", "/snapshots/before", {"name": "at first / 100 %"})
    assert said.body["name"] == "at first / 100 %"
    restored = await script.post("/snapshots/at%20first%20%2F%20100%20%25/restore")
    assert restored["kept"]["origin"] == "before restore"
    assert await script.get("/conditions") == {"deviations": []}
    assert "id_token" in await visitor.tokens("bob")
    kept = restored["kept"]["id"]
    between = await script.get(f"/snapshots/{saved['id']}/differences", **{"with": kept})
    assert between["kinds"][0]["deleted"] == 1


async def test_a_snapshot_is_deleted_and_what_is_not_there_is_told(script: Script) -> None:
    saved = await script.post("/snapshots", name="once")
    said = await script.ask("POST", "/snapshots", {"name": "once"})
    assert (said.status, said.field) == (400, "name")
    assert (await script.ask("DELETE", f"/snapshots/{saved['id']}")).body["snapshots"] == [
        each for each in (await script.get("/snapshots"))["snapshots"] if each["name"] != "once"
    ]
    for method, path, body in (
        ("DELETE", "/snapshots/once", None),
        ("POST", "/snapshots/once/restore", {}),
        ("PATCH", "/snapshots/once", {"name": "twice"}),
        ("GET", "/snapshots/once/differences", None),
    ):
        said = await script.ask(method, path, body)
        assert (said.status, said.error) == (404, "not_found"), (method, path)


async def test_the_workspace_is_reset_to_its_seed(script: Script) -> None:
    await script.post("/operations/AdminDeleteUser", UserPoolId=DEMO_POOL, Username="bob")

    assert await script.post("/reset", keep=False) == {"kept": None}
    about = await script.post("/operations/AdminGetUser", UserPoolId=DEMO_POOL, Username="bob")
    assert about["Username"] == "bob"


async def test_everything_is_normal_again_at_once(script: Script) -> None:
    await script.post("/clock/advance", by="1h")
    await script.post("/keys/answer", only=[])
    await script.post("/faults", sentence="any → 503")
    await script.post("/leniency", no_lockout=True)
    bent = (await script.get("/conditions"))["deviations"]
    assert [each["part"] for each in bent] == ["clock", "keys", "faults", "leniency"]

    assert await script.post("/conditions/normal") == {"deviations": []}
    assert (await script.get("/clock"))["ahead"] == 0
