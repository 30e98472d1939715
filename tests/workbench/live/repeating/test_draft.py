"""What of a recorded request can be sent again, and what is said about the rest."""

from typing import Any

import pytest

from sandbox_app.domain.records.traffic import Message
from sandbox_app.workbench.live.repeating.draft import Draft, draft_of
from sandbox_app.workbench.live.repeating.request import WrongPart, checked, edited_words, outgoing
from tests.gui.live.samples import WEB, a_detail, an_exchange

FORM = ("Content-Type", "application/x-www-form-urlencoded")


def a_draft(headers: Any = (), body: bytes = b"", size: int = 0, **given: Any) -> Draft:
    """Of a request with this message; `given` are members of its details."""
    request = Message(headers=headers, body=body, size=size or len(body))
    exchange = an_exchange(method="POST")
    return draft_of(exchange, a_detail(exchange, request=request, **given))


def test_what_belongs_to_the_connection_is_left_out() -> None:
    draft = a_draft(
        (("Host", "a"), ("Content-Length", "3"), ("connection", "close"), ("Expect", "x")), b"abc"
    )

    assert draft.headers == "Host: a"
    assert checked(draft) == ()


def test_basic_credentials_are_made_from_what_is_configured_now() -> None:
    draft = a_draft((("Authorization", "Basic (masked)"),))
    assert draft.headers == "Authorization: Basic (configured)"

    request = outgoing(draft, lambda client: f"of {client}")

    [(_, value)] = request.headers
    assert value == "Basic NHdlYjduMnA5YzZkMWg4ajNrNW0wcnQ6b2YgNHdlYjduMnA5YzZkMWg4ajNrNW0wcnQ="


def test_a_secret_in_query_and_form_is_encoded() -> None:
    draft = a_draft((FORM,), b"client_secret=(masked)", target="/t?client_secret=(masked)&a=1")

    request = outgoing(draft, lambda _client: "a+b/c")

    assert request.body == b"client_secret=a%2Bb%2Fc"
    assert request.target == "/t?client_secret=a%2Bb%2Fc&a=1"


def test_a_client_without_secret_is_named() -> None:
    draft = a_draft((("Authorization", "Basic (masked)"),))

    with pytest.raises(WrongPart, match=rf"Client {WEB} has no secret to put in place of"):
        outgoing(draft, lambda _client: "")


def test_a_body_that_was_not_kept_has_to_be_written() -> None:
    draft = a_draft(body=b"(not kept: it may hold a password or secret where nobody can tell)")

    assert (draft.body, draft.whole) == ("", False)
    assert "The body was not kept" in draft.notes[0]


def test_of_a_body_that_was_cut_only_the_beginning_can_be_sent() -> None:
    draft = a_draft(body=b"abc", size=100_000)

    assert (draft.body, draft.whole) == ("abc", False)
    assert draft.notes == ("The first 3 bytes of 98 KiB were recorded. Only they are sent.",)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a\r\nb", b"a\0b", "a\u2028b".encode()])
def test_a_body_that_no_field_holds_goes_out_as_it_is(body: bytes) -> None:
    draft = a_draft(body=body)

    assert draft.body is None
    assert outgoing(draft, lambda _client: "").body == body


@pytest.mark.parametrize(
    ("target", "sent"),
    [
        ("http://localhost:9400/oauth2/token?a=1", "/oauth2/token?a=1"),
        ("http://localhost:9400", "/"),
        ("*", "/"),
    ],
)
def test_a_whole_address_is_sent_as_its_path(target: str, sent: str) -> None:
    draft = a_draft(target=target)

    assert draft.target == sent
    assert draft.notes == ("The target named a whole address; its path is sent.",)


@pytest.mark.parametrize(
    ("origin", "headers", "secure"),
    [
        ("https://localhost:9443", (), True),
        ("http://localhost:9400", (), False),
        ("https://app.example", (("X-Forwarded-Proto", "https"),), False),
        ("https://app.example", (("Forwarded", "proto=https"),), False),
    ],
)
def test_it_goes_over_the_listener_that_it_came_by(origin, headers, secure) -> None:
    assert a_draft(headers, origin=origin).secure is secure


def test_what_is_spent_by_now_is_said() -> None:
    draft = a_draft((FORM,), b"grant_type=refresh_token&refresh_token=r")

    assert draft.notes == ("The refresh token is sent as it was, also if it is spent or revoked.",)


def test_what_was_edited_is_named_in_words() -> None:
    draft = a_draft((("Host", "a"),), b"x")

    assert edited_words(draft, draft) == ""
    changed = Draft(
        of="",
        at=0.0,
        client_id="",
        method="PUT",
        target=draft.target,
        headers="Host: b",
        body="y",
        secure=True,
    )
    assert edited_words(changed, draft) == "method, headers, body, scheme"
