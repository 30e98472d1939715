"""What may be recorded of a request, and what may not."""

import pytest

from sandbox_app.server.incoming import FORM_TYPE
from sandbox_app.server.masking import (
    NOT_KEPT,
    masked_body,
    masked_headers,
    masked_pairs,
    masked_target,
)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("username=alice&password=S-1&_csrf=x", "username=alice&password=(masked)&_csrf=x"),
        ("client_secret=S-1", "client_secret=(masked)"),
        ("password=", "password=(masked)"),
        ("ticket=S-1&x=1", "ticket=(masked)&x=1"),
        ("%74icket=S-1", "%74icket=(masked)"),
        ("x=http://localhost/_sandbox/sign-in?ticket%3DS-1", "x=(masked)"),
        ("PASSWORD=S-1", "PASSWORD=(masked)"),
        ("p%61ssword=S-1", "p%61ssword=(masked)"),
        ("+password+=S-1", "+password+=(masked)"),
        ("new_password=S-1", "new_password=(masked)"),
        ("password[]=S-1", "password[]=(masked)"),
        ("password=S-1&password=S-1", "password=(masked)&password=(masked)"),
        ("%70assword%3DS-1", "(masked)"),
        ("a=b;password=S-1", "a=(masked)"),
        ("state=%7B%22password%22%3A%22S-1%22%7D", "state=(masked)"),
    ],
)
def test_secret_parameters_lose_their_values_however_they_are_spelt(sent: str, kept: str) -> None:
    assert masked_pairs(sent) == kept
    assert masked_body(sent.encode(), FORM_TYPE) == kept.encode()


@pytest.mark.parametrize(
    "sent",
    [
        "grant_type=password&username=alice",
        "grant_type=refresh_token&refresh_token=eyJ.a.b.c.d",
        "code=18fe37c2-8eff-4886-98f4-abbc6a0753a6&code_verifier=x",
        "scope=tickets/read:all&tickets=3",
        "scope=secrets/read&redirect_uri=http%3A%2F%2Flocalhost%2F&state=a%20b+c",
        "",
        "&&=&",
    ],
)
def test_everything_else_stays_byte_for_byte(sent: str) -> None:
    assert masked_pairs(sent) == sent
    assert masked_body(sent.encode(), f"{FORM_TYPE}; charset=utf-8") == sent.encode()


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"Password":"S-1"}', "application/json"),
        (b'{"pass\\u0077ord":"S-1"}', "application/json"),
        (b'--x\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\nS-1', "multipart/x"),
        (b"password=S-1", "text/plain"),
        (b"p%61ssword=S-1", ""),
        ("password=S-1".encode("utf-16"), f"{FORM_TYPE}; charset=utf-16"),
        (b"password\x00=S-1", FORM_TYPE),
    ],
)
def test_a_body_that_is_no_form_is_dropped_where_it_speaks_of_secrets(
    body: bytes, content_type: str
) -> None:
    assert masked_body(body, content_type) == NOT_KEPT


def test_a_body_that_speaks_of_no_secret_stays_whatever_it_is() -> None:
    assert masked_body(b'{"a":1}\xff', "application/json") == b'{"a":1}\xff'


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Basic QTpT", "Basic (masked)"),
        ("basic  QTpT", "basic (masked)"),
        ("Basic", "Basic"),
        ("Bearer a.b.c", "Bearer a.b.c"),
        ("Bearer Basic QTpT", "Bearer (masked)"),
        ("Digest username=a, response=S-1", "Digest (masked)"),
        ("QTpT", "(masked)"),
        ("Basic:QTpT", "(masked)"),
        ("Basic\tQTpT", "(masked)"),
        ("", "(masked)"),
    ],
)
def test_credentials_lose_everything_but_their_scheme(sent: str, kept: str) -> None:
    headers = (("AUTHORIZATION", sent), ("Proxy-Authorization", sent), ("X-Kept", sent))

    assert masked_headers(headers) == (
        ("AUTHORIZATION", kept),
        ("Proxy-Authorization", kept),
        ("X-Kept", sent),
    )


def test_addresses_lose_user_names_and_secret_parameters() -> None:
    assert masked_target("http://alice:S-1@localhost/a?b=c") == "http://(masked)@localhost/a?b=c"
    assert masked_target("/login?password=S-1&a=b") == "/login?password=(masked)&a=b"
    assert masked_target("/a@b?c=d@e") == "/a@b?c=d@e"
    headers = (("Referer", "http://localhost/login?password=S-1"),)
    assert masked_headers(headers) == (("Referer", "http://localhost/login?password=(masked)"),)
