"""The button that opens an app as a user, without a password."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu

from sandbox_app.domain.records.users import User
from sandbox_app.gui.components import Button, plain_tooltip, without_mnemonic
from sandbox_app.gui.theme import Theme
from sandbox_app.operations.core import Core
from sandbox_app.workbench.sign_in_as import NoWayToSignIn, start_sign_in_as, why_no_sign_in


class SignInAsButton(Button):
    """Offers the clients of a pool; those that cannot be used say why.

    Args:
        user: the user shown, as saved; `None` where there is none.

    Signals:
        url_wanted: str, to be opened in the browser.
        refused: str, why there is no page to open.
    """

    url_wanted = Signal(str)
    refused = Signal(str)

    def __init__(
        self, theme: Theme, core: Core, pool_id: str, user: Callable[[], User | None]
    ) -> None:
        super().__init__(theme, "Sign in as…", icon="open-outside")
        self._core, self._pool_id, self._user = core, pool_id, user
        self._origin = ""
        self.clicked.connect(self._open_menu)
        self.set_origin("", serving=True)

    def set_origin(self, origin: str, *, serving: bool) -> None:
        """Where the sandbox listens, and whether it answers now."""
        self._origin = origin
        can = bool(origin) and serving
        self.setEnabled(can)
        words = "Opens the app as this user, without a password."
        self.setToolTip(plain_tooltip(words if can else "The sandbox is stopped."))

    def sign_in_with(self, client_id: str) -> None:
        """Ask for the page that signs the user in to a client."""
        pool, user = self._core.store.pools.get(self._pool_id), self._user()
        client = self._core.store.clients.get(client_id)
        if pool is None or user is None or client is None:
            return
        try:
            url = start_sign_in_as(self._core, pool, client, user, self._origin)
        except NoWayToSignIn as error:
            self.refused.emit(str(error))
            return
        self.url_wanted.emit(url)

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        for client in self._core.store.clients.of_pool(self._pool_id):
            why = why_no_sign_in(self._core, client, self._origin)
            action = menu.addAction(
                without_mnemonic(client.client_name), partial(self.sign_in_with, client.client_id)
            )
            action.setEnabled(why is None)
            action.setToolTip(plain_tooltip(why or f"Opens {client.client_name} as this user."))
        if menu.isEmpty():
            menu.addAction("The pool has no app client").setEnabled(False)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
