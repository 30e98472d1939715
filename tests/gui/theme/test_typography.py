"""The shipped faces load, with tabular digits and without ligatures."""

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF

from sandbox_app.domain.resources import resource_path
from sandbox_app.gui.theme import Role, Typeface


@pytest.mark.parametrize("weight", [400, 500, 600])
@pytest.mark.parametrize(("mono", "family"), [(False, "Inter"), (True, "JetBrains Mono")])
def test_the_shipped_face_is_the_one_used(theme, weight, mono, family):
    info = QFontInfo(theme.font(Typeface(13, weight, mono=mono)))

    assert (info.family(), info.weight()) == (family, weight)


def test_digits_are_of_one_width(theme):
    metrics = QFontMetricsF(theme.font(Role.BODY))

    assert len({metrics.horizontalAdvance(digit * 10) for digit in "0123456789"}) == 1


def test_ligatures_do_not_hide_what_was_sent(theme):
    metrics = QFontMetricsF(theme.font(Role.MONO))
    font = theme.font(Role.MONO)

    assert {font.featureValue(tag) for tag in font.featureTags()} == {0}
    assert metrics.horizontalAdvance("!=") == 2 * metrics.horizontalAdvance("!")


def test_hinting_stops_where_it_bends_letters(theme):
    assert (
        theme.font(Role.TITLE).hintingPreference() == QFont.HintingPreference.PreferVerticalHinting
    )
    assert theme.font(Role.HEADLINE).hintingPreference() == QFont.HintingPreference.PreferNoHinting


def test_sizes_follow_the_users_scale(theme):
    theme.set_scale(1.5)

    assert theme.font(Role.TITLE).pixelSize() == 24
    assert theme.px(32) == 48


@pytest.mark.parametrize("family", ["Inter", "JetBrainsMono"])
def test_the_licence_lies_beside_the_face(family):
    licence = resource_path(f"fonts/OFL-{family}.txt").read_text(encoding="utf-8")

    assert licence.startswith("Copyright")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_faces_stay_small():
    assert sum(path.stat().st_size for path in resource_path("fonts").iterdir()) < 1_500_000
