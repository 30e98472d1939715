"""The page of the client editor about signing in: secrets, addresses, flows, scopes."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.components import Button, CheckList, WrapLabel
from sandbox_app.gui.forms import Form, switch_input, text_input, valued_input
from sandbox_app.gui.pools.client_inputs import (
    Choice,
    OneOf,
    SecretChoice,
    offer,
    ticked_input,
    value_input,
)
from sandbox_app.gui.pools.client_secrets_row import ClientSecretsRow
from sandbox_app.gui.pools.client_urls import ClientUrls
from sandbox_app.gui.theme import Role, Theme, metrics
from sandbox_app.operations.client_rules import STANDARD_SCOPES
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.client_presets import PRESETS, custom_scopes
from sandbox_app.workbench.editing.requests import Request

_STANDARD = ("openid", "email", "profile", "phone", "aws.cognito.signin.user.admin")
_FLOWS = (
    ("code", "Authorization code"),
    ("implicit", "Implicit"),
    ("client_credentials", "Client credentials"),
)
_AUTH_FLOWS = (
    ("ALLOW_USER_AUTH", "Choice-based sign-in"),
    ("ALLOW_USER_PASSWORD_AUTH", "User name and password"),
    ("ALLOW_USER_SRP_AUTH", "Secure remote password"),
    ("ALLOW_ADMIN_USER_PASSWORD_AUTH", "Server-side admin credentials"),
    ("ALLOW_CUSTOM_AUTH", "Lambda triggers"),
    ("ALLOW_REFRESH_TOKEN_AUTH", "Refresh tokens"),
)
_ALONE = "Client credentials cannot be combined with the other two."


class PresetBar(QWidget):
    """Three ways to begin a new client.

    Signals:
        chosen: str, the preset's key.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.buttons: dict[str, Button] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.px(3), 0, 0)
        column.setSpacing(theme.px(2))
        for preset in PRESETS:
            button = Button(theme, preset.words, size="small")
            button.setAccessibleDescription(preset.sentence)
            button.clicked.connect(lambda *_, key=preset.key: self.chosen.emit(key))
            self.buttons[preset.key] = button
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            column.addWidget(WrapLabel(theme, preset.sentence, Role.HELP, "text2"))
            column.addSpacing(theme.px(metrics.HALF))


class SignInPage:
    """The rows of the page, and what keeps them in step with the draft."""

    def __init__(self, theme: Theme, core: Core, form: Form) -> None:
        self._core = core
        self._form = form
        self.presets = PresetBar(theme)
        self.secrets = ClientSecretsRow(theme)
        self._begin = form.add_row("Begin with", self.presets)
        self._add_names(theme)
        self._add_addresses(theme)
        self._add_oauth(theme)

    def show(self, draft: Request, pool: UserPool, saved: UserPoolClient | None) -> None:
        """Offer what the draft and the pool allow."""
        form, new = self._form, saved is None
        self._begin.setVisible(new)
        form.row("ClientId").setVisible(new)
        form.row("ClientSecret").setVisible(new)
        self._secrets_row.setVisible(not new)
        self.secrets.show_secrets(() if saved is None else saved.client_secrets)
        self._default.set_choices([str(url) for url in draft.get("CallbackURLs") or ()])
        flows = draft.get("AllowedOAuthFlows") or ()
        self._offer(self.flows, _flow_choices(flows))
        self._offer(self.scopes, self._scope_choices(pool, flows))
        self._offer(self.auth_flows, _auth_flow_choices(draft))
        names = ("COGNITO", *sorted(pool.provider_names))
        self._offer(self.providers, [(name, _provider(name), "") for name in names])

    def reveal_secrets(self) -> None:
        """Bring the secrets of a client that is made to the eye, and the first to the keyboard."""
        self._form.ensureWidgetVisible(self._secrets_row)
        self.secrets.focus_first()

    def _add_names(self, theme: Theme) -> None:
        form = self._form
        form.add(
            "ClientName",
            "App client name",
            text_input(theme, "App client name", keep_empty=True),
            "For people; no token carries it.",
        )
        form.add(
            "ClientId",
            "Client ID",
            text_input(theme, "Client ID", mono=True, placeholder="Made up if left empty"),
            "What an app sends as client_id. It cannot be changed later.",
        )
        form.add(
            "ClientSecret",
            "Client secret",
            value_input(SecretChoice(theme)),
            "Sent with every token request (TK-5). A public client has none (TK-6).",
        )
        self._secrets_row = form.add_row(
            "Client secret",
            self.secrets,
            "Sent with every token request; of two, either works (TK-5). Changes count at once.",
        )
        self._secrets_row.setToolTip("AddUserPoolClientSecret, DeleteUserPoolClientSecret")

    def _add_addresses(self, theme: Theme) -> None:
        form = self._form
        callbacks = ClientUrls(
            theme,
            "Allowed callback URLs",
            hint="Compared character by character with redirect_uri (AZ-4).",
            placeholder="https://app.example.com/callback",
        )
        form.add(
            "CallbackURLs",
            "Allowed callback URLs",
            valued_input(callbacks),
            speaks=lambda: callbacks.speaks,
        )
        logouts = ClientUrls(
            theme,
            "Allowed sign-out URLs",
            hint="Where logout_uri may send the browser (LO-1).",
            placeholder="https://app.example.com/",
        )
        form.add(
            "LogoutURLs",
            "Allowed sign-out URLs",
            valued_input(logouts),
            speaks=lambda: logouts.speaks,
        )
        self.callbacks, self.logouts = callbacks, logouts
        self._default = OneOf(theme, "Default redirect URI", "None")
        form.add(
            "DefaultRedirectURI",
            "Default redirect URI",
            value_input(self._default),
            "One of the callback URLs. A request without redirect_uri is refused all the same "
            "(AZ-3).",
        )

    def _add_oauth(self, theme: Theme) -> None:
        form = self._form
        form.add(
            "AllowedOAuthFlowsUserPoolClient",
            "OAuth endpoints",
            switch_input(theme, "OAuth endpoints"),
            "Off: every authorize and token request is refused (AZ-7).",
        )
        self.flows = CheckList(theme, "Allowed OAuth flows", _flow_choices(()))
        form.add(
            "AllowedOAuthFlows",
            "Allowed OAuth flows",
            ticked_input(self.flows, self.flows),
            f"{_ALONE} Any other response_type is refused (AZ-7).",
        )
        self.scopes = CheckList(theme, "Allowed OAuth scopes")
        form.add(
            "AllowedOAuthScopes",
            "Allowed OAuth scopes",
            ticked_input(self.scopes, self.scopes),
            "A request for any other scope is refused whole (AZ-10).",
        )
        self.providers = CheckList(theme, "Identity providers")
        form.add(
            "SupportedIdentityProviders",
            "Identity providers",
            ticked_input(self.providers, self.providers),
            "Who may sign users in here (AZ-12). Only the user pool does so far.",
        )
        self.auth_flows = CheckList(theme, "Authentication flows", _auth_flow_choices({}))
        form.add(
            "ExplicitAuthFlows",
            "Authentication flows",
            ticked_input(self.auth_flows, self.auth_flows),
            "For InitiateAuth and the SDKs; the sign-in pages do not need them. None ticked: the "
            "service's default.",
        )

    def _scope_choices(self, pool: UserPool, flows: Iterable[str]) -> list[Choice]:
        machine = "client_credentials" in flows
        why = "A machine gets scopes of resource servers only (TM-2)." if machine else ""
        known = [(name, name, why) for name in _STANDARD if name in STANDARD_SCOPES]
        return known + [(name, name, "") for name in custom_scopes(self._core, pool.id)]

    def _offer(self, ticks: CheckList, choices: list[Choice]) -> None:
        offer(ticks, choices)
        first = next((box for box in ticks.boxes.values() if box.isEnabled()), None)
        if first is not None:
            ticks.setFocusProxy(first)


def _flow_choices(ticked: Iterable[str]) -> list[Choice]:
    chosen = set(ticked)
    machine, user = "client_credentials" in chosen, bool(chosen - {"client_credentials"})
    return [
        (key, text, _ALONE if (user if key == "client_credentials" else machine) else "")
        for key, text in _FLOWS
    ]


def _auth_flow_choices(draft: Request) -> list[Choice]:
    rotating = (draft.get("RefreshTokenRotation") or {}).get("Feature") == "ENABLED"
    why = {"ALLOW_REFRESH_TOKEN_AUTH": "Not together with refresh token rotation."}
    known = [(key, text, why.get(key, "") if rotating else "") for key, text in _AUTH_FLOWS]
    names = {key for key, _ in _AUTH_FLOWS}
    old: list[Any] = [name for name in draft.get("ExplicitAuthFlows") or () if name not in names]
    return known + [(name, name, "") for name in old]


def _provider(name: str) -> str:
    return "Cognito user pool" if name == "COGNITO" else name
