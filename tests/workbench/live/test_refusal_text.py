"""A refusal copied as one text explains itself to somebody else, and opens no door."""

import json

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.refusal_text import refusal_text
from tests.gui.live.samples import NOW, Log, a_detail, a_jwt, a_redirect_mismatch, an_exchange


def test_request_checks_and_versions_are_in_it() -> None:
    log = Log()
    refused, _ = a_redirect_mismatch(log, "l1", NOW)

    text = refusal_text(refused, log.detail(refused.id), ["Userpool Sandbox 9"])

    lines = text.splitlines()
    assert lines[0] == "Refused: the callback URL does not match (AZ-4)"
    assert lines[1] == "Because: redirect_uri is not registered"
    assert f"client spa, request id {refused.id}" in lines[2]
    assert "User-Agent: Mozilla/5.0" in lines
    assert any(line.startswith("ok      AZ-1") for line in lines)
    assert any(line.startswith("REFUSED AZ-4") for line in lines)
    assert any(line.startswith("-       AZ-13") for line in lines)
    assert f"{'':18}got: http://localhost:5173/callback/" in lines
    assert "Userpool Sandbox 9" in lines
    assert lines[-1].startswith("Python ")


def test_tokens_and_cookies_are_not() -> None:
    token = a_jwt({"sub": "x"})
    exchange = an_exchange(rule="UI-2", error="invalid_token", status=401)
    body = json.dumps({"id_token": token}).encode()
    detail = a_detail(
        exchange,
        request=Message(
            headers=(("Authorization", f"Bearer {token}"), ("Cookie", "cognito=secret-cookie"))
        ),
        response=Message(body=body, size=len(body)),
        checks=(Check("UI-2", Verdict.REFUSED, token),),
    )

    text = refusal_text(exchange, detail)

    assert token not in text
    assert f"Bearer {token[:8]}… ({len(token)} characters)" in text
    assert "secret-cookie" not in text
