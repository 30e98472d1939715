"""A pool as a template in the window: what is in it is what was asked for."""

import json

import pytest
from PySide6.QtGui import QGuiApplication

from sandbox_app.gui.templates import ExportPanel
from sandbox_app.gui.templates import export_panel as module
from tests.conftest import DEMO_POOL


@pytest.fixture
def panel(qtbot, theme, core) -> ExportPanel:
    made = ExportPanel(theme, core)
    qtbot.addWidget(made)
    made.resize(1200, 724)
    made.show_pool(DEMO_POOL)
    made.show()
    return made


def secret_of(core) -> str:
    client = next(one for one in core.store.clients.of_pool(DEMO_POOL) if one.confidential)
    return client.client_secrets[0].client_secret_value


def test_it_shows_the_template(panel) -> None:
    assert "Type: AWS::Cognito::UserPool" in panel.text
    assert DEMO_POOL in panel.text


def test_secrets_and_users_are_left_out_when_they_are_switched_off(core, panel) -> None:
    assert secret_of(core) in panel.text
    assert "alice" in panel.text

    panel.secrets.click()
    panel.users.click()

    assert secret_of(core) not in panel.text
    assert "alice" not in panel.text
    assert "keep it as you keep secrets" not in panel._note.text()


def test_json_is_json(panel) -> None:
    panel.format.set_current("json")
    panel.format.chosen.emit("json")

    assert "Resources" in json.loads(panel.text)


def test_it_is_copied_as_it_is_shown(panel) -> None:
    panel.copy.click()

    assert QGuiApplication.clipboard().text() == panel.text


def test_it_is_written_as_it_is_shown(panel, tmp_path) -> None:
    wanted = []
    panel.write_wanted.connect(lambda path, text: wanted.append((path, text)))

    panel.save_to(tmp_path / "demo.yaml")

    assert wanted == [(tmp_path / "demo.yaml", panel.text)]


def test_a_pool_of_very_many_users_is_exported_without_them(panel, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_USERS", 2)

    panel.show_pool(DEMO_POOL)

    assert "alice" not in panel.text
    assert not panel.users.isEnabled()
    assert "export them as CSV" in panel._note.text()
