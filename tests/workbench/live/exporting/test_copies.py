"""A copied request really works: it is run in a shell, and reaches the sandbox as it did before."""

import asyncio
import os
import shlex
import sys
from dataclasses import replace
from urllib.parse import quote_plus, urlencode

import pytest

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Message
from sandbox_app.workbench.live.exporting.configured import configured_secrets
from sandbox_app.workbench.live.exporting.forms import FORMS, RAW, URL, copied
from sandbox_app.workbench.live.exporting.sending import SecretOf
from sandbox_app.workbench.live.messages import form_of, header
from tests.gui.live.samples import a_detail, an_exchange
from tests.visitor import Visitor
from tests.workbench.live.exporting.test_redaction import FORM, leaks

RUN = {"cURL": ["sh", "-c"], "Python": [sys.executable, "-c"]}
AWKWARD = "a'b\"c $HOME `id` \\ é & = @ !#%[1]{2}\n; x"


async def run(form: str, text: str, **variables: str) -> str:
    """What it prints; the test fails where it fails."""
    process = await asyncio.create_subprocess_exec(
        *RUN[form],
        text,
        env={"PATH": os.environ["PATH"], **variables},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


def secret_of(visitor: Visitor) -> SecretOf:
    return configured_secrets(visitor.sandbox.core)


def words_of(command: str) -> list[str]:
    """The arguments as a shell hands them over."""
    lines = [line for line in command.splitlines() if not line.startswith("# ")]
    return shlex.split("\n".join(lines).replace("\\\n", " "))


@pytest.fixture
async def refresh(visitor: Visitor) -> tuple[Exchange, ExchangeDetail]:
    """A refresh by a client that proves itself, which can be repeated."""
    tokens = await visitor.tokens("alice", "web")
    answer = await visitor.token("web", grant_type="refresh_token", **_only_refresh(tokens))
    assert answer.status == 200
    return visitor.seen[-1]


def _bearer(tokens: dict[str, str]) -> dict[str, str]:
    return {"Authorization": f"Bearer {tokens['access_token']}"}


def _only_refresh(tokens: dict[str, str]) -> dict[str, str]:
    return {"refresh_token": tokens["refresh_token"]}


@pytest.mark.parametrize("form", RUN)
async def test_with_secrets_it_runs_as_it_is(visitor, refresh, form) -> None:
    before = len(visitor.seen)

    printed = await run(form, copied(form, *refresh, secret_of(visitor)))

    assert '"access_token"' in printed
    again, detail = visitor.seen[before]
    assert (again.method, again.path, again.status) == ("POST", "/oauth2/token", 200)
    assert form_of(detail.request) == form_of(refresh[1].request)


@pytest.mark.parametrize("form", RUN)
async def test_without_secrets_it_runs_once_they_are_set(visitor, refresh, form) -> None:
    tokens = dict(form_of(refresh[1].request))
    secret = secret_of(visitor)(refresh[0].client_id)
    text = copied(form, *refresh)

    wanted = text.partition("# Set first: ")[2].partition("\n")[0].split(", ")
    assert {"CLIENT_SECRET", "REFRESH_TOKEN", "COOKIE_COGNITO"} < set(wanted)
    assert leaks(text, {"secret": secret, "token": tokens["refresh_token"]}) == []

    given = {"CLIENT_SECRET": secret, "REFRESH_TOKEN": tokens["refresh_token"]}
    cookies = {name: "other" for name in wanted if name.startswith("COOKIE_")}
    assert '"access_token"' in await run(form, text, **given, **cookies)


@pytest.mark.parametrize("form", RUN)
async def test_a_redirect_is_shown_and_not_followed(visitor, form) -> None:
    await visitor.authorize("spa")
    before = len(visitor.seen)

    printed = await run(form, copied(form, *visitor.seen[-1], secret_of(visitor)))

    assert "302" in printed
    assert "/login?" in printed
    assert visitor.seen[before][1].target == visitor.seen[before - 1][1].target
    assert len(visitor.seen) == before + 1


@pytest.mark.parametrize("form", RUN)
async def test_a_bearer_token_and_headers_come_along(visitor, form) -> None:
    tokens = await visitor.tokens()
    await visitor.get(
        "/oauth2/userInfo",
        headers={**_bearer(tokens), "X-Odd": "a'b\"$c", "X-No": ""},
    )

    printed = await run(form, copied(form, *visitor.seen[-1], secret_of(visitor)))

    assert '"email"' in printed
    again = visitor.seen[-1][1].request.headers
    assert (header(again, "x-odd"), header(again, "x-no")) == ("a'b\"$c", "")


@pytest.mark.parametrize("form", RUN)
async def test_no_character_is_lost_or_run_by_the_shell(visitor, form) -> None:
    body = urlencode({"grant_type": AWKWARD, AWKWARD: "1", "empty": ""})
    await visitor.post("/oauth2/token", headers=dict([FORM]), data=body.encode())

    await run(form, copied(form, *visitor.seen[-1]))

    assert form_of(visitor.seen[-1][1].request) == (
        ("grant_type", AWKWARD),
        (AWKWARD, "1"),
        ("empty", ""),
    )


@pytest.mark.parametrize("form", RUN)
async def test_a_body_that_is_no_form_arrives_byte_for_byte(visitor, form) -> None:
    sent = '{"a": "b\'c", "d": [1, 2], "é": "$HOME"}\n@file'
    headers = {"Content-Type": "application/json"}
    await visitor.post("/oauth2/token", headers=headers, data=sent.encode())

    await run(form, copied(form, *visitor.seen[-1]))

    assert visitor.seen[-1][1].request.body.decode() == sent
    assert header(visitor.seen[-1][1].request.headers, "content-type") == "application/json"


async def test_httpie_gets_the_words_of_its_own_language(visitor, refresh) -> None:
    words = words_of(copied("HTTPie", *refresh))
    client = refresh[0].client_id

    assert words[:4] == ["http", "--ignore-stdin", "--form", "-a"]
    assert words[4:7] == [f"{client}:$CLIENT_SECRET", "POST", f"{visitor.base}/oauth2/token"]
    assert words[-2:] == ["grant_type=refresh_token", "refresh_token=$REFRESH_TOKEN"]


async def test_httpie_sends_a_form_under_the_name_it_had(visitor, refresh) -> None:
    words = words_of(copied("HTTPie", *refresh))

    assert f"Content-Type: {FORM[1]}" in words


@pytest.mark.parametrize("form", ["cURL", "HTTPie"])
async def test_a_header_is_one_word_as_a_person_would_write_it(visitor, refresh, form) -> None:
    assert "'Accept: */*'" in copied(form, *refresh)


async def test_a_masked_password_does_not_cut_the_body_off(visitor) -> None:
    await visitor.submit("alice", "a-password-longer-than-what-stands-for-it")
    exchange, detail = visitor.seen[-1]

    assert not detail.request.capped
    assert "Only the beginning" not in copied("cURL", exchange, detail)


@pytest.mark.parametrize("value", ["=x", "@/etc/passwd", "a\\=b"])
def test_httpie_never_takes_a_field_for_a_file_or_a_query(value) -> None:
    exchange = an_exchange(method="POST")
    body = f"a={quote_plus(value)}".encode()
    detail = a_detail(exchange, request=Message(headers=(FORM,), body=body, size=len(body)))

    words = words_of(copied("HTTPie", exchange, detail))

    assert words[words.index("--raw") + 1] == body.decode()
    assert f"Content-Type: {FORM[1]}" in words
    assert "--form" not in words


def test_httpie_never_takes_a_header_for_json_or_a_file() -> None:
    exchange = an_exchange()
    headers = (("X-Odd", "=1"), ("X-File", "@/etc/passwd"), ("X-No", ""))
    detail = a_detail(exchange, request=Message(headers=headers))

    assert words_of(copied("HTTPie", exchange, detail))[-3:] == [
        "X-Odd: =1",
        "X-File: @/etc/passwd",
        "X-No;",
    ]


async def test_masked_copies_of_a_whole_login_hold_no_secret(recorded) -> None:
    for form in FORMS:
        for seen in recorded.seen:
            assert leaks(copied(form, *seen), recorded.secrets) == [], form


async def test_raw_with_secrets_is_what_went_over_the_wire(recorded) -> None:
    text = "\n".join(copied(RAW, *seen, lambda _: "") for seen in recorded.seen)

    assert recorded.secrets["code"] in text
    assert recorded.secrets["refresh_token"] in text
    assert recorded.secrets["password"] not in text


async def test_it_says_that_the_secret_is_the_configured_one(visitor, refresh) -> None:
    assert "The client secret is the configured one" in copied("cURL", *refresh, secret_of(visitor))


def test_it_says_what_is_not_known_of_the_body() -> None:
    exchange = an_exchange(method="POST")
    detail = a_detail(exchange, request=Message(body=b"x" * 10, size=99))
    binary = replace(detail, request=Message(body=b"\xff\0", size=2))

    assert "# Only the beginning of the body was recorded." in copied("cURL", exchange, detail)
    assert "# The body is left out: it is not text" in copied("cURL", exchange, binary)


@pytest.mark.parametrize("value", ["a\\:b", "a\\\\\\=b", "\\@file", "x \\; y"])
def test_a_header_that_httpie_would_change_is_left_out_and_told(value) -> None:
    exchange = an_exchange()
    headers = (("X-Odd", value), ("X-Fine", "a\\b\\"), ("X-Even", "a\\\\:b"))
    detail = a_detail(exchange, request=Message(headers=headers))

    text = copied("HTTPie", exchange, detail)

    assert "# X-Odd is left out: HTTPie would swallow a backslash in it. cURL sends it." in text
    assert words_of(text)[-2:] == ["X-Fine: a\\b\\", "X-Even: a\\\\:b"]
    assert f"X-Odd: {value}" in shlex.split(copied("cURL", exchange, detail), comments=True)


async def test_the_address_alone_is_masked_or_whole(visitor) -> None:
    await visitor.authorize("spa", state="the-state")
    exchange, detail = visitor.seen[-1]

    masked = copied(URL, exchange, detail)

    assert masked.startswith(f"{visitor.base}/oauth2/authorize?response_type=code&")
    assert "the-state" not in masked
    assert copied(URL, exchange, detail, secret_of(visitor)) == f"{visitor.base}{detail.target}"
