"""Archives of strangers are read as far as they make sense; nothing in them can do harm."""

import asyncio
import base64
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.traffic import BODY_CAP
from sandbox_app.server.threads import Threads
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.importing import reading
from sandbox_app.workbench.live.importing.entries import NotAnArchive
from sandbox_app.workbench.live.importing.entry import read_entry
from sandbox_app.workbench.live.importing.reading import GivenUp, ImportedArchive, read_archive
from sandbox_app.workbench.live.login import is_refusal
from sandbox_app.workbench.live.messages import form_of

POOL = "https://shop.auth.eu-west-1.amazoncognito.com"


def an_entry(path: str = "/oauth2/authorize?client_id=c1&state=s1", **given: Any) -> dict[str, Any]:
    """As a browser writes it down."""
    known: dict[str, Any] = {
        "startedDateTime": "2026-11-02T12:00:00.000Z",
        "time": 12.5,
        "request": {
            "method": "GET",
            "url": f"{POOL}{path}",
            "httpVersion": "HTTP/2.0",
            "headers": [{"name": ":authority", "value": "x"}, {"name": "accept", "value": "*/*"}],
        },
        "response": {"status": 302, "headers": [], "content": {"size": 0, "mimeType": ""}},
    }
    return {**known, **given}


def archive(tmp_path: Path, *entries: Any, text: str | None = None) -> Path:
    path = tmp_path / "shop.har"
    path.write_text(text if text is not None else json.dumps({"log": {"entries": entries}}))
    return path


def read(tmp_path: Path, *entries: Any, **given: Any) -> ImportedArchive:
    return read_archive(archive(tmp_path, *entries), {"c1": "shop"}, **given)


def test_what_a_browser_wrote_down_becomes_a_request(tmp_path: Path) -> None:
    [(exchange, detail)] = read(tmp_path, an_entry()).recorded

    assert (exchange.method, exchange.path, exchange.status) == ("GET", "/oauth2/authorize", 302)
    assert (exchange.step, exchange.client_id, exchange.client_name) == ("authorize", "c1", "shop")
    assert exchange.started_at == 1793620800.0
    assert detail.origin == POOL
    assert detail.request.headers == (("accept", "*/*"),)


def as_firefox(form: str, answer: str) -> dict[str, Any]:
    """Local time, a form as text alone, security and connection of its own."""
    pairs = [{"name": "Content-Type", "value": "application/x-www-form-urlencoded"}]
    return {
        "startedDateTime": "2026-11-02T13:00:00.000+01:00",
        "request": {
            "bodySize": len(form),
            "method": "POST",
            "url": f"{POOL}/oauth2/token",
            "httpVersion": "HTTP/2",
            "headers": pairs,
            "cookies": [],
            "queryString": [],
            "headersSize": 300,
            "postData": {"mimeType": pairs[0]["value"], "params": [], "text": form},
        },
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/2",
            "headers": [],
            "cookies": [],
            "content": {"mimeType": "application/json", "size": len(answer), "text": answer},
            "redirectURL": "",
            "headersSize": 200,
            "bodySize": 999,
        },
        "cache": {},
        "timings": {"blocked": 0, "dns": 0, "ssl": 0, "connect": 0, "send": 0, "wait": 9},
        "time": 9,
        "_securityState": "secure",
        "serverIPAddress": "203.0.113.7",
        "connection": "443",
        "pageref": "page_1",
    }


def as_mitmproxy(form: str, answer: str) -> dict[str, Any]:
    """Microseconds, fields beside the text, lower-case names, waits below zero."""
    pairs = [{"name": "content-type", "value": "application/x-www-form-urlencoded"}]
    fields = [dict(zip(("name", "value"), it.split("="), strict=True)) for it in form.split("&")]
    return {
        "startedDateTime": "2026-11-02T12:00:00.000000+00:00",
        "time": 9.0,
        "request": {
            "method": "POST",
            "url": f"{POOL}/oauth2/token",
            "httpVersion": "HTTP/2.0",
            "cookies": [],
            "headers": pairs,
            "queryString": [],
            "headersSize": 441,
            "bodySize": len(form),
            "postData": {"mimeType": pairs[0]["value"], "text": form, "params": fields},
        },
        "response": {
            "status": 200,
            "statusText": "",
            "httpVersion": "HTTP/2.0",
            "cookies": [],
            "headers": [],
            "content": {
                "size": len(answer),
                "compression": 0,
                "mimeType": "application/json",
                "text": base64.b64encode(answer.encode()).decode(),
                "encoding": "base64",
            },
            "redirectURL": "",
            "headersSize": 387,
            "bodySize": len(answer),
        },
        "cache": {},
        "timings": {"connect": -1.0, "ssl": -1.0, "send": 9.0, "receive": 9.0, "wait": -9.0},
        "serverIPAddress": "203.0.113.7",
    }


@pytest.mark.parametrize("written", [as_firefox, as_mitmproxy])
def test_what_other_programs_write_is_the_same_request(tmp_path: Path, written) -> None:
    form, answer = "grant_type=client_credentials&client_id=c1", '{"token_type":"Bearer"}'

    found = read(tmp_path, written(form, answer))

    [(exchange, detail)] = found.recorded
    assert found.notes == ()
    assert (exchange.method, exchange.path, exchange.status) == ("POST", "/oauth2/token", 200)
    assert (exchange.client_name, exchange.grant) == ("shop", "client_credentials")
    assert exchange.started_at == 1793620800.0
    assert exchange.duration == 9
    assert form_of(detail.request) == (("grant_type", "client_credentials"), ("client_id", "c1"))
    assert detail.response.body.decode() == answer
    assert not detail.response.capped


def test_requests_elsewhere_are_left_out_and_counted(tmp_path: Path) -> None:
    found = read(tmp_path, an_entry("/app.js"), an_entry(), an_entry("/logo.png"))

    assert len(found.recorded) == 1
    assert found.notes == ("2 requests to other addresses left out.",)


def test_fields_without_a_text_are_a_form_again(tmp_path: Path) -> None:
    params = [
        {"name": "grant_type", "value": "authorization_code"},
        {"name": "code", "value": "a b"},
    ]
    request = {
        "method": "POST",
        "url": f"{POOL}/oauth2/token",
        "postData": {"mimeType": "application/x-www-form-urlencoded", "params": params},
    }

    [(exchange, detail)] = read(tmp_path, an_entry(request=request)).recorded

    assert form_of(detail.request) == (("grant_type", "authorization_code"), ("code", "a b"))
    assert exchange.grant == "authorization_code"


def token_entry(code: str, page: str = "", **answer: Any) -> dict[str, Any]:
    request = {
        "method": "POST",
        "url": f"{POOL}/oauth2/token",
        "postData": {
            "mimeType": "application/x-www-form-urlencoded",
            "text": f"grant_type=authorization_code&code={code}",
        },
    }
    response = {
        "status": 200,
        "content": {"mimeType": "application/json", "text": json.dumps(answer)},
    }
    return an_entry(request=request, response=response, pageref=page)


def redirect(path: str, location: str, page: str) -> dict[str, Any]:
    headers = [{"name": "Location", "value": location}]
    return an_entry(path, response={"status": 302, "headers": headers}, pageref=page)


def test_two_logins_side_by_side_are_told_apart_by_what_they_carry(tmp_path: Path) -> None:
    asked = {page: f"client_id=c1&state={page}" for page in ("one", "two")}
    entries = [
        redirect(f"/oauth2/authorize?{asked['one']}", f"/login?{asked['one']}", "tab"),
        redirect(f"/oauth2/authorize?{asked['two']}", f"/login?{asked['two']}", "tab"),
        redirect(f"/login?{asked['one']}", "https://app/cb?code=code-one", "tab"),
        redirect(f"/login?{asked['two']}", "https://app/cb?code=code-two", "tab"),
        token_entry("code-two", access_token="token-two"),
        token_entry("code-one", access_token="token-one"),
        an_entry(
            "/oauth2/userInfo",
            request={
                "method": "GET",
                "url": f"{POOL}/oauth2/userInfo",
                "headers": [{"name": "Authorization", "value": "Bearer token-one"}],
            },
        ),
        an_entry("/eu-west-1_abc/.well-known/jwks.json"),
    ]

    found = [exchange.login_id for exchange, _ in read(tmp_path, *entries).recorded]

    one, two = found[0], found[1]
    assert one != two
    assert found == [one, two, one, two, two, one, one, ""]


def test_a_machine_s_token_is_a_login_of_its_own(tmp_path: Path) -> None:
    request = {
        "method": "POST",
        "url": f"{POOL}/oauth2/token",
        "postData": {
            "mimeType": "application/x-www-form-urlencoded",
            "text": "grant_type=client_credentials",
        },
    }

    found = read(tmp_path, an_entry(), an_entry(request=request)).recorded

    assert found[0][0].login_id != found[1][0].login_id


def test_an_error_is_found_where_the_answer_names_it(tmp_path: Path) -> None:
    refused = token_entry("x", error="invalid_grant")
    refused["response"]["status"] = 400
    away = redirect("/oauth2/authorize", "https://app/cb?error=invalid_scope&state=s", "p")

    first, second = (exchange for exchange, _ in read(tmp_path, refused, away).recorded)

    assert (first.error, second.error) == ("invalid_grant", "invalid_scope")
    assert is_refusal(first)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The file is empty."),
        ("  \n", "The file is empty."),
        ("hello", "It is not JSON: line 1, column 1 cannot be read."),
        ('{"log": {\n "entries": [{"a": }]}}', "It is not JSON: line 2, column 20 cannot be read."),
        ('{"log": {"entries": [1, 2', "It is not JSON: line 1, column 26 cannot be read."),
        ("[1, 2]", "It is JSON, but no HTTP archive: there are no log.entries in it."),
        ("null", "It is JSON, but no HTTP archive: there are no log.entries in it."),
        ('{"log": []}', "It is JSON, but no HTTP archive: there are no log.entries in it."),
        (
            '{"log": {"entries": {}}}',
            "It is JSON, but no HTTP archive: there are no log.entries in it.",
        ),
        ('{"log": {}}', "It is JSON, but no HTTP archive: there are no log.entries in it."),
        (
            '{"log": {"entries": [' + "[" * 100_000,
            "It is nested too deeply to be an HTTP archive.",
        ),
    ],
)
def test_what_is_no_archive_is_told_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(NotAnArchive) as told:
        read_archive(archive(tmp_path, text=text), {})

    assert str(told.value) == sentence


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.har"
    path.write_bytes(b"\xff\xfe{\x00")

    with pytest.raises(NotAnArchive, match="no text in UTF-8"):
        read_archive(path, {})


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.har")
    for path in (tmp_path, tmp_path / "pipe.har"):
        with pytest.raises(NotAnArchive, match="It is no file"):
            read_archive(path, {})
    with pytest.raises(NotAnArchive, match=r"cannot be read \(No such file"):
        read_archive(tmp_path / "nowhere.har", {})


def test_a_mark_at_the_beginning_and_members_in_any_order_are_fine(tmp_path: Path) -> None:
    text = json.dumps(
        {"other": 1, "log": {"pages": [{}], "entries": [an_entry()], "version": "1.2"}}
    )

    assert len(read_archive(archive(tmp_path, text="\ufeff" + text), {}).recorded) == 1


def test_of_a_file_too_large_the_beginning_is_read(tmp_path: Path, monkeypatch) -> None:
    path = archive(tmp_path, *(an_entry() for _ in range(10)))
    monkeypatch.setattr(reading, "LARGEST", path.stat().st_size // 2)

    found = read_archive(path, {})

    assert 3 <= len(found.recorded) <= 5
    assert found.notes == ("Only the first 0 MB of the file were read.",)


@pytest.mark.parametrize("piece", [1, 2, 7, 100, 5_000])
def test_it_does_not_matter_where_a_piece_of_the_file_ends(
    tmp_path: Path, monkeypatch, piece: int
) -> None:
    entries = [an_entry(time=1234567), an_entry("/login?é=ü"), an_entry("/app.js"), 12345, "x\\"]
    text = json.dumps({"log": {"n": 1, "entries": entries}, "z": -1.5e3}, ensure_ascii=False)
    whole = read_archive(archive(tmp_path, text=text), {})
    monkeypatch.setattr(reading, "_PIECE", piece)

    assert read_archive(archive(tmp_path, text=text), {}) == whole
    assert whole.recorded[0][0].duration == 1234567
    with pytest.raises(NotAnArchive, match="line 3, column 2 cannot be read"):
        read_archive(archive(tmp_path, text='{"log":\n {"entries": [{}\n,]}}'), {})


def test_a_cut_in_the_middle_of_a_character_is_no_mistake(tmp_path: Path, monkeypatch) -> None:
    text = json.dumps({"log": {"entries": [an_entry()], "comment": "é" * 100}}, ensure_ascii=False)
    path = archive(tmp_path, text=text)
    for cut in (1, 2, 3, 4):
        monkeypatch.setattr(reading, "LARGEST", path.stat().st_size - 100 - cut)
        assert len(read_archive(path, {}).recorded) == 1


def test_a_file_of_exactly_the_largest_size_is_whole(tmp_path: Path, monkeypatch) -> None:
    path = archive(tmp_path, an_entry())
    monkeypatch.setattr(reading, "LARGEST", path.stat().st_size)

    assert read_archive(path, {}).notes == ()


async def test_nobody_waits_while_a_file_is_read(tmp_path: Path) -> None:
    path = archive(tmp_path, *(an_entry() for _ in range(3_000)))
    threads, told, turns = Threads(1), [], 0

    def progress(done: float) -> bool:
        told.append(done)
        return True

    reading_it = asyncio.ensure_future(threads(lambda: read_archive(path, {}, progress)))
    while not reading_it.done():
        await asyncio.sleep(0)
        turns += 1

    assert len((await reading_it).recorded) == len(told) == 3_000
    assert turns > 3
    threads.close()


def test_more_requests_than_make_sense_are_counted(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_ENTRIES", 2)

    found = read(tmp_path, *(an_entry() for _ in range(5)))

    assert len(found.recorded) == 2
    assert found.notes == ("3 requests beyond the first 2 left out.",)


@pytest.mark.parametrize("encoding", ["", "base64"])
def test_a_large_body_is_cut_and_told(tmp_path: Path, encoding: str) -> None:
    content = {"mimeType": "text/plain", "text": "YWJj" * BODY_CAP, "encoding": encoding}

    found = read(tmp_path, an_entry(response={"status": 200, "content": content}))

    assert len(found.recorded[0][1].response.body) == BODY_CAP
    assert found.notes == ("1 body cut after 64 KB.",)


def test_whoever_waits_no_longer_is_heard(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "_PIECE", 512)
    told: list[float] = []

    def progress(done: float) -> bool:
        told.append(done)
        return len(told) < 3

    with pytest.raises(GivenUp):
        read(tmp_path, *(an_entry() for _ in range(10)), progress=progress)
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] < 1


def test_control_characters_and_reversed_text_are_gone(tmp_path: Path) -> None:
    bad = "a\x1b[31m\x00\u202e\ud800b\x85"
    request = {
        "method": f"P{bad}",
        "url": f"{POOL}/login?x={bad}",
        "headers": [{"name": bad, "value": f"{bad}\r\nX: y"}],
        "postData": {"mimeType": "text/plain", "text": f"{bad}\n{bad}"},
    }

    [(exchange, detail)] = [read_entry(an_entry(request=request), 1, {})[0]]

    assert detail.target == "/login?x=a[31mb"
    assert detail.request.headers[0] == ("a[31mb", "a[31mbX: y")
    assert detail.request.body == b"a[31mb\na[31mb"
    assert exchange.method == "Pa[31mb"


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.floats()
    | st.text(st.characters(), max_size=20)
    | st.sampled_from(
        ["\ud800", "GET", "POST", "base64", "authorize", "passed", f"{POOL}/login", "://"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "value", "text", "rule", "error"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)
NAMES = ("method", "url", "httpVersion", "headers", "postData", "bodySize", "status", "content")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "request": JUNK | st.dictionaries(st.sampled_from(NAMES), JUNK),
            "response": JUNK | st.dictionaries(st.sampled_from(NAMES), JUNK),
            **dict.fromkeys(("startedDateTime", "time", "pageref", "_step", "_checks"), JUNK),
            **dict.fromkeys(("_rule", "_user", "_client", "_error", "_fault"), JUNK),
        },
    )
    | JUNK
)
def test_any_entry_becomes_a_request_that_can_be_compared_or_is_left_out(entry: Any) -> None:
    (exchange, detail), _ = read_entry(entry, 1, {})

    for value in (exchange.path, exchange.method, exchange.step, exchange.error, detail.target):
        assert "\n" not in value
        assert value.encode() == value.encode("utf-8", "replace")
    assert 0 <= exchange.status <= 999
    assert exchange.started_at < 1e12
    json.dumps([exchange.started_at, exchange.duration], allow_nan=False)
    compare_exchanges((exchange, detail), (exchange, detail))


@pytest.mark.parametrize(
    "text",
    [
        '{"log": {"entries": [NaN, Infinity, -Infinity, 1e999, ' + "9" * 100_000 + "]}}",
        '{"log": {"entries": [{"request": {"url": "' + "a" * 1_000_000 + '"}}]}}',
        '{"log": {"entries": [{"request": ' + "[" * 500 + "]" * 500 + "}]}}",
        '{"log": {"entries": [], "entries": [1]}, "log": {"entries": [2]}}',
        '{"log": {"entries": [{"startedDateTime": "9999-99-99T99:99:99Z", "time": NaN}]}}',
        '{"log": {"entries": ["\\ud800", "\\u0000"]}}',
    ],
)
def test_odd_archives_are_read(tmp_path: Path, text: str) -> None:
    limit = sys.get_int_max_str_digits()

    assert read_archive(archive(tmp_path, text=text), {}).recorded == ()
    assert sys.get_int_max_str_digits() == limit
