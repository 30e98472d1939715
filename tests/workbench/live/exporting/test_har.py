"""An archive that other programs open, with the secrets in it that were wanted."""

import json
from datetime import datetime
from typing import Any

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.har import har_of
from tests.gui.live.samples import a_detail, an_exchange
from tests.workbench.live.exporting.test_redaction import leaks

NAMED: dict[str, Any] = {"name": str, "value": str}
MESSAGE: dict[str, Any] = {
    "httpVersion": str,
    "cookies": [NAMED],
    "headers": [NAMED],
    "headersSize": int,
    "bodySize": int,
}
HAR: dict[str, Any] = {
    "log": {
        "version": str,
        "creator": {"name": str, "version": str},
        "pages": [
            {"startedDateTime": datetime, "id": str, "title": str, "pageTimings": {}},
        ],
        "entries": [
            {
                "startedDateTime": datetime,
                "time": float,
                "request": {**MESSAGE, "method": str, "url": str, "queryString": [NAMED]},
                "response": {
                    **MESSAGE,
                    "status": int,
                    "statusText": str,
                    "redirectURL": str,
                    "content": {"size": int, "mimeType": str},
                },
                "cache": {},
                "timings": {"send": float, "wait": float, "receive": float},
            }
        ],
    }
}
"""The members that HAR 1.2 demands, with their types."""


def test_it_says_what_no_archive_can_hold() -> None:
    exchange = an_exchange(method="POST")
    detail = a_detail(exchange, request=Message(body=b"\xff\x00", size=2))

    [entry] = json.loads(har_of([(exchange, detail)], Redaction.NONE))["log"]["entries"]

    assert entry["request"]["postData"]["comment"].startswith("The body is no text")


def check(value: Any, shape: Any, where: str = "har") -> None:
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        for name, inner in shape.items():
            assert name in value, f"{where}.{name}"
            check(value[name], inner, f"{where}.{name}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for at, item in enumerate(value):
            check(item, shape[0], f"{where}[{at}]")
    elif shape is datetime:
        assert datetime.fromisoformat(value).tzinfo is not None, where
    elif shape is float:
        assert isinstance(value, int | float), where
        assert value >= 0, where
    else:
        assert isinstance(value, shape), where


def archive(recorded, how: Redaction) -> tuple[str, Any]:
    text = har_of(recorded.seen, how)
    return text, json.loads(text)


@pytest.mark.parametrize("how", list(Redaction))
async def test_a_login_is_a_well_formed_archive(recorded, how) -> None:
    _, har = archive(recorded, how)

    check(har, HAR)
    entries = har["log"]["entries"]
    assert har["log"]["version"] == "1.2"
    assert len(entries) == len(recorded.seen)
    pages = {page["id"] for page in har["log"]["pages"]}
    assert {entry["pageref"] for entry in entries if "pageref" in entry} == pages
    assert all(entry["request"]["url"].startswith("http://localhost:") for entry in entries)


@pytest.mark.parametrize("how", [Redaction.MASK, Redaction.REMOVE])
async def test_no_secret_is_in_it_unless_asked_for(recorded, how) -> None:
    text, _ = archive(recorded, how)

    assert leaks(text, recorded.secrets) == []


async def test_asked_for_the_tokens_are_in_it_as_recorded(recorded) -> None:
    text, har = archive(recorded, Redaction.NONE)

    assert recorded.secrets["id_token"] in text
    cookies = [it for entry in har["log"]["entries"] for it in entry["response"]["cookies"]]
    assert {"name": "XSRF-TOKEN", "httpOnly": True, "secure": False, "path": "/"}.items() <= {
        **next(it for it in cookies if it["name"] == "XSRF-TOKEN")
    }.items()


async def test_forms_queries_and_redirects_are_taken_apart(recorded) -> None:
    _, har = archive(recorded, Redaction.MASK)
    entries = har["log"]["entries"]

    trade = next(it for it in entries if it["request"]["url"].endswith("/oauth2/token"))
    posted = trade["request"]["postData"]
    assert {"name": "grant_type", "value": "authorization_code"} in posted["params"]
    assert "grant_type=authorization_code" in posted["text"]
    sent_back = next(it for it in entries if "code=" in it["response"]["redirectURL"])
    assert sent_back["response"]["statusText"] == "Found"
    asked = {it["name"] for it in sent_back["request"]["queryString"]}
    assert {"client_id", "scope", "state"} <= asked


async def test_a_refusal_is_told_in_words(recorded) -> None:
    _, har = archive(recorded, Redaction.MASK)

    assert any(it.get("comment", "").startswith("Refused: ") for it in har["log"]["entries"])


def test_bytes_that_are_no_text_are_kept_and_what_was_cut_is_told() -> None:
    exchange = an_exchange()
    detail = a_detail(exchange, response=Message(body=b"\xff\x00", size=70_000))

    har = json.loads(har_of([(exchange, detail)], Redaction.NONE))

    content = har["log"]["entries"][0]["response"]["content"]
    assert (content["text"], content["encoding"]) == ("/wA=", "base64")
    assert content["comment"].endswith("were recorded.")


def test_a_handshake_that_failed_is_left_out_and_a_lost_answer_is_not() -> None:
    handshake, lost = an_exchange(status=0), an_exchange(status=0)
    pairs = [(handshake, a_detail(handshake, http_version="")), (lost, a_detail(lost))]

    har = json.loads(har_of(pairs, Redaction.MASK))

    assert [entry["response"]["status"] for entry in har["log"]["entries"]] == [0]
    check(har, HAR)


@pytest.mark.parametrize(
    ("how", "kept"),
    [
        (Redaction.NONE, "Bearer abcdefghijklmnopqrstuvwxyz"),
        (Redaction.MASK, "Bearer (masked-credentials-1)"),
        (Redaction.REMOVE, "Bearer "),
    ],
)
def test_notes_go_along_as_comments_without_their_secrets(how, kept) -> None:
    exchange = an_exchange(id="one", login_id="one", rule="AZ-4", error="redirect_mismatch")
    notes = {
        ("one", False): "Note: sent with Bearer abcdefghijklmnopqrstuvwxyz",
        ("one", True): "Marked blue",
    }

    text = har_of(
        [(exchange, a_detail(exchange))],
        how,
        lambda about, of_login: notes.get((about, of_login), ""),
    )

    log = json.loads(text)["log"]
    (entry,), (page,) = log["entries"], log["pages"]
    first, _, note = entry["comment"].partition("\n")
    assert first.startswith("Refused: ")
    assert note.strip() == f"Note: sent with {kept}".strip()
    assert page["comment"] == "Marked blue"


def test_where_nothing_is_noted_there_is_no_comment() -> None:
    exchange = an_exchange(login_id="l1")

    log = json.loads(har_of([(exchange, a_detail(exchange))], Redaction.MASK))["log"]

    assert "comment" not in log["entries"][0]
    assert "comment" not in log["pages"][0]
