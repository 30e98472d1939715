"""Recorded messages as a person reads them, whatever was sent."""

import json

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.server.masking import MASK, masked_body, masked_target
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


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[ ]",
        '[[],{},"",0]',
        '{"a":{"b":[1,{"c":null}]},"d":true}',
        '{"a , b":"[1:2] {\\"x\\"}","c\\\\":"\\\\"}',
        " [\n1 ,\t-2.5 , false ]\n",
    ],
)
def test_json_is_indented_as_everybody_indents_it(text) -> None:
    assert messages.body_of(a_message(text.encode())).text == json.dumps(json.loads(text), indent=2)


def test_indenting_json_changes_nothing_that_was_sent() -> None:
    sent = rb'{"scope":"a","scope":"b","n":1.10,"big":1e400,"u":"\u00e4\ud800","s":"a\/b"}'

    shown = messages.body_of(a_message(sent)).text

    assert "".join(shown.split()) == sent.decode()
    assert shown.count('"scope"') == 2


def test_json_that_indents_to_megabytes_is_shown_as_it_came() -> None:
    nested = b"[" * 400 + b"0," * 30_000 + b"0" + b"]" * 400

    assert messages.body_of(a_message(nested)) == messages.Body(nested.decode())


@pytest.mark.parametrize(
    "text", [b"{", b"plain", b'{"a":}', b"[" * 5000, b'{"n":NaN}', b"[Infinity]", b"[] []"]
)
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


def test_bytes_whose_record_was_cut_are_shown_as_hex_too() -> None:
    body = messages.body_of(a_message(b"\xff" * 65_536, size=80_000))

    assert body.text.startswith("000000  ff ff")
    assert body.note == "Not text: the first 2 048 bytes of 78 KiB."


def test_text_that_a_zero_byte_interrupts_is_shown_as_hex() -> None:
    assert messages.body_of(a_message(b"a\0b")).text == f"000000  {'61 00 62':<47}  a.b"


@pytest.mark.parametrize("charset", ["klingon", "latin1", '"', ""])
def test_a_body_is_read_as_utf_8_whatever_charset_it_claims(charset) -> None:
    headers = (("Content-Type", f"text/plain; charset={charset}"),)

    assert messages.body_of(a_message("grün".encode(), headers)).text == "grün"
    assert (
        messages.body_of(a_message("grün".encode("latin1"), headers)).note == "Not text: 4 bytes."
    )


def test_a_capped_json_body_is_text_with_its_note() -> None:
    body = messages.body_of(a_message(b'{"a":[1,2', size=70_000))

    assert (body.text, body.syntax) == ('{"a":[1,2', "plain")
    assert body.note == "The first 9 bytes of 68 KiB were recorded."


def test_no_body_is_shown_as_nothing() -> None:
    assert messages.body_of(a_message()) == messages.Body("")


def test_what_was_masked_stays_masked_wherever_it_is_shown() -> None:
    form = masked_body(b"username=alice&password=Hunter2%21&client_secret=s3cr3t", FORM[0][1])
    target = masked_target("/oauth2/token?client_secret=s3cr3t&state=x")
    exchange = an_exchange(method="POST", path="/oauth2/token")
    detail = a_detail(exchange, target=target, request=a_message(form, FORM))

    assert messages.form_of(detail.request) == (
        ("username", "alice"),
        ("password", MASK),
        ("client_secret", MASK),
    )
    assert messages.query_of(detail.target) == (("client_secret", MASK), ("state", "x"))
    raw = messages.raw_text(exchange, detail)
    assert raw.count(MASK) == 3
    assert not {word for word in ("Hunter2", "s3cr3t") if word in raw}


def test_a_header_is_found_in_whatever_case_and_the_first_counts() -> None:
    headers = (("X-A", "0"), ("LOCATION", "/one"), ("location", "/two"))

    assert messages.header(headers, "location") == "/one"
    assert messages.header(headers, "etag") == ""


def test_the_first_lines_are_those_of_the_wire() -> None:
    exchange = an_exchange(method="GET", path="/oauth2/authorize", status=302)
    detail = a_detail(exchange, target="/oauth2/authorize?scope=a%20b", http_version="1.0")

    assert messages.request_line(exchange, detail) == "GET /oauth2/authorize?scope=a%20b HTTP/1.0"
    assert messages.status_line(exchange, detail) == "HTTP/1.0 302"


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
