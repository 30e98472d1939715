"""A refusal copied as one text explains itself to somebody else, and opens no door."""

import json
import platform

import pytest

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Message
from sandbox_app.domain.rules.catalogue import CATALOGUE
from sandbox_app.server.masking import MASK, masked_body, masked_headers, masked_target
from sandbox_app.workbench.live.refusal_text import check_words, refusal_text
from tests.gui.live.samples import (
    NOW,
    Log,
    a_detail,
    a_jwe,
    a_jwt,
    a_redirect_mismatch,
    an_exchange,
)

FORM = "application/x-www-form-urlencoded"


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


def test_the_version_of_python_is_told_once() -> None:
    exchange = an_exchange()
    python = f"Python {platform.python_version()}"

    text = refusal_text(exchange, a_detail(exchange), [f"{python}, Qt 6"])

    assert text.count(python) == 1
    assert text.splitlines()[-1].startswith(platform.system())


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
    assert "Bearer (masked-token-1)" in text
    assert "secret-cookie" not in text


def test_what_was_masked_is_not_in_it_and_nothing_else_opens_a_door() -> None:
    form = masked_body(b"grant_type=password&password=Hunter2&client_secret=s3cr3t", FORM)
    headers = masked_headers((("Content-Type", FORM), ("Authorization", "Basic d2ViOnMzY3IzdA==")))
    exchange = an_exchange(method="POST", rule="TK-5", error="invalid_client", status=400)
    detail = a_detail(
        exchange,
        target=masked_target("/oauth2/token?client_secret=s3cr3t"),
        request=Message(headers=headers, body=form, size=len(form)),
    )

    text = refusal_text(exchange, detail)

    assert f"POST /oauth2/token?client_secret={MASK} HTTP/1.1" in text
    assert f"Authorization: Basic {MASK}" in text
    assert f"password={MASK}&client_secret={MASK}" in text
    assert not [word for word in ("Hunter2", "s3cr3t", "d2Vi") if word in text]


def test_a_refresh_token_is_cut_wherever_it_stands() -> None:
    token = a_jwe()
    exchange = an_exchange(rule="TR-1", error="invalid_grant", status=400)
    form = f"grant_type=refresh_token&refresh_token={token}".encode()
    detail = a_detail(
        exchange,
        target=f"/oauth2/token?hint={token}",
        request=Message(headers=(("Referer", f"http://x/#{token}"),), body=form, size=len(form)),
        because=f"{token} was revoked",
        checks=(Check("TR-1", Verdict.REFUSED, token, because=f"no {token}"),),
    )

    text = refusal_text(exchange, detail, [f"copied with {token}"])

    assert text.count("(masked-encrypted-token-1)") == 7
    assert token[:40] not in text


def test_codes_cookies_and_what_else_opens_a_door_are_not_in_it() -> None:
    form = b"grant_type=authorization_code&code=c0de-4711&code_verifier=ver1fier-4711"
    exchange = an_exchange(method="POST", rule="TC-1", error="invalid_grant", status=400)
    answer = b'{"Session": "sess1on-4711", "message": "c0de-4711 is used up"}'
    detail = a_detail(
        exchange,
        target="/oauth2/token?state=st4te-4711",
        request=Message(
            headers=(
                ("Content-Type", FORM),
                ("Referer", "http://localhost/cb?code=c0de-4711"),
                ("Authorization", "Bearer 0paque-0paque-0paque-4711"),
            ),
            body=form,
            size=len(form),
        ),
        response=Message(body=answer, size=len(answer)),
        because="c0de-4711 was redeemed before",
        checks=(Check("TC-1", Verdict.REFUSED, "c0de-4711", because="ver1fier-4711"),),
    )

    text = refusal_text(exchange, detail, causes=["c0de-4711 came twice"])

    assert "4711" not in text
    assert "grant_type=authorization_code&code=(masked-code-1)" in text
    assert "Likely: (masked-code-1) came twice" in text


def test_a_request_that_was_not_refused_is_told_without_a_refusal() -> None:
    exchange = an_exchange(client_name="", client_id="")

    text = refusal_text(exchange, a_detail(exchange, because="not shown"))

    assert "Refused" not in text
    assert "not shown" not in text
    assert f"client unknown, request id {exchange.id}" in text.splitlines()[0]


def test_where_a_redirect_leads_is_in_it() -> None:
    exchange = an_exchange(rule="AZ-10", error="invalid_scope")
    location = "http://localhost/cb?error=invalid_scope&state=st4te-4711"
    answer = Message(headers=(("Location", location), ("Set-Cookie", "cognito=c00kie-4711")))

    text = refusal_text(exchange, a_detail(exchange, response=answer))

    assert "Location: http://localhost/cb?error=invalid_scope&state=(masked-state-1)" in text
    assert "4711" not in text


def test_a_capped_body_is_told_as_one() -> None:
    exchange = an_exchange(status=400)
    response = Message(body=b"no", size=70_000)

    text = refusal_text(exchange, a_detail(exchange, response=response))

    assert "HTTP/1.1 400\n\nno\n(The first 2 bytes of 68 KiB were recorded.)\n" in text


def test_a_value_with_line_breaks_cannot_pose_as_a_check() -> None:
    exchange = an_exchange(rule="AZ-4", error="redirect_mismatch", status=400)
    forged = "x\nok      AZ-4      all is well\x1b[2K"
    detail = a_detail(
        exchange, because=forged, checks=(Check("AZ-4", Verdict.REFUSED, forged, "grün"),)
    )

    lines = refusal_text(exchange, detail).splitlines()

    assert [line for line in lines if line.startswith("ok")] == []
    assert rf"{'':18}got: x\nok      AZ-4      all is well\x1b[2K" in lines
    assert f"{'':18}expected: grün" in lines


@pytest.mark.parametrize(("rule", "words"), [("AZ-4", None), ("XX-9", "XX-9")])
def test_a_check_is_told_by_the_catalogue_or_else_by_its_id(rule, words) -> None:
    told = check_words(Check(rule, Verdict.PASSED))

    assert told == (words or CATALOGUE[rule].sentence)


@pytest.mark.usefixtures("berlin")
def test_it_says_when_in_the_time_of_this_machine() -> None:
    exchange = an_exchange(started_at=NOW)

    assert refusal_text(exchange, a_detail(exchange)).startswith("2026-11-23 11:42:07, client web,")
