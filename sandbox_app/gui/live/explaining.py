"""Why a request was refused: worked out from its login, and copied as a text."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.causes import Explanation, Why
from sandbox_app.workbench.live.libraries import LOOKED_AT, Library, recognise_login
from sandbox_app.workbench.live.login import Login
from sandbox_app.workbench.live.refusal_text import refusal_text


class Explaining:
    """Explains requests of the login that is looked at, and of any other on demand.

    Args:
        look_up: everything about an exchange by its id, `None` where it is no longer kept.
        why: explains refusals, by the workspace as it is now.
        versions: lines about this program for a copied refusal.
    """

    def __init__(
        self,
        look_up: Callable[[str], ExchangeDetail | None],
        why: Why,
        versions: tuple[str, ...],
    ) -> None:
        self._look_up = look_up
        self._why = why
        self._versions = versions
        self._library: Library | None = None
        self._recognised = (0, 0)

    def recognise(self, login: Login) -> Library | None:
        """Find out what the login is made with; its first requests tell, or none does."""
        seen = (login.serial, min(len(login.exchanges), LOOKED_AT))
        if seen != self._recognised:
            self._recognised = seen
            self._library = recognise_login(login.exchanges, self._look_up)
        return self._library

    def explain(
        self, exchange: Exchange, detail: ExchangeDetail, login: Login | None
    ) -> Explanation | None:
        """What refused a request of the login that was recognised last, and what helps."""
        exchanges = login.exchanges if login is not None else [exchange]
        return self._why(exchange, detail, exchanges, self._library)

    def copy(self, exchange: Exchange, detail: ExchangeDetail, login: Login | None) -> None:
        """One text with request, checks and versions on the clipboard."""
        self._copy(exchange, detail, self.explain(exchange, detail, login))

    def copy_of(self, login: Login, exchange: Exchange) -> bool:
        """The same of a request that need not be open; false where it is no longer kept."""
        detail = self._look_up(exchange.id)
        if detail is None:
            return False
        library = recognise_login(login.exchanges, self._look_up)
        self._copy(exchange, detail, self._why(exchange, detail, login.exchanges, library))
        return True

    def _copy(
        self, exchange: Exchange, detail: ExchangeDetail, explanation: Explanation | None
    ) -> None:
        causes = [one.sentence for one in explanation.causes] if explanation else ()
        text = refusal_text(exchange, detail, versions=self._versions, causes=causes)
        QGuiApplication.clipboard().setText(text)
