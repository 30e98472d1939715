"""Stories of a sign-in as it goes through the browser: authorize, the page, the way back."""

from sandbox_app.workbench.live.sequence.parts import Story
from sandbox_app.workbench.live.sequence.reading import Goal, Reading
from sandbox_app.workbench.live.sequence.telling.known import Known


def authorize_asked(reading: Reading, known: Known) -> Story:
    """The authorization request."""
    implicit = reading.query.get("response_type") == "token"
    wanted = "tokens at once" if implicit else "a code"
    sources = ["RFC 6749 section 4.2.1" if implicit else "RFC 6749 section 4.1.1"]
    if reading.query.get("code_challenge"):
        sources.append("RFC 7636 section 4.3")
    return Story(
        "The browser asks the pool for a login",
        (
            f"{known.the_app} asks for {wanted} through the browser, so that it never handles "
            "the user's password.",
            _proof(reading, implicit=implicit),
            _tie(reading),
        ),
        (*sources, "rule AZ-4"),
    )


def _proof(reading: Reading, *, implicit: bool) -> str:
    if implicit:
        return "response_type=token leaves the code out, and with it the proof of who redeems it."
    if reading.query.get("code_challenge"):
        return (
            "code_challenge is the hash of a secret that the app keeps; only who knows the secret "
            "can redeem the code."
        )
    return "Without a code_challenge the client's own credentials are all that guards the code."


def _tie(reading: Reading) -> str:
    if reading.query.get("state"):
        return "state comes back unchanged, and ties the answer to this very browser."
    return (
        "Without state the app cannot tell its own answer from one that somebody else began for it."
    )


def authorize_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The answer of the authorization endpoint, where nothing was refused."""
    if reading.goal is Goal.APP:
        return _sent_back(reading, known, silent=True)
    if reading.goal is Goal.PROVIDER:
        return Story(
            "The pool sends the browser to the identity provider",
            (
                "The request named a provider, so the pool shows no page of its own.",
                "To the provider the pool is an app like any other, with a client id and a state.",
                "What the app asked for waits at the pool until the browser comes back.",
            ),
            ("RFC 6749 section 4.1.1", "rule AZ-22"),
        )
    return Story(
        "The pool asks for a sign-in",
        (
            "The request passed every check, but this browser has no session with the pool.",
            "So it is sent to the sign-in page, and all parameters travel along in the address.",
            "This address never shows a page itself; it always redirects.",
        ),
        ("RFC 6749 section 3.1", "rule AZ-20"),
    )


def login_asked(reading: Reading, known: Known) -> Story:
    """The sign-in page is fetched, or sent in."""
    if reading.exchange.method == "POST":
        name = known.user or reading.form.get("username") or "The user"
        return Story(
            "The browser sends the filled-in form",
            (
                f"{_capital(name)} types name and password at the pool; the app never learns the "
                "password.",
                "The hidden _csrf is compared with the cookie first, so that no other site can "
                "send this form.",
                "Only then is the user looked up and the password checked.",
            ),
            ("RFC 6749 section 10.12", "rule LG-2", "rule HU-4.1-8"),
        )
    return Story(
        "The browser fetches the sign-in page",
        (
            "The page is the pool's, so the password stays between the user and the pool.",
            "Everything the app asked for travels along in the address.",
            "A fresh cookie will tie the form to this browser.",
        ),
        ("RFC 6749 section 3.1", "rule AZ-20", "rule LG-1"),
    )


def login_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The page, or the way back to the app."""
    if reading.goal is Goal.APP:
        return _sent_back(reading, known, silent=reading.exchange.method == "GET")
    if reading.exchange.method == "POST":
        return Story(
            "The pool needs something more first",
            (
                "The password was right, but the pool does not let this user pass yet.",
                "No code was made, so the app hears nothing for now.",
                "The page says what is missing; the checks under Why say it exactly.",
            ),
            ("RFC 6749 section 3.1", "rule HU-4.1-11"),
        )
    return Story(
        "The pool shows its sign-in page",
        (
            "The form holds a hidden _csrf that must come back equal to the cookie.",
            "From here on the pool waits for a person, for five minutes at most.",
            "Nothing is decided yet: there is no code and no token.",
        ),
        ("RFC 6749 section 10.12", "rule LG-1", "rule HU-G8"),
    )


def _sent_back(reading: Reading, known: Known, *, silent: bool) -> Story:
    proved = (
        f"The session cookie says that {known.the_user} signed in before, so nobody is asked again."
        if silent
        else f"{_capital(known.the_user)} proved who they are, and the browser goes back to the "
        "app's callback."
    )
    how = "rule AZ-21" if silent else "rule LG-3"
    if reading.in_fragment:
        return Story(
            "The pool sends tokens in the fragment",
            (
                proved,
                "The tokens stand behind the # of the address, which a browser sends to no server.",
                "There is no refresh token, and today's advice is a code with PKCE instead.",
            ),
            ("RFC 6749 section 4.2.2", "RFC 9700 section 2.1.2", "rule AZ-24", how),
        )
    session = (
        "The session cookie set here spares this browser the next sign-in, for an hour."
        if reading.sets_session
        else "state goes back exactly as it came."
    )
    return Story(
        "The pool sends a code back",
        (
            proved,
            "The code opens nothing by itself: it is good once, for five minutes, for this client "
            "alone.",
            session,
        ),
        ("RFC 6749 section 4.1.2", "rule AZ-23", how),
    )


def _capital(words: str) -> str:
    return "The user" if words == "the user" else words
