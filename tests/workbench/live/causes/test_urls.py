"""What one URL has to do with the one that is known: a cause for each difference, and no other."""

import pytest

from sandbox_app.workbench.live.causes.urls import causes_of
from sandbox_app.workbench.live.differences import nearest

BACK = "http://localhost:5173/callback"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (f"{BACK}/", ["Many frameworks add or drop a trailing slash"]),
        (f"{BACK}%2F", ["Characters are percent-encoded on one side"]),
        ("http://localhost:5173//callback", ["Two slashes follow each other"]),
        ("http://localhost:5173", ["The app sends its own address"]),
        ("http://localhost:5173/calback", ["The paths are spelt nearly alike"]),
        ("http://localhost:5173/app/callback", ["A base path, a locale or a router"]),
        ("localhost:5173/callback", ["The URL was sent without its scheme"]),
        ("http://localhost:5174/callback", ["A development server takes the next free port"]),
        ("http://localhost:8080/callback", ["The port is part of the address"]),
        ("http://localhost/callback", ["The port is missing"]),
        ("http://[::1]:5173/callback", ["::1 and localhost are two hosts"]),
        (
            "https://127.0.0.1:8443/callback/",
            ["127.0.0.1 and localhost", "The app asks for https", "The port", "Many frameworks"],
        ),
        ("http://localhost:3000/api/auth/callback", ["Port and path both differ"]),
        ("https://app.example/callback", ["The app names a public address"]),
        (f"{BACK}?x=1", ["The query is part of the URL and has to be registered"]),
        (f"{BACK}#x", ["A fragment is no part"]),
        (BACK, []),
    ],
)
def test_each_difference_has_its_cause(sent, words) -> None:
    found = causes_of(sent, BACK)

    assert len(found) == len(words)
    assert all(cause.words.startswith(start) for cause, start in zip(found, words, strict=True)), (
        found
    )


@pytest.mark.parametrize(
    "sent",
    [
        f"{BACK}/",
        BACK.upper(),
        "https://localhost:5173/callback",
        "http://127.0.0.1:5174/callback",
        "http://www.example/callback",
        f"{BACK}?x=1",
        "http://localhost:5173/call%62ack",
        "http://localhost:5173/en/callback",
    ],
)
def test_nobody_is_sent_to_register_what_an_earlier_request_named(sent) -> None:
    told = " ".join(cause.sentence for cause in causes_of(sent, BACK, registered=False))

    assert told
    assert "regist" not in told.lower()


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("http://127.0.0.1:5173/callback", BACK),
        ("https://localhost:3001/callback", "https://localhost:3000/callback"),
        ("http://127.0.0.1:9400/_demo/callback/", "http://127.0.0.1:9400/_demo/callback"),
        ("completely/different", None),
    ],
)
def test_the_url_that_was_meant_differs_in_the_fewest_parts(sent, meant) -> None:
    known = [
        "http://127.0.0.1:9400/_demo/callback",
        "http://localhost:3000/callback",
        "https://localhost:3000/callback",
        BACK,
    ]

    assert nearest(sent, known) == meant
