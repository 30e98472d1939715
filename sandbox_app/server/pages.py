"""The classic hosted pages, rendered from `resources/pages` (contract hosted-ui 3, 4)."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from sandbox_app.domain.resources import resource_path

if TYPE_CHECKING:
    from jinja2 import Environment

_LONGEST_MESSAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LoginPage:
    """What the sign-in page shows; `query` is carried in the form's action as it came."""

    query: str
    csrf: str
    username: str = ""
    message: str | None = None
    placeholder: str = "Username"
    heading: str = "Sign in"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """A sign-in that stopped at the user's status."""

    status: str
    username: str
    query: str
    heading: str = "Sign in"


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    why: str
    cure: str


_NOTICES: Mapping[str, _Words] = MappingProxyType(
    {
        "UNCONFIRMED": _Words(
            "Your account is not confirmed",
            "The account was made but its e-mail address or phone number was never confirmed.",
            "An administrator can confirm it.",
        ),
        "FORCE_CHANGE_PASSWORD": _Words(
            "You must change your password",
            "The password is a temporary one, which has to be replaced before the first sign-in.",
            "An administrator can set a permanent password.",
        ),
        "RESET_REQUIRED": _Words(
            "Your password must be reset",
            "The account was imported, or an administrator asked for a new password.",
            "An administrator can set a new password.",
        ),
    }
)


class Pages:
    """Renders pages; made once per server, because compiling templates takes a while."""

    def __init__(self) -> None:
        folder = resource_path("pages")
        self._css = Markup((folder / "classic.css").read_text(encoding="utf-8"))
        self._script = Markup((folder / "login.js").read_text(encoding="utf-8"))
        # Nothing but our own style and script, and no framing (contract hosted-ui G9). There is
        # no `form-action`: Chromium applies it to the redirect to the app as well.
        self.content_security_policy = (
            "default-src 'none'; "
            f"style-src '{_digest(self._css)}'; script-src '{_digest(self._script)}'; "
            "img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"
        )

    def login(self, page: LoginPage) -> str:
        """The sign-in page."""
        return self._render("login.html", "Signin", page=page, script=self._script)

    def notice(self, page: NoticePage) -> str:
        """The page behind a right password that leads nowhere yet."""
        return self._render("notice.html", "Signin", page=page, words=_NOTICES[page.status])

    def error(self, message: str | None) -> str:
        """The error page; the message is shortened, because it may come from a URL."""
        shown = message[:_LONGEST_MESSAGE] if message else None
        return self._render("error.html", "Error", message=shown)

    def bad_csrf(self) -> str:
        """The page that a form with a wrong `_csrf` gets (contract hosted-ui 1.3)."""
        return self._render("error.html", "Error", message="Invalid CSRF token")

    def own_notice(self, heading: str, lines: tuple[str, ...]) -> str:
        """A page in which the sandbox speaks for itself, one paragraph a line."""
        return self._render("own_notice.html", heading, heading=heading, lines=lines)

    @cached_property
    def _templates(self) -> "Environment":
        # Only with the first page: a server for programs alone never needs the library.
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(resource_path("pages")),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def _render(self, name: str, title: str, **values: object) -> str:
        template = self._templates.get_template(name)
        return template.render(title=title, css=self._css, **values)


def _digest(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
