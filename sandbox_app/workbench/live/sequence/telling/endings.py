"""Stories of how it ends in the browser other than with a sign-in: sign-out, the error page."""

from sandbox_app.workbench.live.sequence.parts import Story
from sandbox_app.workbench.live.sequence.reading import Goal, Reading
from sandbox_app.workbench.live.sequence.telling.known import Known


def logout_asked(reading: Reading, known: Known) -> Story:
    """The sign-out endpoint is visited."""
    return Story(
        "The browser asks to be signed out",
        (
            "Only the browser can do this, because it holds the pool's session cookie.",
            "client_id and logout_uri are this pool's own names; those of OpenID Connect are "
            "ignored.",
            "logout_uri must be registered, to the letter.",
        ),
        ("rule LO-1", "rule LO-6"),
    )


def logout_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The session is over."""
    onward = (
        "The sign-in page follows, because redirect_uri was sent instead of logout_uri."
        if reading.goal is Goal.POOL
        else "The browser goes on to the registered sign-out address."
    )
    return Story(
        "The pool ends the session",
        (
            "The session is over, and the next login in this browser asks for a password again.",
            "Tokens that were handed out stay good until they expire or are revoked.",
            onward,
        ),
        ("rule LO-4" if reading.goal is Goal.POOL else "rule LO-1",),
    )


def error_page_asked(reading: Reading, known: Known) -> Story:
    """The browser was sent to the error page."""
    return Story(
        "The browser fetches the error page",
        (
            "The request before was refused in a way that the app cannot be told.",
            "To send the browser to an address that is not registered would hand it to a stranger.",
            "So it goes to a page of the pool's own.",
        ),
        ("RFC 6749 section 4.1.2.1", "rule AZ-4"),
    )


def error_page_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The end of the way."""
    return Story(
        "The pool shows an error, and that is all",
        (
            "The user sees a few words that hardly say what is wrong.",
            "The app learns nothing at all, and waits for an answer that never comes.",
            "The refusal itself, with what was sent and what was expected, is the step before.",
        ),
        ("RFC 6749 section 4.1.2.1",),
    )
