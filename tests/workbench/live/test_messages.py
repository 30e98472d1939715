"""Recorded messages as a person reads them, whatever was sent."""

import json

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live import messages
from tests.gui.live.samples import a_detail, an_exchange

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def a_message(body: bytes = b"", headers=(), size: int | None = None) -> Message:
    return Message(headers=headers, body=body, size=len(body) if size is None else size)


def test_form_fields_are_decoded_in_their_order() -> None:
    message = a_message(b"a=1&b=%C3%A4+x&a=2&empty=", FORM)

    assert messages.form_of(message) == (("a", "1"), ("b", "ä x"), ("a", "2"), ("empty", ""))


@pytest.mark.parametrize(
    "kind", ["application/json", "", "text/plain;charset=x", "multipart/form-data"]
)
def test_only_forms_have_fields(kind) -> None:
    assert messages.form_of(a_message(b"a=1", (("content-type", kind),))) == ()


def test_a_form_of_any_charset_and_case_is_a_form() -> None:
    headers = (("content-TYPE", "Application/X-WWW-Form-Urlencoded; charset=latin1"),)

    assert messages.form_of(a_message(b"a=%FF", headers)) == (("a", "\ufffd"),)


def test_a_query_and_what_a_redirect_carries() -> None:
    assert messages.query_of("/login?a=1&b=%2F#x=9") == (("a", "1"), ("b", "/"))
    assert messages.location_parameters("http://x/cb?state=s#id_token=t") == (
        ("state", "s"),
        ("id_token", "t"),
    )


@pytest.mark.parametrize("url", ["", "/", "http://[::1", "http://x/%zz?%zz=%zz"])
def test_no_url_is_too_broken_to_show(url) -> None:
    messages.location_parameters(url)


def test_a_flood_of_fields_is_left_to_the_raw_text() -> None:
    flood = "&".join(f"a{number}=1" for number in range(600)).encode()

    assert messages.form_of(a_message(flood, FORM)) == ()


def test_json_is_indented_with_its_members_in_order() -> None:
    body = messages.body_of(a_message(b'{"b":1,"a":["\xc3\xa4"]}'))

    assert body.syntax == "json"
    assert body.text == json.dumps({"b": 1, "a": ["ä"]}, indent=2, ensure_ascii=False)


@pytest.mark.parametrize("text", [b"{", b"plain", b'{"a":}', b"[" * 5000])
def test_what_is_no_json_is_shown_as_it_came(text) -> None:
    assert messages.body_of(a_message(text)) == messages.Body(text.decode())


def test_bytes_are_shown_as_hex() -> None:
    body = messages.body_of(a_message(b"\x89PNG\r\n\x1a\n\x00\xff"))

    assert body.text.startswith("000000  89 50 4e 47 0d 0a 1a 0a 00 ff")
    assert body.text.endswith(".PNG......")
    assert body.note == "Not text: 10 bytes."


def test_many_bytes_are_previewed() -> None:
    body = messages.body_of(a_message(b"\xff" * 20_000))

    assert body.text.count("\n") == 127
    assert body.note == "Not text: the first 2 048 bytes of 20 KiB."


def test_a_capped_body_says_what_was_kept_even_if_a_character_was_cut() -> None:
    kept = ("ä" * 40_000).encode()[:65_535]

    body = messages.body_of(a_message(kept, size=80_000))

    assert set(body.text) == {"ä"}
    assert body.note == "The first 64 KiB of 78 KiB were recorded."


def test_raw_is_the_whole_exchange() -> None:
    exchange = an_exchange(method="POST", path="/oauth2/token", status=400)
    detail = a_detail(
        exchange,
        request=a_message(b"a=1", (("Host", "localhost"),)),
        response=a_message(b'{"error":"x"}', (("Server", "Server"),), size=70_000),
        target="/oauth2/token?x=1",
    )

    assert messages.raw_text(exchange, detail) == (
        "POST /oauth2/token?x=1 HTTP/1.1\nHost: localhost\n\na=1\n\n"
        'HTTP/1.1 400\nServer: Server\n\n{"error":"x"}\n'
        "(The first 13 bytes of 68 KiB were recorded.)"
    )
