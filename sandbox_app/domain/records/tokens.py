"""What is remembered of signed tokens and of those who ask for them; never a token itself."""

from typing import NamedTuple


class Caller(NamedTuple):
    """A program or browser as far as a request shows it: its address and its User-Agent."""

    peer: str
    agent: str


NOBODY = Caller("", "")
"""No request: the sandbox asked itself, or nobody noted who did."""


class MintedToken(NamedTuple):
    """A signed token without its text; times are its own claims, in epoch seconds.

    `jti` is empty where revocation is off and the token has none.
    """

    use: str
    kid: str
    jti: str
    issued_at: int
    expires_at: int
