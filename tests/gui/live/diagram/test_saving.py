"""A diagram kept as SVG, PNG or Mermaid: what is in it, what is not, and where it goes."""

import asyncio
import json
from pathlib import Path
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from sandbox_app.domain.ports import at_once
from sandbox_app.domain.records.traffic import Message
from sandbox_app.gui.components.confirmation import Confirmation
from sandbox_app.gui.live.diagram.picture import Form, written
from sandbox_app.gui.live.diagram.saving import DiagramSaving
from sandbox_app.gui.theme import Typeface
from sandbox_app.workbench.live.sequence import Sequence
from tests.gui.live.samples import NOW, Log, a_detail, a_jwt, a_sign_in, an_exchange

SECRETS = {
    "code": "c0de-4711-c0de-4711",
    "state": "st4te-of-the-app",
    "code_verifier": "verif1er-verif1er-verif1er-verif1er-verif1er",
    "code_challenge": "chall3nge-chall3nge-chall3nge",
    "client_secret": "(masked)",
}
TOKEN = a_jwt({"token_use": "access", "sub": "8c2f51d0"})
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sequence() -> Sequence:
    """A login with a value of every kind in it."""
    drawn = Sequence()
    asked = an_exchange()
    query = urlencode({**SECRETS, "redirect_uri": "http://app/cb"})
    drawn.add(asked, a_detail(asked, target=f"/oauth2/authorize?{query}"))
    sent = an_exchange(path="/login", step="login", method="POST", started_at=NOW + 9)
    back = f"http://app/cb?code={SECRETS['code']}&state={SECRETS['state']}"
    drawn.add(
        sent,
        a_detail(
            sent,
            target=f"/login?{query}",
            response=Message(
                headers=(("Location", back), ("Set-Cookie", "cognito=s3ss10n; Path=/"))
            ),
        ),
    )
    token = an_exchange(path="/oauth2/token", step="token", method="POST", status=200)
    drawn.add(
        token,
        a_detail(
            token,
            request=Message(
                headers=(("Content-Type", "application/x-www-form-urlencoded"),),
                body=urlencode({"grant_type": "authorization_code", **SECRETS}).encode(),
            ),
            response=Message(
                headers=(("Content-Type", "application/json"),),
                body=json.dumps({"id_token": TOKEN, "access_token": TOKEN}).encode(),
            ),
        ),
    )
    return drawn


def export(theme, sequence: Sequence, form: Form, *, masked: bool = True) -> str | bytes:
    return asyncio.run(written(theme, sequence, form, at_once, masked=masked))


def words_of(svg: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_an_svg_is_made_of_words_and_lines(theme, sequence) -> None:
    svg = export(theme, sequence, Form.SVG)

    words = words_of(svg)
    assert {"Browser", "App", "User pool", "/oauth2/token", "POST", "code"} <= set(words)
    assert f"{SVG}image" not in {element.tag for element in ElementTree.fromstring(svg).iter()}
    assert 'font-family="JetBrains Mono, monospace"' in svg


@pytest.mark.parametrize("form", [Form.SVG, Form.MERMAID])
def test_nothing_secret_is_in_it_unless_asked_for(theme, sequence, form) -> None:
    masked = str(export(theme, sequence, form))
    shown = str(export(theme, sequence, form, masked=False))

    for secret in (*SECRETS.values(), TOKEN, "s3ss10n"):
        if secret != "(masked)":
            assert secret[:9] not in masked
    for name in ("code", "state", "code_verifier"):
        assert SECRETS[name][:9] in shown
    assert TOKEN[:9] in shown
    assert "s3ss10n" not in shown


def test_a_png_is_twice_as_sharp_as_the_screen(theme, sequence) -> None:
    picture = QImage.fromData(export(theme, sequence, Form.PNG))

    rows = len(sequence.rows)
    assert picture.height() == 2 * (44 + 32 * rows + 16)
    assert picture.pixelColor(4, 4) == theme.color("surface")


def test_a_long_diagram_is_drawn_less_sharp_but_whole(theme) -> None:
    sequence, log = Sequence(), Log()
    for turn in range(60):
        for exchange in a_sign_in(log, "l1", NOW + turn * 60):
            sequence.add(exchange, log.detail(exchange.id))

    picture = QImage.fromData(export(theme, sequence, Form.PNG))

    assert picture.width() * picture.height() <= 40_000_000
    assert picture.height() <= 32_000
    words = words_of(str(export(theme, sequence, Form.SVG)))
    assert str(sequence.steps[-1].number) in words


def test_the_loop_turns_while_a_long_diagram_is_drawn(theme) -> None:
    sequence, log = Sequence(), Log()
    for turn in range(60):
        for exchange in a_sign_in(log, "l1", NOW + turn * 60):
            sequence.add(exchange, log.detail(exchange.id))
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def story() -> None:
        counting = asyncio.ensure_future(count())
        await written(theme, sequence, Form.SVG, at_once, masked=True)
        counting.cancel()

    asyncio.run(story())
    assert turns >= len(sequence.rows) // 24


@pytest.fixture
def saving(qtbot, theme, sequence, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    made = DiagramSaving(theme, window, asyncio.run, at_once, tmp_path)
    made.menu = QMenu(window)
    made.add_to(made.menu)
    made.offer(sequence, "login web/../ä")
    made.written = []
    made.write_wanted.connect(lambda path, data: made.written.append((path, data)))
    return made


def choose(saving: DiagramSaving, path: Path) -> QFileDialog:
    """What the person does in the dialog that is open."""
    dialog = saving._window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(path))
    dialog.close()
    return dialog


@pytest.mark.parametrize("form", list(Form))
def test_the_chosen_file_is_written(saving, tmp_path, form) -> None:
    saving.actions[form.value].trigger()
    dialog = choose(saving, tmp_path / f"mine.{form}")

    ((path, data),) = saving.written
    assert path == tmp_path / f"mine.{form}"
    assert data
    assert dialog.selectedFiles()[0].endswith(f"login-web-..-ä.{form}")


def test_a_file_that_is_there_is_replaced_only_after_a_question(saving, tmp_path) -> None:
    there = tmp_path / "mine.svg"
    there.write_text("something else")
    saving.actions["svg"].trigger()
    choose(saving, there)
    assert saving.written == []

    saving._window.findChild(Confirmation).confirm.click()
    assert [path for path, _ in saving.written] == [there]


def test_values_are_put_in_for_one_export_alone(saving, tmp_path) -> None:
    saving.actions["values"].setChecked(True)
    saving.actions["copy"].trigger()
    assert SECRETS["code"] in QApplication.clipboard().text()

    saving.actions["copy"].trigger()
    assert SECRETS["code"] not in QApplication.clipboard().text()
    assert "POST /oauth2/token [code, verifier, secret]" in QApplication.clipboard().text()


def test_without_a_login_nothing_is_offered(saving) -> None:
    saving.offer(Sequence(), "nothing")

    assert not any(action.isEnabled() for action in saving.actions.values())


def test_words_in_an_svg_keep_to_their_room_where_our_fonts_are_missing(theme, sequence) -> None:
    svg = str(export(theme, sequence, Form.SVG))

    texts = list(ElementTree.fromstring(svg).iter(f"{SVG}text"))
    assert len(texts) > 20
    for text in texts:
        face = Typeface(
            int(text.attrib["font-size"]),
            int(text.attrib["font-weight"]),
            mono=text.attrib["font-family"].startswith("JetBrains"),
        )
        ours = theme.text_width(face, text.text)
        assert ours - 1 <= float(text.attrib["textLength"]) <= ours
