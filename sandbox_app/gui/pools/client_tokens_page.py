"""The pages of the client editor about tokens and about attributes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.components import Button, CopyValue
from sandbox_app.gui.forms import Form, number_input, switch_input
from sandbox_app.gui.pools.client_attributes import AttributeList, AttributeTable
from sandbox_app.gui.pools.client_inputs import duration_input, enabled_input, value_input
from sandbox_app.gui.theme import Theme, metrics
from sandbox_app.operations.client_attributes import readable_attributes, writable_attributes
from sandbox_app.operations.standard_attributes import VERIFIED_FLAGS
from sandbox_app.workbench.editing.client_drafts import client_of, new_client_draft


class IssuerLine(QWidget):
    """The issuer that tokens name, and links to the pool's settings it comes from.

    Signals:
        setting_wanted: str, a member of the pool.
    """

    setting_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.value = CopyValue(theme, "issuer", "", token="text")
        self.issuer = _link(theme, "Change the pool's issuer")
        self.pkce = _link(theme, "Change what discovery says of PKCE")
        self.issuer.clicked.connect(lambda: self.setting_wanted.emit("Sandbox.Issuer"))
        self.pkce.clicked.connect(lambda: self.setting_wanted.emit("Sandbox.AdvertisePkce"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.value)
        for link in (self.issuer, self.pkce):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.value.setMinimumHeight(theme.px(metrics.FIELD))


def add_tokens(theme: Theme, form: Form) -> IssuerLine:
    """Lifetimes, revocation, rotation, and whose tokens they are."""
    for member, label, sentence in (
        ("AccessTokenValidity", "Access token", "5 minutes to 1 day; 1 hour if not set."),
        ("IdTokenValidity", "ID token", "5 minutes to 1 day; 1 hour if not set."),
        (
            "RefreshTokenValidity",
            "Refresh token",
            "1 hour to 10 years, and not less than the other two; 30 days if 0 or not set.",
        ),
    ):
        what = duration_input(theme, f"{label} expiration", placeholder="Not set")
        form.add(member, f"{label} expiration", what, sentence)
    form.add(
        "AuthSessionValidity",
        "Authentication flow session",
        number_input(theme, "Authentication flow session, in minutes", placeholder="3"),
        "Minutes to finish a form or a challenge, from 3 to 15 (LG-6).",
    )
    form.add(
        "EnableTokenRevocation",
        "Token revocation",
        switch_input(theme, "Token revocation"),
        "Tokens carry origin_jti. Off: a request to revoke one is refused (RV-2).",
    )
    form.add(
        "RefreshTokenRotation.Feature",
        "Refresh token rotation",
        enabled_input(theme, "Refresh token rotation", "DISABLED"),
        "Each refresh brings a new refresh token, which ends when the first would have.",
    )
    form.add(
        "RefreshTokenRotation.RetryGracePeriodSeconds",
        "Grace period",
        number_input(theme, "Grace period in seconds", placeholder="0"),
        "Seconds that the old refresh token still works, up to 60.",
    )
    form.add(
        "PreventUserExistenceErrors",
        "Prevent user existence errors",
        enabled_input(theme, "Prevent user existence errors", "LEGACY"),
        "An unknown user is answered like a wrong password (LG-4).",
    )
    line = IssuerLine(theme)
    form.add_row("Issuer", line, "What iss says; it belongs to the pool, not to the client.")
    return line


class AttributesPage:
    """Both sides' lists and the table they share."""

    def __init__(self, theme: Theme, form: Form) -> None:
        self.table = AttributeTable(theme)
        self.read = AttributeList(theme, "read", self.table)
        self.write = AttributeList(theme, "write", self.table)
        form.add(
            "ReadAttributes",
            "Read attributes",
            value_input(self.read),
            "What tokens and userInfo may show (TC-7). Not set: all standard, none of your own.",
        )
        form.add(
            "WriteAttributes",
            "Write attributes",
            value_input(self.write),
            "What a user may change through this client. Not set: all standard that can change.",
        )
        form.add_widget(self.table)

    def show(self, pool: UserPool) -> None:
        """Offer what the pool's schema has."""
        names = [item.name for item in pool.schema_attributes]
        unset = client_of(new_client_draft(pool.id))
        reasons = {
            item.name: "It cannot be changed once it is set."
            for item in pool.schema_attributes
            if not item.mutable and not item.required
        }
        reasons |= dict.fromkeys(VERIFIED_FLAGS, "Only a confirmation changes it.")
        reasons["sub"] = "It is the user's identity and never changes."
        readable = readable_attributes(pool, unset)
        writable = writable_attributes(pool, unset) - reasons.keys()
        self.table.set_attributes(names, reasons)
        self.read.set_default([name for name in names if name in readable])
        self.write.set_default([name for name in names if name in writable])


def _link(theme: Theme, words: str) -> Button:
    return Button(theme, words, variant="link", size="small")
