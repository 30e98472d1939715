"""What leaves the program holds no secret unless somebody asked for it."""

import json
from time import process_time
from typing import Any
from urllib.parse import quote, quote_plus

import pytest

from sandbox_app.domain.records.traffic import ExchangeDetail, Message
from sandbox_app.workbench.live.exporting.covering import Redaction, tally_words
from sandbox_app.workbench.live.exporting.redaction import Redactor
from tests.gui.live.samples import a_detail, a_jwe, a_jwt, an_exchange, id_payload

HIDDEN = pytest.mark.parametrize("how", [Redaction.MASK, Redaction.REMOVE])
JWT = a_jwt(id_payload(1_795_430_000))
UNSIGNED = JWT.rpartition(".")[0] + "."
FORM = ("Content-Type", "application/x-www-form-urlencoded")


def everything(detail: ExchangeDetail) -> str:
    """All texts of an exchange as somebody with grep sees them."""
    return repr(detail)


def leaks(text: str, secrets: dict[str, str]) -> list[str]:
    written = {
        kind: (value, quote(value, safe=""), quote_plus(value), json.dumps(value)[1:-1])
        for kind, value in secrets.items()
    }
    return [kind for kind, ways in written.items() if any(way in text for way in ways)]


@HIDDEN
async def test_a_real_login_leaves_no_secret(recorded, how) -> None:
    redactor = Redactor(how, recorded.details)

    text = "\n".join(everything(redactor.detail(detail)) for detail in recorded.details)

    assert leaks(text, recorded.secrets) == []
    assert "eyJ" not in text


async def test_unredacted_a_login_does_hold_them(recorded) -> None:
    redactor = Redactor(Redaction.NONE, recorded.details)

    text = "\n".join(everything(redactor.detail(detail)) for detail in recorded.details)

    # Passwords and client secrets are not even recorded.
    never = {"password", "client secret", "Basic credentials"}
    assert set(leaks(text, recorded.secrets)) == set(recorded.secrets) - never


async def test_what_explains_the_login_stays(recorded) -> None:
    redactor = Redactor(Redaction.MASK, recorded.details)

    text = "\n".join(everything(redactor.detail(detail)) for detail in recorded.details)

    for kept in (
        "/oauth2/authorize",
        "response_type=code",
        "code_challenge_method=S256",
        "grant_type=authorization_code",
        "alice",
        "token_type",
        "HttpOnly; SameSite=Lax",
    ):
        assert kept in text


async def test_the_same_code_gets_the_same_label_on_its_way(recorded) -> None:
    redactor = Redactor(Redaction.MASK, recorded.details)
    details = [redactor.detail(detail) for detail in recorded.details]

    redirect = next(
        value
        for detail in details
        for name, value in detail.response.headers
        if name == "Location" and "code=" in value
    )
    trade = next(it for it in details if b"authorization_code" in it.request.body)

    assert "code=(masked-code-1)" in redirect
    assert b"code=(masked-code-1)" in trade.request.body
    assert "1 code" in tally_words(redactor.tally)


@HIDDEN
@pytest.mark.parametrize(
    ("kind", "text", "secret"),
    [
        ("a JWT", f"seen {JWT} here", JWT),
        ("an unsigned JWT", f"got {UNSIGNED}", UNSIGNED),
        ("a JWT cut off in its header", f"token {JWT[:30]}", JWT[:30]),
        ("a JWT cut off in its payload", f"token={JWT[:120]}", JWT[60:120]),
        ("an opaque refresh token", f"old: {a_jwe()}", a_jwe()),
        ("a bearer header", "Authorization: Bearer 0paque-0paque-0paque-1", "0paque-0paque"),
        ("basic credentials in a sentence", "sent Basic YWxpY2U6U2FuZGJveC0x.", "YWxpY2U6U2Fu"),
        ("a cookie line", "Cookie: a=first-value; cognito=second-value", "second-value"),
        ("a set cookie line", 'set-cookie: cognito="third-value"; Path=/', "third-value"),
        ("a parameter in an address", "see http://localhost/cb?code=4711-0815&x=1", "4711-0815"),
        ("a parameter in a fragment", "http://localhost/cb#state=abc-def", "abc-def"),
        ("a parameter in escaped HTML", "href='/login?a=b&amp;state=abc-def'", "abc-def"),
        ("an address within an address", "?next=%2Fcb%3Fcode%3D4711-0815", "4711-0815"),
        ("a JSON member", '{"code_verifier": "v\\"er-1"}', 'v\\"er-1'),
        ("a JSON member with an escaped name", '{"\\u0063ode": "4711-0815"}', "4711-0815"),
        ("a JSON number", '{"ConfirmationCode": 471108}', "471108"),
        ("a member cut off", '{"refresh_token":"abcdef', "abcdef"),
        ("an API session", '{"Session": "AYABe-session"}', "AYABe-session"),
        ("a password", '{"ProposedPassword":"Pa$$w0rd!"}', "Pa$$w0rd!"),
        ("a hidden input", '<input type="hidden" name="_csrf" value="c-s-r-f-1">', "c-s-r-f-1"),
        ("an input turned round", "<input value='c-s-r-f-1' name='_csrf'>", "c-s-r-f-1"),
    ],
)
def test_no_text_keeps(how, kind, text, secret) -> None:
    assert secret in text
    assert secret not in Redactor(how).text(text)


@HIDDEN
@pytest.mark.parametrize(
    ("request_given", "secret"),
    [
        ({"body": b"c%6fde=4711-0815&x=1", "headers": (FORM,)}, "4711-0815"),
        ({"body": b"code=47%311-0815", "headers": (FORM,)}, "47%311-0815"),
        ({"headers": (("Authorization", "0paque"),)}, "0paque"),
        ({"headers": (("Authorization", "Bearer short"),)}, "short"),
        ({"headers": (("X-XSRF-TOKEN", "c-s-r-f-1"),)}, "c-s-r-f-1"),
        ({"headers": (("Cookie", "lonely-value"),)}, "lonely-value"),
        ({"body": b"\xff\xfe\0password", "size": 11}, "password"),
        ({"body": b'{"code": ["4711-0815"]}'}, "4711-0815"),
        ({"body": b'{"session": {"at": ["s-1-2-3"]}, "note": "s-1-2-3"}'}, "s-1-2-3"),
        (
            {
                "headers": (("Content-Type", "multipart/form-data; boundary=b"),),
                "body": b'--b\r\nname="password"\r\n\r\nSandbox-1\r\n--b--',
            },
            "Sandbox-1",
        ),
    ],
)
def test_no_message_keeps(how, request_given: dict[str, Any], secret) -> None:
    detail = a_detail(an_exchange(), request=Message(**request_given))

    assert secret not in everything(Redactor(how, [detail]).detail(detail))


@HIDDEN
def test_what_a_sentence_says_of_a_secret_is_hidden_however_it_was_carried(how) -> None:
    json_type = ("Content-Type", "application/json")
    details = [
        a_detail(an_exchange(), target="/cb?code=c0de-4711"),
        a_detail(an_exchange(), request=Message(body=b"code=f0rm-4711", headers=(FORM,))),
        a_detail(an_exchange(), request=Message(headers=(("Cookie", "cognito=c00kie-4711"),))),
        a_detail(
            an_exchange(),
            response=Message(body=b'{"Session": "sess1on-4711"}', headers=(json_type,)),
        ),
    ]
    words = "c0de-4711, f0rm-4711, c00kie-4711 and sess1on-4711 were seen before"
    about = a_detail(an_exchange(), because=words)

    redactor = Redactor(how, [*details, about])

    assert "4711" not in redactor.detail(about).because
    assert tally_words(redactor.tally) == "2 codes, 1 cognito cookie, 1 session"


async def test_the_preview_counts_what_is_gone_like_what_is_masked(recorded) -> None:
    gone, masked = (Redactor(how, recorded.details) for how in (Redaction.REMOVE, Redaction.MASK))

    assert tally_words(gone.tally) == tally_words(masked.tally)
    assert "1 code verifier, 1 cognito cookie" in tally_words(gone.tally)


def test_several_of_a_kind_are_counted_in_plain_words() -> None:
    assert tally_words({"id-token": 1, "body": 2, "code": 3}) == "2 bodies, 3 codes, 1 id token"
    assert tally_words({"cookie-xsrf-token": 2}) == "2 xsrf token cookies"


def test_a_secret_of_one_request_is_masked_in_the_words_about_another() -> None:
    first = a_detail(an_exchange(), target="/oauth2/authorize?state=st%2F1+%C3%A4-long")
    second = a_detail(an_exchange(), because="it came back as st/1 ä-long")

    shown = Redactor(Redaction.MASK, [first, second]).detail(second)

    assert shown.because == "it came back as (masked-state-1)"


def test_what_the_recorder_masked_already_is_not_counted_again() -> None:
    detail = a_detail(
        an_exchange(),
        request=Message(
            headers=(FORM, ("Authorization", "Basic (masked)")), body=b"client_secret=%28masked%29"
        ),
    )
    redactor = Redactor(Redaction.MASK, [detail])

    shown = redactor.detail(detail)

    assert dict(shown.request.headers)["Authorization"] == "Basic (masked)"
    assert redactor.tally == {}


def test_removed_parameters_members_and_headers_are_gone_with_their_names() -> None:
    detail = a_detail(
        an_exchange(),
        target="/cb?code=4711-0815&x=1",
        request=Message(headers=(("Cookie", "cognito=abc"), ("Host", "localhost"))),
        response=Message(
            headers=(("Content-Type", "application/json"),),
            body=b'{"access_token":"abcdef","expires_in":3600}',
        ),
    )

    shown = Redactor(Redaction.REMOVE, [detail]).detail(detail)

    assert shown.target == "/cb?x=1"
    assert shown.request.headers == (("Host", "localhost"),)
    assert json.loads(shown.response.body) == {"expires_in": 3600}


@pytest.mark.parametrize(
    "innocent",
    [
        "Bearer tokens are required",
        "Basic authentication failed",
        'WWW-Authenticate: Bearer error="invalid_token"',
        "response_type=code&grant_type=refresh_token&token_type=Bearer",
        '{"error_code": "x", "token_type": "Bearer", "code_challenge": "abc"}',
        "the state of the code",
    ],
)
def test_words_that_only_sound_secret_stay(innocent) -> None:
    assert Redactor(Redaction.MASK).text(innocent) == innocent


def test_the_length_beyond_the_cap_is_still_told() -> None:
    detail = a_detail(an_exchange(), request=Message(body=b"code=1", headers=(FORM,), size=70_006))

    shown = Redactor(Redaction.MASK).detail(detail)

    assert shown.request.size - len(shown.request.body) == 70_000


@pytest.mark.parametrize("hostile", ['"\\', "eyJ", "a=", "<input ", "code%3D", '"a":', "Basic "])
def test_masking_takes_time_in_proportion_to_the_text(hostile) -> None:
    before = process_time()

    Redactor(Redaction.MASK).text(hostile * (60_000 // len(hostile)))

    assert process_time() - before < 2


def held(times: int, inner: dict[str, Any]) -> str:
    """JSON in a JSON string, so many times over."""
    text = json.dumps(inner)
    for _ in range(times):
        text = json.dumps({"event": "login", "detail": text, "more": [text]})
    return text


@HIDDEN
@pytest.mark.parametrize("times", [1, 2, 3])
def test_json_held_in_a_json_string_is_masked_too(how, times) -> None:
    inner = {"password": 'hunt"er\\2', "nested": {"refresh_token": "opaque-4711"}, "pin": 1}
    text = held(times, {**inner, "code": 987654321})
    body = text.encode()
    message = Message(headers=(("Content-Type", "application/json"),), body=body, size=len(body))
    detail = a_detail(an_exchange(), response=message)

    shown = Redactor(how).detail(detail).response.body.decode()

    assert not any(secret in shown for secret in ("hunt", "opaque-4711", "987654321"))
    value = json.loads(shown)
    for _ in range(times):
        assert value["event"] == "login"
        value = json.loads(value["detail"])
    assert value["pin"] == 1


@HIDDEN
@pytest.mark.parametrize("times", [1, 2, 3])
def test_even_where_the_text_was_cut_in_the_middle(how, times) -> None:
    text = held(times, {"a": 1, "password": "hunter2", "session": 12345678, "rest": "x" * 50})
    cut = text[: text.index("xxx") + 20]

    shown = Redactor(how).text(cut)

    assert "hunter2" not in shown
    assert "12345678" not in shown
    assert '"event": "login"' in shown


@HIDDEN
def test_half_a_character_in_json_is_no_reason_to_fail(how) -> None:
    body = b'{"a": "\\ud800", "held": "{\\"password\\": \\"x\\ud800y\\"}", "code": "c0de-1"}'
    message = Message(headers=(("Content-Type", "application/json"),), body=body, size=len(body))

    shown = Redactor(how).detail(a_detail(an_exchange(), response=message)).response.body

    assert b"c0de-1" not in shown
    assert json.loads(shown)["a"] == "\ud800"


@pytest.mark.parametrize("hostile", ['\\"', '\\"a\\":\\"', '"\\"', '"{\\"a\\":', "\\" * 3 + '"'])
def test_held_json_takes_time_in_proportion_too(hostile) -> None:
    began = process_time()
    Redactor(Redaction.MASK).text(hostile * (200_000 // len(hostile)))

    assert process_time() - began < 2
