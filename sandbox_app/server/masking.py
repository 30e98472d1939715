"""Secrets taken out of what is recorded; what was masked can never be read back."""

import re
from urllib.parse import unquote_plus, unquote_to_bytes

from sandbox_app.domain.records.traffic import Headers
from sandbox_app.server.incoming import FORM_TYPE

MASK = "(masked)"
_CREDENTIALS = {"authorization", "proxy-authorization"}
_ADDRESSES = {"location", "referer"}
_SECRET = re.compile(r"passw|secret|^ticket$", re.IGNORECASE)
_WORDS = ("passw", "secret", "ticket")
_SECRET_INSIDE = re.compile(r"(?:passw|secret)[^=:]{0,20}[=:]|[?&]ticket=", re.IGNORECASE)
_SECRET_BYTES = re.compile(rb"passw|secret|\\u00[4-7]", re.IGNORECASE)
_USER = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@")
_NO_FORM = re.compile(rb"[\x00-\x08\x0e-\x1f]")
NOT_KEPT = b"(not kept: it may hold a password or secret where nobody can tell)"


def masked_pairs(encoded: str) -> str:
    """A query or form with the values of secret parameters replaced."""
    plain = encoded.lower()
    if not any(word in plain for word in _WORDS) and not _has_disguised_name(encoded):
        return encoded
    return "&".join(_masked_pair(pair) for pair in encoded.split("&"))


def without_parameter(encoded: str, name: str) -> str:
    """A query or form with the value of one more parameter replaced."""
    return "&".join(
        f"{pair.partition('=')[0]}={MASK}" if unquote_plus(pair.partition("=")[0]) == name else pair
        for pair in encoded.split("&")
    )


def _has_disguised_name(encoded: str) -> bool:
    """Whether a name is written so that only decoding tells what it is."""
    if "%" not in encoded and "+" not in encoded:
        return False
    names = [pair.partition("=")[0] for pair in encoded.split("&")]
    return any("%" in name or "+" in name for name in names)


def masked_target(target: str) -> str:
    """A request target or address with its secret parameters and user name replaced."""
    path, mark, query = target.partition("?")
    if "@" in path:
        path = _USER.sub(rf"\1{MASK}@", path)
    return f"{path}?{masked_pairs(query)}" if mark else path


def masked_body(body: bytes, content_type: str) -> bytes:
    """A request body fit for the record.

    A form keeps everything but its secrets. Any other body that speaks of a password or secret
    is dropped whole, because nobody can say where in it the value stands.
    """
    if content_type.partition(";")[0].strip().lower() == FORM_TYPE and not _NO_FORM.search(body):
        return masked_pairs(body.decode("utf-8", "replace")).encode()
    plain = body.replace(b"\0", b"")
    return NOT_KEPT if _SECRET_BYTES.search(unquote_to_bytes(plain)) else body


def masked_headers(headers: Headers) -> Headers:
    """Headers with credentials, and the secrets in addresses, replaced."""
    return tuple((name, _masked_header(name.lower(), value)) for name, value in headers)


def _masked_header(name: str, value: str) -> str:
    if name in _CREDENTIALS:
        return _masked_credentials(value)
    return masked_target(value) if name in _ADDRESSES else value


def _masked_pair(pair: str) -> str:
    name, equals, value = pair.partition("=")
    if _SECRET.search(unquote_plus(name)):
        return f"{name}={MASK}" if equals else MASK
    if _SECRET_INSIDE.search(unquote_plus(value)):
        return f"{name}={MASK}"
    return pair


def _masked_credentials(value: str) -> str:
    """Only the scheme stays, but a bearer token whole; without a scheme nothing does."""
    scheme, space, rest = value.partition(" ")
    if not space or not scheme.isalnum():
        return scheme if scheme.lower() in ("basic", "bearer") else MASK
    if scheme.lower() == "bearer" and " " not in rest.strip():
        return value
    return f"{scheme[:20]} {MASK}"
