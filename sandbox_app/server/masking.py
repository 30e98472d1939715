"""Secrets taken out of what is recorded; what was masked can never be read back."""

import re
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.server.incoming import FORM_TYPE

MASK = "(masked)"
_SECRET_NAMES = {"password", "client_secret", "confirmpassword"}
_SUSPICIOUS = re.compile(rb"passw|secret", re.IGNORECASE)
_NOT_KEPT = b"(not kept: it is no form and may hold a password or secret)"


def masked_pairs(encoded: str) -> str:
    """A query or form with the values of secret parameters replaced."""
    if "=" not in encoded:
        return encoded
    return "&".join(_masked_pair(pair) for pair in encoded.split("&"))


def masked_body(body: bytes, content_type: str) -> bytes:
    """A request body fit for the record.

    A form keeps everything but its secrets. Any other body that speaks of a password or secret
    is dropped whole, because nobody can say where in it the value stands.
    """
    if content_type.partition(";")[0].strip().lower() == FORM_TYPE:
        return masked_pairs(body.decode("utf-8", "replace")).encode()
    return _NOT_KEPT if _SUSPICIOUS.search(body) else body


def masked_headers(headers: Headers) -> Headers:
    """Request headers with the credentials of HTTP Basic replaced."""
    return tuple((name, _masked_header(name, value)) for name, value in headers)


def _masked_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    if equals and unquote_plus(name).strip().lower() in _SECRET_NAMES:
        return f"{name}={MASK}"
    return pair


def _masked_header(name: str, value: str) -> str:
    if name.lower() in ("authorization", "proxy-authorization"):
        scheme, _, _ = value.partition(" ")
        if scheme.lower() != "bearer":
            return f"{scheme[:20]} {MASK}"
    return value
