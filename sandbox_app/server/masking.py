"""Secrets taken out of what is recorded; what was masked can never be read back."""

import re
from urllib.parse import unquote_plus

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.server.incoming import FORM_TYPE

MASK = "(masked)"
_SECRET_NAMES = {"password", "client_secret", "confirmpassword"}
_CREDENTIALS = {"authorization", "proxy-authorization"}
# A name that is a secret's, or that is written so that only decoding tells.
_MAY_NAME_A_SECRET = re.compile(r"(?:^|&)[^=&]*(?:passw|secret|[%+])[^=&]*=", re.IGNORECASE)
_SUSPICIOUS = re.compile(rb"passw|secret", re.IGNORECASE)
_NOT_KEPT = b"(not kept: it is no form and may hold a password or secret)"


def masked_pairs(encoded: str) -> str:
    """A query or form with the values of secret parameters replaced."""
    if not _MAY_NAME_A_SECRET.search(encoded):
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
    return tuple(
        (name, _masked_credentials(value)) if name.lower() in _CREDENTIALS else (name, value)
        for name, value in headers
    )


def _masked_pair(pair: str) -> str:
    name, equals, _ = pair.partition("=")
    plain = unquote_plus(name) if "%" in name or "+" in name else name
    if equals and plain.strip().lower() in _SECRET_NAMES:
        return f"{name}={MASK}"
    return pair


def _masked_credentials(value: str) -> str:
    scheme, _, _ = value.partition(" ")
    return value if scheme.lower() == "bearer" else f"{scheme[:20]} {MASK}"
