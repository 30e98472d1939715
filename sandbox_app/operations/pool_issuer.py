"""What a pool may name itself in tokens: a setting that only a sandbox has."""

from urllib.parse import urlsplit

from sandbox_app.operations.errors import InvalidParameterException


def check_issuer(text: str) -> None:
    """Refuse what is neither `local`, `aws` nor a URL.

    Raises:
        InvalidParameterException: with the field `Issuer`.
    """
    if text in ("local", "aws"):
        return
    try:
        parts = urlsplit(text)
        bad = parts.scheme not in ("http", "https") or not parts.hostname
    except ValueError:
        bad = True
    if bad or not text.isprintable() or set(text) & set(" ?#"):
        raise InvalidParameterException("Issuer is local, aws or a URL", field="Issuer")
