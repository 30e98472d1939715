"""Stories of what surrounds a login: discovery, keys, preflights, providers, and the unexpected."""

from sandbox_app.workbench.live.sequence.parts import Lane, Story
from sandbox_app.workbench.live.sequence.reading import Reading
from sandbox_app.workbench.live.sequence.telling.known import Known
from sandbox_app.workbench.live.words import showable, status_words

_DISCOVERY = "OpenID Connect Discovery section 4"


def discovery_asked(reading: Reading, known: Known) -> Story:
    """The configuration document is fetched."""
    return Story(
        "The app asks where everything is",
        (
            "From the issuer's address alone a library finds every endpoint of the pool.",
            "The document is public and needs no login.",
            "Libraries fetch it once and keep it.",
        ),
        (f"{_DISCOVERY}.1", "rule DC-5"),
    )


def discovery_answered(reading: Reading, known: Known, ended: float) -> Story:
    """It is there."""
    return Story(
        "The pool names its endpoints",
        (
            "issuer in the document must equal the address it was fetched from, to the letter.",
            "PKCE is not advertised although S256 works, which stops the strictest clients.",
            "jwks_uri leads to the keys that verify tokens.",
        ),
        (f"{_DISCOVERY}.2", "rule DC-1"),
    )


def keys_asked(reading: Reading, known: Known) -> Story:
    """The key set is fetched."""
    return Story(
        "Somebody fetches the pool's keys",
        (
            "Whoever receives a token needs the pool's public keys to verify it.",
            "A token's header names its key by kid.",
            "The set is fetched once, and again when an unknown kid turns up.",
        ),
        ("RFC 7517 section 5", "rule JW-4"),
    )


def keys_answered(reading: Reading, known: Known, ended: float) -> Story:
    """Two keys."""
    return Story(
        "The pool hands out its public keys",
        (
            "There are two: one signs ID tokens, the other access tokens.",
            "Only the public halves leave the pool; with them nobody can make a token.",
            "A verifier must take the key by its kid, and never the first one in the list.",
        ),
        ("RFC 7517 section 5", "rule JW-1"),
    )


def preflight_asked(reading: Reading, known: Known) -> Story:
    """The browser asks for permission."""
    return Story(
        "The browser asks whether the page may call",
        (
            "A script of another origin wants to call the pool, so the browser asks first.",
            "Nothing of the call itself is sent yet.",
            "Programs outside a browser never ask this.",
        ),
        ("Fetch standard, CORS-preflight", "rule CO-2"),
    )


def preflight_answered(reading: Reading, known: Known, ended: float) -> Story:
    """It is allowed."""
    return Story(
        "The pool allows the call",
        (
            "The answer names the method and the headers that may be used.",
            "It allows every origin, but never cookies.",
            "The browser sends the real call next.",
        ),
        ("Fetch standard, CORS-preflight", "rule CO-2", "rule CO-1"),
    )


def sign_in_as_asked(reading: Reading, known: Known) -> Story:
    """Our own door is opened."""
    return Story(
        "The browser opens a link of the sandbox",
        (
            "The window made this link so that somebody is signed in without a password.",
            "It is good once, for a minute, and on this machine alone.",
            "The real service has no such door.",
        ),
        ("rule US-S2", "rule US-S1"),
    )


def sign_in_as_answered(reading: Reading, known: Known, ended: float) -> Story:
    """The session is there."""
    return Story(
        f"The sandbox signs {known.the_user} in",
        (
            "The browser gets the session cookie that a sign-in would have brought.",
            "From here on everything goes as after a sign-in with a password.",
            "The app cannot tell the difference.",
        ),
        ("rule US-S4",),
    )


def provider_asked(reading: Reading, known: Known) -> Story:
    """A request to an identity provider, or from one."""
    name = known.provider or "the identity provider"
    if reading.source is Lane.POOL:
        return Story(
            f"The pool asks {name} itself",
            (
                f"To {name} the pool is an app: it calls directly, without the browser.",
                "It trades what the browser brought, and proves itself with its own secret.",
                "The app has no part in this, and never sees the provider's tokens.",
            ),
            ("RFC 6749 section 4.1.3",),
        )
    return Story(
        f"The browser goes on to {name}",
        (
            f"The user will sign in at {name}, so the pool never handles that password.",
            "The state in the address is the pool's own; that of the app waits at the pool.",
            "What happens on the provider's pages is not the pool's business.",
        ),
        ("OpenID Connect Core section 3.1.2.1",),
    )


def provider_answered(reading: Reading, known: Known, ended: float) -> Story:
    """What the provider answers."""
    name = known.provider or "the identity provider"
    if reading.source is Lane.POOL:
        return Story(
            f"{name[:1].upper()}{name[1:]} tells the pool who it is",
            (
                "The pool checks signature, issuer, audience and expiry, as any app would.",
                "It makes a user of its own from the claims, by the attribute mapping.",
                "The app will get tokens of the pool, never these.",
            ),
            ("OpenID Connect Core section 3.1.3.3",),
        )
    return Story(
        f"{name[:1].upper()}{name[1:]} answers the browser",
        (
            "The provider shows its pages, or sends the browser back to the pool.",
            "On the way back the answer carries the pool's state and a code or assertion.",
            "The pool will compare that state with the browser's cookie.",
        ),
        ("OpenID Connect Core section 3.1.2.5",),
    )


def stranger_asked(reading: Reading, known: Known) -> Story:
    """A request that is no step of a login."""
    exchange = reading.exchange
    return Story(
        f"Somebody asks for {showable(exchange.path[:80])}",
        (
            f"This is a {showable(exchange.method[:20])} request that is no step of a login.",
            "What was sent stands under Request.",
            "Paths and methods are compared letter by letter.",
        ),
        ("RFC 9110 section 9", "rule US-W3"),
    )


def stranger_answered(reading: Reading, known: Known, ended: float) -> Story:
    """Its answer."""
    return Story(
        f"The pool answers with {status_words(reading.exchange.status)}",
        (
            "The request is answered outside any login.",
            "What was answered stands under Response.",
            "The checks under Why say what the pool made of it.",
        ),
        ("RFC 9110 section 15", "rule US-W3"),
    )
