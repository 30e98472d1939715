"""The error redirect to a client's callback (contract oidc 4.3)."""

from urllib.parse import quote_plus


def at_client(
    redirect_uri: str,
    error: str,
    *,
    description: str | None = None,
    state: str | None = None,
    fragment: bool = False,
) -> str:
    """The callback URL with the error in query or fragment.

    The members stand in the real service's order: `error_description`, `state`, `error`.
    """
    members = (("error_description", description), ("state", state), ("error", error))
    text = "&".join(f"{name}={quote_plus(value)}" for name, value in members if value is not None)
    return appended(redirect_uri, text, fragment=fragment)


def appended(redirect_uri: str, text: str, *, fragment: bool = False) -> str:
    """`redirect_uri` with encoded parameters behind it; a query it already has is kept."""
    if fragment:
        return f"{redirect_uri}#{text}"
    return f"{redirect_uri}{'&' if '?' in redirect_uri else '?'}{text}"
