"""The colour table is complete, and every text can be read on every ground it is used on."""

import re
from dataclasses import asdict, fields
from pathlib import Path
from typing import get_args

import pytest

import sandbox_app.gui
from sandbox_app.domain.records.marks import COLOURS
from sandbox_app.domain.resources import resource_path
from sandbox_app.gui.theme import DARK, LIGHT, Token, Tokens
from sandbox_app.gui.theme.tokens import HIGH_DARK, HIGH_LIGHT

GUI = Path(sandbox_app.gui.__file__).parent
COLOUR = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|GlobalColor\.(?!transparent)\w+""")

GROUNDS = ("chrome", "surface", "sunken", "raised")
TEXT_ON_GROUND = [
    *(("text", ground) for ground in (*GROUNDS, "hover", "accent_soft", "bad_mark")),
    *(("text", f"{outcome}_soft") for outcome in ("ok", "warn", "bad")),
    *(("text2", ground) for ground in (*GROUNDS, "hover", "accent_soft")),
    *(("text2", f"{outcome}_soft") for outcome in ("ok", "warn", "bad")),
    *(("text3", ground) for ground in (*GROUNDS, "hover")),
    *(("accent_text", ground) for ground in (*GROUNDS, "hover", "accent_soft")),
    *((outcome, ground) for outcome in ("ok", "warn", "bad") for ground in GROUNDS),
    *((outcome, f"{outcome}_soft") for outcome in ("ok", "warn", "bad")),
    *(
        (f"mark_{colour}", ground)
        for colour in COLOURS
        for ground in ("surface", "sunken", "raised", "hover", "accent_soft")
    ),
    *(("on_accent", ground) for ground in ("accent", "accent_hover")),
    ("surface", "text2"),
]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize(
    "tokens",
    [LIGHT, DARK, HIGH_LIGHT, HIGH_DARK],
    ids=["light", "dark", "high-light", "high-dark"],
)
def test_every_token_is_a_colour(tokens):
    for name, colour in asdict(tokens).items():
        assert re.fullmatch(r"#[0-9A-F]{6}", colour), name


def test_the_names_a_widget_may_ask_for_are_the_names_in_the_table():
    assert set(get_args(Token)) == {field.name for field in fields(Tokens)}


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("writing", "ground"), TEXT_ON_GROUND)
def test_text_stands_out_from_its_ground(tokens, writing, ground):
    ratio = contrast(getattr(tokens, writing), getattr(tokens, ground))

    assert ratio >= 4.5, f"{writing} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("tokens", [HIGH_LIGHT, HIGH_DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("writing", "ground"), TEXT_ON_GROUND)
def test_in_high_contrast_text_stands_out_further(tokens, writing, ground):
    ratio = contrast(getattr(tokens, writing), getattr(tokens, ground))

    assert ratio >= 7.0, f"{writing} on {ground}: {ratio:.2f}"


@pytest.mark.parametrize("tokens", [HIGH_LIGHT, HIGH_DARK], ids=["light", "dark"])
@pytest.mark.parametrize("line", ["line", "line2", "accent_line", "control"])
def test_in_high_contrast_lines_can_be_seen_too(tokens, line):
    assert contrast(getattr(tokens, line), tokens.surface) >= 3.0


def test_a_raised_segment_can_be_read_in_high_contrast():
    assert contrast(HIGH_DARK.text, HIGH_DARK.line2) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "sunken"])
def test_the_border_of_a_control_stands_out(tokens, ground):
    assert contrast(tokens.control, getattr(tokens, ground)) >= 3.0


def test_no_colour_is_written_down_outside_the_table():
    offenders = [
        f"{path.relative_to(GUI)}: {found[0]}"
        for path in sorted(GUI.rglob("*.py"))
        if path.name != "tokens.py"
        for found in COLOUR.finditer(path.read_text(encoding="utf-8"))
    ]
    sheets = [
        path.name
        for path in resource_path("style").glob("*.qss")
        if re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", path.read_text(encoding="utf-8"))
    ]

    assert offenders == []
    assert sheets == []
