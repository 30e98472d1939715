"""Stories of what the app asks the pool directly: tokens, userInfo, revocation."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sandbox_app.workbench.live.sequence.parts import Story
from sandbox_app.workbench.live.sequence.reading import Reading
from sandbox_app.workbench.live.sequence.telling.known import Known
from sandbox_app.workbench.live.words import duration_words

_COUNTS = {1: "one token", 2: "two tokens", 3: "three tokens"}
_MEMBERS = ("id_token", "access_token", "refresh_token")


def token_asked(reading: Reading, known: Known) -> Story:
    """A request to the token endpoint, by grant."""
    return _ASKED.get(reading.grant, _unknown_grant)(reading, known)


def token_answered(reading: Reading, known: Known, ended: float) -> Story:
    """Its answer."""
    return _ANSWERED.get(reading.grant, _some_answer)(reading, known, ended)


def _code_asked(reading: Reading, known: Known) -> Story:
    code, verifier = reading.asked("code"), reading.asked("code_verifier")
    issued = known.code_step(code)
    which = f"the code from step {issued}" if issued else "a code"
    with_verifier = _with_verifier(known) if verifier else ""
    return Story(
        "The app trades the code",
        (
            f"{known.the_app} calls the pool itself and sends {which}{with_verifier}.",
            _proof(reading),
            "The client is checked before the code, so a wrong secret does not cost the code.",
        ),
        (
            "RFC 6749 section 4.1.3",
            *(("RFC 7636 section 4.5",) if verifier else ()),
            "rule TK-8",
        ),
    )


def _with_verifier(known: Known) -> str:
    if not known.challenge:
        return ", with a code_verifier"
    return f", with the secret whose hash went along in step {known.challenge}"


def _proof(reading: Reading) -> str:
    if reading.with_basic:
        return "It proves itself with its client secret, in the Authorization header."
    if "client_secret" in reading.form:
        return "It proves itself with its client secret, in the body."
    return "It is a public client: it has no secret, and merely names itself."


def _code_answered(reading: Reading, known: Known, ended: float) -> Story:
    age = known.code_age(reading.asked("code"), reading.exchange.started_at)
    old = f" and {duration_words(age * 1000)} old" if age is not None else ""
    proved = reading.asked("code_verifier") and known.challenge
    fits = f", and the verifier hashes to the challenge of step {known.challenge}" if proved else ""
    return Story(
        f"The pool answers with {_counted(reading)}",
        (
            f"The code was good, unused{old}{fits}.",
            _what_they_are(reading, known),
            "The app's page got them by a call of its own; none of them stood in an address."
            if reading.from_page
            else "None of them ever passed through the browser.",
        ),
        (
            "RFC 6749 section 4.1.4",
            *(("RFC 7636 section 4.6",) if proved else ()),
            "rule TC-4" if proved else "rule TC-1",
        ),
    )


def _what_they_are(reading: Reading, known: Known) -> str:
    says = []
    if "id_token" in reading.body:
        says.append(f"the ID token tells the app who {known.the_user} is")
    if "access_token" in reading.body:
        says.append("the access token opens APIs")
    if "refresh_token" in reading.body:
        says.append("the refresh token fetches new ones")
    words = "; ".join(says) or "what the answer holds stands under Response"
    return f"{words[:1].upper()}{words[1:]}."


def _refresh_asked(reading: Reading, known: Known) -> Story:
    issued = known.token_step(reading.asked("refresh_token"))
    which = f"The refresh token from step {issued}" if issued else "A refresh token"
    return Story(
        "The app asks for fresh tokens",
        (
            f"{which} takes the place of a sign-in: nobody has to be there.",
            "It goes to the pool alone; an API never gets to see it.",
            "The scopes stay those of the first grant, whatever is asked for here.",
        ),
        ("RFC 6749 section 6", "rule TR-1"),
    )


def _refresh_answered(reading: Reading, known: Known, ended: float) -> Story:
    rotated = "refresh_token" in reading.body
    renewal = (
        "A new refresh token takes the place of the old one, and ends when that would have ended."
        if rotated
        else "No new refresh token comes along: the app must keep the one it has."
    )
    return Story(
        "The pool answers with fresh tokens",
        (
            "ID and access token are new; auth_time in them is still that of the sign-in.",
            renewal,
            "The hosted session has no part in this: it is neither asked for nor renewed.",
        ),
        (
            "RFC 6749 section 6",
            "RFC 6749 section 5.1",
            "rule OI-16" if rotated else "rule TR-1",
        ),
    )


def _machine_asked(reading: Reading, known: Known) -> Story:
    return Story(
        "A machine asks for a token",
        (
            f"No user takes part: {known.app or 'the client'} speaks for itself.",
            _proof(reading),
            "The scopes are custom ones, which a resource server of the pool declares.",
        ),
        ("RFC 6749 section 4.4.2", "rule TM-2"),
    )


def _machine_answered(reading: Reading, known: Known, ended: float) -> Story:
    return Story(
        "The pool answers with an access token",
        (
            "The token speaks of the client alone; there is no user in it.",
            "Neither ID token nor refresh token comes along: the machine simply asks again.",
            "An API checks its signature, issuer, expiry and scope.",
        ),
        ("RFC 6749 section 4.4.3", "rule TM-1"),
    )


def _unknown_grant(reading: Reading, known: Known) -> Story:
    return Story(
        "The app asks for tokens",
        (
            f"{known.the_app} calls the token endpoint itself, without the browser in between.",
            "grant_type says what it offers in exchange; here it names nothing the pool knows.",
            _proof(reading),
        ),
        ("RFC 6749 section 3.2", "rule TK-2"),
    )


def _some_answer(reading: Reading, known: Known, ended: float) -> Story:
    return Story(
        "The token endpoint answers",
        (
            f"The answer has the status {reading.exchange.status}.",
            _what_they_are(reading, known),
            "Answers of this endpoint are never to be cached.",
        ),
        ("RFC 6749 section 5.1", "rule TK-1"),
    )


def userinfo_asked(reading: Reading, known: Known) -> Story:
    """userInfo is asked."""
    issued = known.token_step(reading.bearer)
    which = f"the access token from step {issued}" if issued else "an access token"
    shown = f"shows {which}" if reading.bearer else "shows no access token"
    return Story(
        "The app asks who the token speaks of",
        (
            f"{known.the_app} calls userInfo and {shown}.",
            "Whoever bears the token is believed; nothing else is asked for.",
            "The token must hold the openid scope, which those of the JSON API never do.",
        ),
        ("OpenID Connect Core section 5.3.1", "RFC 6750 section 2.1", "rule UI-3"),
    )


def userinfo_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The claims."""
    return Story(
        f"The pool tells about {known.the_user}",
        (
            f"The answer holds {len(reading.body)} claims: those that the token's scopes open and "
            "the client may read.",
            "All of them are texts here, even email_verified, which is a boolean in the ID token.",
            "The app must compare sub with that of the ID token before it believes the rest.",
        ),
        ("OpenID Connect Core section 5.3.2", "rule UI-2"),
    )


def revoke_asked(reading: Reading, known: Known) -> Story:
    """A refresh token is given back."""
    issued = known.token_step(reading.asked("token"))
    which = f"the refresh token from step {issued}" if issued else "a token"
    return Story(
        "The app gives its refresh token back",
        (
            f"{known.the_app} asks the pool to revoke {which}.",
            _proof(reading),
            "Only refresh tokens can be revoked; the others just expire.",
        ),
        ("RFC 7009 section 2.1", "rule RV-3"),
    )


def revoke_answered(reading: Reading, known: Known, ended: float) -> Story:
    """Done, or at least not refused."""
    return Story(
        "The pool forgets the refresh token",
        (
            "The answer is 200 and empty, even for a token that nobody knows.",
            "Access tokens of the same sign-in die too, but only at the pool's own endpoints.",
            "An API that merely checks signatures goes on accepting them until they expire.",
        ),
        ("RFC 7009 section 2.2", "rule RV-6", "rule OI-17"),
    )


def _counted(reading: Reading) -> str:
    count = sum(1 for name in _MEMBERS if reading.body.get(name))
    return _COUNTS.get(count, "tokens")


_ASKED: Mapping[str, Callable[[Reading, Known], Story]] = MappingProxyType(
    {
        "authorization_code": _code_asked,
        "refresh_token": _refresh_asked,
        "client_credentials": _machine_asked,
    }
)
_ANSWERED: Mapping[str, Callable[[Reading, Known, float], Story]] = MappingProxyType(
    {
        "authorization_code": _code_answered,
        "refresh_token": _refresh_answered,
        "client_credentials": _machine_answered,
    }
)
