"""A client library, a tool or a browser, as far as a request tells."""

from dataclasses import dataclass

NAMED, SHAPED, HTTP, BROWSER = 4, 3, 2, 1


@dataclass(frozen=True, slots=True)
class Library:
    """Who sent a request.

    Args:
        key: names it in code; see `recognition` for all of them.
        name: as its makers write it.
        version: as it says itself; empty where it does not.
        rank: how telling it is: a library for sign-ins that names itself, one told by the shape
            of its requests, a package for HTTP or a tool, a browser.
    """

    key: str
    name: str
    version: str = ""
    rank: int = SHAPED

    @property
    def words(self) -> str:
        """Name and version, "openid-client 6.8.9"."""
        return f"{self.name} {self.version}".strip()
