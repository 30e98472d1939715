"""Importing a template in the window: previewed, warned of, done as one edit, taken back."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit

from sandbox_app.gui.templates import ImportPanel
from sandbox_app.workbench import edits

TEMPLATE = """\
Parameters:
  Stage:
    Type: String
    AllowedValues: [dev, prod]
    Default: dev
    Description: Which environment this is
  Callback:
    Type: String
    Default: https://app.example.com/callback
  Secret:
    Type: String
    NoEcho: true
    Default: s3crets3crets3crets3crets3cret
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Shop}}
    Properties: {UserPoolName: !Sub "shop-${Stage}"}
  Web:
    Type: AWS::Cognito::UserPoolClient
    Metadata: {Sandbox: {ClientId: webwebweb, ClientSecret: !Ref Secret}}
    Properties:
      UserPoolId: !Ref Pool
      ClientName: web
      CallbackURLs: [!Ref Callback]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "shop.yaml"
    path.write_text(TEMPLATE)
    return path


@pytest.fixture
def panel(qtbot, theme, core, spawn) -> ImportPanel:
    made = ImportPanel(theme, core, spawn)
    qtbot.addWidget(made)
    made.resize(1200, 724)
    made.show()
    return made


def rows(panel) -> list[dict[str, str]]:
    model = panel.table.model()
    return [dict(model.record(row).cells) for row in range(model.rowCount())]


def shop(core):
    return core.store.pools.get("us-east-1_Shop")


def test_it_begins_by_asking_for_a_file(panel) -> None:
    assert panel.nothing.isVisible()
    assert not panel.run.isVisible()


def test_what_will_change_is_shown_and_nothing_is_changed(core, panel, file) -> None:
    panel.show_file(file)

    assert [(row["logical"], row["outcome"]) for row in rows(panel)] == [
        ("Pool", "Made"),
        ("Web", "Made"),
    ]
    assert panel.summary.text() == "2 to be made"
    assert shop(core) is None
    assert edits.undoable(core) == ""


def test_the_fields_of_a_resource_are_shown_without_secrets(panel, file) -> None:
    panel.show_file(file)
    panel.table.select("Web")

    assert "CallbackURLs" in panel.details.text
    assert "https://app.example.com/callback" in panel.details.text
    assert "s3cret" not in panel.details.text


def test_what_is_passed_over_is_a_warning(panel, file) -> None:
    panel.show_file(file)

    assert panel.tabs.label(1) == "Warnings (1)"
    assert f"{file}:15" in panel.warnings.text
    assert "Topic" in panel.warnings.text


def test_the_import_is_one_edit(core, panel, file) -> None:
    said = []
    panel.imported.connect(lambda sentence, made: said.append((sentence, made)))
    panel.show_file(file)

    panel.run.click()

    assert said == [("Imported shop.yaml: 2 made.", shop(core).id)]
    assert shop(core).name == "shop-dev"
    assert edits.undo(core) == "Import shop.yaml"
    assert shop(core) is None
    assert core.store.clients.get("webwebweb") is None
    edits.redo(core)
    assert core.store.clients.get("webwebweb").callback_urls == (
        "https://app.example.com/callback",
    )


def test_a_second_import_shows_what_differs(core, panel, file) -> None:
    panel.show_file(file)
    panel.run.click()
    file.write_text(TEMPLATE.replace("app.example.com", "new.example.com"))

    panel.show_file(file)

    assert {row["logical"]: row["outcome"] for row in rows(panel)} == {
        "Web": "Changed",
        "Pool": "As it is",
    }
    assert "https://app.example.com/callback" in panel.details.text
    assert "https://new.example.com/callback" in panel.details.text


def test_parameters_are_asked_for_and_change_the_preview(qtbot, core, panel, file) -> None:
    panel.show_file(file)
    stage = panel.parameters.control("Stage")
    stage.set_current("prod")
    stage.chosen.emit("prod")

    qtbot.waitUntil(lambda: "shop-prod" in panel.details.text)
    panel.run.click()

    assert shop(core).name == "shop-prod"


def test_a_secret_parameter_is_not_shown_while_it_is_typed(panel, file) -> None:
    panel.show_file(file)

    assert panel.parameters.control("Secret").echoMode() is QLineEdit.EchoMode.Password


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Resources: [", "shop.yaml:1"),
        (TEMPLATE.replace("UserPoolName", "UserPoolNam"), "UserPoolNam"),
        (TEMPLATE.replace("https://app", "http://app"), "must be https"),
        (TEMPLATE.replace("!Ref Pool", "!Ref Pol"), "Pol"),
    ],
)
def test_what_cannot_be_imported_says_where_and_why(core, panel, file, text, said) -> None:
    file.write_text(text)

    panel.show_file(file)

    assert said in panel.message.text
    assert "shop.yaml:" in panel.message.text
    assert not panel.run.isEnabled()
    assert rows(panel) == []
    assert shop(core) is None


def test_a_file_that_is_not_there_is_said_to_be_so(panel, tmp_path) -> None:
    panel.show_file(tmp_path / "gone.yaml")

    assert panel.message.text == "gone.yaml cannot be read: No such file or directory."


def test_a_file_that_breaks_between_preview_and_import_changes_nothing(core, panel, file) -> None:
    panel.show_file(file)
    file.write_text("Resources: [")

    panel.run.click()

    assert "shop.yaml:1" in panel.message.text
    assert shop(core) is None


def test_a_dropped_file_is_previewed(panel, file) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    panel.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )

    assert len(rows(panel)) == 2


def test_escape_closes(qtbot, panel) -> None:
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_a_file_is_watched_once_it_is_imported(panel, file) -> None:
    wanted = []
    panel.watch_wanted.connect(lambda path, given: wanted.append((path, given)))
    panel.show_file(file)
    panel.watch.click()
    stage = panel.parameters.control("Stage")
    stage.set_current("prod")
    assert wanted == []

    panel.run.click()

    assert wanted == [(file, {"Stage": "prod"})]


def test_another_file_may_be_chosen_while_the_first_is_read(qtbot, theme, core, file) -> None:
    """Whichever is read first, the file chosen last is shown, and nothing else can be imported."""
    waiting = []
    panel = ImportPanel(theme, core, waiting.append)
    qtbot.addWidget(panel)
    other = file.with_name("other.yaml")
    other.write_text("Resources: {Other: {Type: AWS::Cognito::UserPool}}")

    panel.show_file(file)
    panel.show_file(other)
    assert not panel.run.isEnabled()
    for read in reversed(waiting):
        asyncio.run(read)

    assert [row["logical"] for row in rows(panel)] == ["Other"]
    assert panel.parameters.values() == {}
    assert panel.run.isEnabled()


def test_a_file_is_read_where_it_holds_up_nobody(qtbot, theme, core, spawn, file) -> None:
    read = []

    async def aside(work):
        read.append(work)
        return work()

    panel = ImportPanel(theme, replace(core, aside=aside), spawn)
    qtbot.addWidget(panel)
    panel.show_file(file)

    assert len(read) == 2
    assert panel.run.isEnabled()
