"""Stories of legs between browser and app, which the pool sends on their way and never sees."""

from sandbox_app.workbench.live.sequence.parts import Story
from sandbox_app.workbench.live.sequence.reading import Reading, address_words
from sandbox_app.workbench.live.sequence.telling.known import Known

_NOT_SEEN = "The pool does not see this request; it only knows that it sent the browser there."


def started(reading: Reading, known: Known) -> Story:
    """The app sends the browser on its way, which nobody here sees."""
    if reading.step == "logout":
        return Story(
            "The app sends the browser to sign out",
            (
                f"{known.the_app} forgets its own session first; that is its own business.",
                "Then it sends the browser to the pool, because only the browser holds the "
                "pool's session cookie.",
                "The pool does not see this request, only what follows from it.",
            ),
            ("rule LO-1", "rule LO-6"),
        )
    return Story(
        "The app sends the browser to the pool",
        (
            f"{known.the_app} signs nobody in itself: it sends the browser to the pool, with "
            "everything it wants in the address.",
            "It may do so by a redirect, a link or a script; the pool sees only what follows.",
            "Before that a careful app makes up state, nonce and a PKCE secret, and keeps them.",
        ),
        ("RFC 6749 section 4.1", "RFC 7636 section 4.1"),
    )


def delivered(reading: Reading, known: Known) -> Story:
    """The browser follows a redirect to the app, which nobody here sees."""
    where = address_words(reading.location) or "its callback"
    if reading.step == "logout":
        return Story(
            "The browser comes back to the app, signed out",
            (
                f"The browser follows the redirect to {where}, at the app.",
                _NOT_SEEN,
                "The app may show a farewell; the tokens it may still hold stay good.",
            ),
            ("rule LO-1",),
        )
    if "error" in reading.delivered:
        return Story(
            "The browser brings the refusal to the app",
            (
                f"The browser follows the redirect to {where}, at the app.",
                _NOT_SEEN,
                "All the app gets to know stands in error and error_description.",
            ),
            ("RFC 6749 section 4.1.2.1",),
        )
    if reading.in_fragment:
        return Story(
            "The browser opens the callback page",
            (
                f"The browser asks the app for {where} and keeps the fragment to itself.",
                _NOT_SEEN,
                "The app's server answers with a page, and has no idea of the tokens yet.",
            ),
            ("RFC 6749 section 4.2", "RFC 3986 section 3.5"),
        )
    return Story(
        "The browser brings the code to the app",
        (
            f"The browser follows the redirect to {where}, at the app.",
            _NOT_SEEN,
            "The app must compare state with the one it kept, and throw the answer away if they "
            "differ.",
        ),
        ("RFC 6749 section 4.1.2", "RFC 6749 section 10.12"),
    )


def fragment_read(reading: Reading, known: Known) -> Story:
    """A script takes the tokens out of the address."""
    return Story(
        "A script of the app reads the fragment",
        (
            "The tokens never went over the wire a second time: a script takes them from the "
            "address.",
            "Any other script on that page, and the browser's history, could read them too.",
            "The app must check the ID token's nonce, for nothing else ties it to this request.",
        ),
        ("RFC 6749 section 4.2", "RFC 6749 section 10.3"),
    )
