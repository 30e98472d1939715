"""Requests on the clipboard: as commands, as code, as they went over the wire."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail
from sandbox_app.workbench.live.exporting.forms import FORMS, RAW, URL, copied
from sandbox_app.workbench.live.exporting.sending import SecretOf, can_be_sent

LookUp = Callable[[str], ExchangeDetail | None]
"""Everything about an exchange by its id, `None` where it is no longer kept."""


class Copying(QObject):
    """Copies a request in any of the forms there are.

    Args:
        secret_of: the configured secret of a client.

    Signals:
        told: str, what was put on the clipboard.
    """

    told = Signal(str)

    def __init__(self, look_up: LookUp, secret_of: SecretOf, parent: QObject) -> None:
        super().__init__(parent)
        self._look_up = look_up
        self._secret_of = secret_of

    def add_to(self, menu: QMenu, exchange: Exchange) -> None:
        """Append every form, without secrets and with them."""
        detail = self._look_up(exchange.id)
        for words, secrets in (("Copy request as", False), ("Copy request with secrets as", True)):
            inner = menu.addMenu(words)
            inner.setEnabled(detail is not None and can_be_sent(detail))
            if detail is not None:
                for form in FORMS:
                    do = self._copying(form, exchange, detail, secrets=secrets)
                    inner.addAction(form).triggered.connect(do)

    def _copying(
        self, form: str, exchange: Exchange, detail: ExchangeDetail, *, secrets: bool
    ) -> Callable[[], None]:
        def copy() -> None:
            secret_of = self._secret_of if secrets else None
            QGuiApplication.clipboard().setText(copied(form, exchange, detail, secret_of))
            request = f"{exchange.method} {exchange.path[:80]}"
            self.told.emit(f"Copied {request} as {form}. {_note(form, secrets=secrets)}")

        return copy


def _note(form: str, *, secrets: bool) -> str:
    if secrets:
        return "It holds secrets that may still work: keep it to yourself."
    return (
        "Secrets are masked." if form in (RAW, URL) else "Secrets are variables, to be set first."
    )
