"""What a step of a flow can end in, besides `Refused`; `server` turns each into HTTP."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LoginNeeded:
    """Go to the sign-in page with the same parameters (AZ-20)."""

    query: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """Go to the app's callback with a code, with tokens or with an error (AZ-23, AZ-24, 4.3).

    `location` is the finished URL. `session_cookie` is a new value for the browser, if any.
    """

    location: str
    session_cookie: str | None = None


@dataclass(frozen=True, slots=True)
class FormShown:
    """The sign-in page, perhaps with an error of the try before; `csrf` goes into form and cookie.

    `providers` is false where the client's providers leave nothing to sign in with.
    """

    query: str
    csrf: str
    username: str = ""
    message: str = ""
    placeholder: str = "Username"
    status: int = 200


@dataclass(frozen=True, slots=True)
class Stopped:
    """The password was right, but the user's status forbids the way on (HU-4.1-9, -11, -12)."""

    status: str
    username: str
    query: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A JSON body with its members in wire order."""

    body: dict[str, Any]
    status: int = 200


@dataclass(frozen=True, slots=True)
class Done:
    """200 with an empty body (RV-6)."""


@dataclass(frozen=True, slots=True)
class SignedOut:
    """The session is over; go on to `location`. `cookie_spent` tells that no pool is left in it."""

    location: str
    cookie_spent: bool
