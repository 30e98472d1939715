"""Base64url without padding, the alphabet of every JOSE part (RFC 7515 appendix C)."""

import base64
import binascii


def octets(text: str) -> bytes:
    """The UTF-8 bytes of a text that a stranger sent; half a surrogate pair does not stop it."""
    return text.encode("utf-8", "surrogatepass")


def encode(data: bytes) -> str:
    """Unpadded base64url."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """The bytes behind unpadded base64url.

    Raises:
        ValueError: a character outside the alphabet, or a length no bytes can have.
    """
    if not text.isascii() or any(character in text for character in "+/="):
        raise ValueError("this is not unpadded base64url")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
