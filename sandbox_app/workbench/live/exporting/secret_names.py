"""Which parameters, members, headers and cookies carry something that opens a door."""

import re

_INSIDE = ("passw", "secret")
_EXACT = frozenset(
    {
        "accesstoken",
        "assertion",
        "clientassertion",
        "code",
        "codeverifier",
        "confirmationcode",
        "csrf",
        "csrftoken",
        "devicecode",
        "devicekey",
        "emailmfacode",
        "emailotpcode",
        "idtoken",
        "idtokenhint",
        "logouttoken",
        "mfacode",
        "otp",
        "passwordclaimsignature",
        "refreshtoken",
        "relaystate",
        "samlresponse",
        "session",
        "smsmfacode",
        "smsotpcode",
        "softwaretokenmfacode",
        "state",
        "subjecttoken",
        "ticket",
        "token",
        "usercode",
        "xsrftoken",
    }
)
_SEPARATORS = re.compile(r"[_\-.\[\]]")

CREDENTIALS = frozenset({"authorization", "proxy-authorization"})
SECRET_HEADERS = frozenset(
    {
        "dpop",
        "x-amz-access-token",
        "x-amz-security-token",
        "x-api-key",
        "x-csrf-token",
        "x-csrftoken",
        "x-xsrf-token",
    }
)


def is_secret(name: str) -> bool:
    """Whether a parameter or member of this name holds a secret, however it is spelt.

    `state` counts: it is the value by which an app knows its own sign-in.
    """
    plain = _SEPARATORS.sub("", name).lower()
    return plain in _EXACT or any(part in plain for part in _INSIDE)


def label_of(name: str) -> str:
    """What a masked value is called after: lower case, words joined by hyphens."""
    words = re.sub(r"([a-z0-9])([A-Z])", r"\1-\2", name)
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:40] or "value"
