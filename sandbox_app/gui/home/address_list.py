"""Every address and id an app may need, each with a button that copies it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from sandbox_app.gui.components import CopyValue, Label
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.workbench.connect import ClientAddresses, PoolAddresses

_LABELS = 96
_NAMES = (
    "Client ID",
    "Client secret",
    "Scopes",
    "Callback URL",
    "Sign-in page",
    "Issuer",
    "Discovery",
    "Signing keys",
    "Token",
    "User info",
    "Revoke",
    "Logout",
)


class AddressList(QWidget):
    """A row per value; rows without one are hidden."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setColumnStretch(1, 1)
        self._rows: dict[str, tuple[Label, CopyValue]] = {}
        for row, name in enumerate(_NAMES):
            label = Label(theme, name, Role.HELP, "text2")
            value = CopyValue(theme, name, "", stretch=True)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(value, row, 1)
            self._rows[name] = (label, value)
        self._grid.setRowStretch(len(_NAMES), 1)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_addresses(self, client: str, pool: PoolAddresses, own: ClientAddresses) -> None:
        """Fill it for one client; rows without a value go."""
        values = (
            own.client_id,
            own.secret,
            own.scope,
            own.callback,
            own.authorize,
            pool.issuer,
            pool.discovery,
            pool.keys,
            pool.token,
            pool.user_info,
            pool.revoke,
            pool.logout,
        )
        for name, text in zip(_NAMES, values, strict=True):
            label, value = self._rows[name]
            value.set_value(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))
        self.setAccessibleName(f"Addresses for {client}")

    def _restyle(self) -> None:
        px = self._theme.px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(0)
        self._grid.setHorizontalSpacing(px(metrics.LABEL_GAP))
        self._grid.setColumnMinimumWidth(0, px(_LABELS))
