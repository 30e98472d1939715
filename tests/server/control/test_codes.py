"""A script resets a password by the code that the sandbox sent, and signs in with the new one."""

import pytest

from tests.conftest import DEMO_POOL
from tests.server.control.conftest import Script
from tests.visitor import Visitor

SPA = "7spa4k1m8v0c3n5b9x6zq2kdpa"
ALICE = {"ClientId": SPA, "Username": "alice"}


async def test_a_password_is_reset_by_script_from_end_to_end(
    script: Script, visitor: Visitor
) -> None:
    pool = {"UserPoolId": DEMO_POOL, "Username": "alice"}
    await script.post("/operations/AdminResetUserPassword", **pool)
    await visitor.submit("alice", "Sandbox-1")
    assert visitor.first_refusal == "HU-4.1-12"

    [sent] = (await script.get("/codes", user="alice"))["codes"]
    assert sent["operation"] == "ConfirmForgotPassword"
    entered = {"ConfirmationCode": sent["code"], "Password": "Another-Horse-2"}
    await script.post(f"/operations/{sent['operation']}", **ALICE, **entered)

    assert (await script.get("/codes", user="alice@example.com"))["codes"] == []
    assert "code" in (await visitor.submit("alice", "Another-Horse-2")).members


async def test_the_fixed_code_needs_no_reading(script: Script, visitor: Visitor) -> None:
    await script.post("/leniency", fixed_code="123456")
    await script.post("/operations/ForgotPassword", **ALICE)

    entered = {"ConfirmationCode": "123456", "Password": "Another-Horse-2"}
    await script.post("/operations/ConfirmForgotPassword", **ALICE, **entered)

    assert "code" in (await visitor.submit("alice", "Another-Horse-2")).members


async def test_a_wrong_code_has_the_apis_own_exception(script: Script) -> None:
    await script.post("/operations/ForgotPassword", **ALICE)
    entered = {**ALICE, "ConfirmationCode": "wrong", "Password": "Another-Horse-2"}

    said = await script.ask("POST", "/operations/ConfirmForgotPassword", entered)

    assert (said.status, said.error) == (400, "CodeMismatchException")


@pytest.mark.parametrize(
    ("query", "status", "field"), [({}, 400, "user"), ({"user": "nobody"}, 404, "user")]
)
async def test_whose_codes_has_to_be_said(script: Script, query, status, field) -> None:
    path = "/codes" + ("?user=nobody" if query else "")

    said = await script.ask("GET", path)

    assert (said.status, said.field) == (status, field)
