"""The one table of colours: every name a widget may paint with, in light and in dark."""

from dataclasses import dataclass, replace
from typing import Literal

Token = Literal[
    "chrome",
    "surface",
    "sunken",
    "raised",
    "hover",
    "line",
    "line2",
    "control",
    "text",
    "text2",
    "text3",
    "disabled",
    "accent",
    "accent_hover",
    "accent_text",
    "accent_soft",
    "accent_line",
    "on_accent",
    "ok",
    "ok_soft",
    "ok_line",
    "warn",
    "warn_soft",
    "warn_line",
    "bad",
    "bad_soft",
    "bad_line",
    "bad_mark",
    "mark_blue",
    "mark_teal",
    "mark_purple",
    "mark_pink",
    "shadow",
]


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours as `#RRGGBB`; `shadow` alone is painted translucent.

    Attributes:
        chrome: top bar, rail, status bar.
        surface: places, fields.
        sunken: trees, code, previews.
        raised: buttons, menus, hover cards.
        hover: hovered row, segment track.
        line: hairline between panes; `line2` of a button, a chip, a lifeline.
        control: border of fields, check boxes and switches.
        text: values and titles; `text2` labels, help, icons; `text3` times and counts.
        accent: filled primary button, checked box, switch; `on_accent` is written on it.
        accent_text: links, the current place, focus rings.
        accent_soft: selection and chip ground; `accent_line` is the chip's border.
        ok, warn, bad: outcomes, each with a soft ground and a border.
        bad_mark: lies under a character that differs; `text` is written on it.
        mark_blue, mark_teal, mark_purple, mark_pink: what people mark rows with, each in a shape.
    """

    chrome: str
    surface: str
    sunken: str
    raised: str
    hover: str
    line: str
    line2: str
    control: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    accent_hover: str
    accent_text: str
    accent_soft: str
    accent_line: str
    on_accent: str
    ok: str
    ok_soft: str
    ok_line: str
    warn: str
    warn_soft: str
    warn_line: str
    bad: str
    bad_soft: str
    bad_line: str
    bad_mark: str
    mark_blue: str
    mark_teal: str
    mark_purple: str
    mark_pink: str
    shadow: str


LIGHT = Tokens(
    chrome="#F3F4F7",
    surface="#FFFFFF",
    sunken="#F8F9FB",
    raised="#FFFFFF",
    hover="#EEF0F4",
    line="#E3E6EC",
    line2="#D3D8E0",
    control="#7E8897",
    text="#191D26",
    text2="#4C5565",
    text3="#636C7B",
    disabled="#8F97A5",
    accent="#4150C8",
    accent_hover="#3541A8",
    accent_text="#3745B8",
    accent_soft="#ECEEFC",
    accent_line="#B9C1F3",
    on_accent="#FFFFFF",
    ok="#1B7A4B",
    ok_soft="#E4F4EB",
    ok_line="#B5DFC8",
    warn="#8A5800",
    warn_soft="#FDF2DA",
    warn_line="#EFD79B",
    bad="#BE2A2A",
    bad_soft="#FDEEED",
    bad_line="#F3C5C2",
    bad_mark="#F9C9C6",
    mark_blue="#1668B8",
    mark_teal="#0B7480",
    mark_purple="#7D3CC0",
    mark_pink="#B22C82",
    shadow="#191D26",
)

DARK = Tokens(
    chrome="#14161B",
    surface="#1B1E25",
    sunken="#171A20",
    raised="#242831",
    hover="#262B34",
    line="#2B303A",
    line2="#3A414E",
    control="#7C8696",
    text="#E9ECF1",
    text2="#B0B8C5",
    text3="#929CAB",
    disabled="#6A7383",
    accent="#5A69DE",
    accent_hover="#4D5CCF",
    accent_text="#A7B2FF",
    accent_soft="#282E4D",
    accent_line="#4A559B",
    on_accent="#FFFFFF",
    ok="#62CB92",
    ok_soft="#1A3127",
    ok_line="#2C5A43",
    warn="#E7B450",
    warn_soft="#352B17",
    warn_line="#64502A",
    bad="#FF8A83",
    bad_soft="#322226",
    bad_line="#6B3A3D",
    bad_mark="#7A3537",
    mark_blue="#6FB5F5",
    mark_teal="#4FC6CE",
    mark_purple="#C79BF5",
    mark_pink="#F58FC4",
    shadow="#000000",
)

HIGH_LIGHT = replace(
    LIGHT,
    chrome="#FFFFFF",
    sunken="#FFFFFF",
    hover="#E6E6E6",
    line="#707070",
    line2="#595959",
    control="#333333",
    text="#000000",
    text2="#000000",
    text3="#242424",
    disabled="#5C5C5C",
    accent="#1E2A8A",
    accent_hover="#0F1860",
    accent_text="#101C7A",
    accent_soft="#DCE1FF",
    accent_line="#101C7A",
    ok="#004D26",
    ok_line="#004D26",
    warn="#4F3200",
    warn_line="#4F3200",
    bad="#8A0000",
    bad_line="#8A0000",
    mark_blue="#0B3F78",
    mark_teal="#044A52",
    mark_purple="#4E1A85",
    mark_pink="#740F50",
)
"""For rooms with a weak projector or sharp light: everything written at 7:1 and more."""

HIGH_DARK = replace(
    DARK,
    chrome="#000000",
    surface="#000000",
    sunken="#000000",
    raised="#101010",
    hover="#2A2A2A",
    line="#6A6A6A",
    line2="#6A6A6A",
    control="#D0D0D0",
    text="#FFFFFF",
    text2="#FFFFFF",
    text3="#E0E0E0",
    disabled="#A6A6A6",
    accent="#B9C3FF",
    accent_hover="#DCE1FF",
    accent_text="#C9D1FF",
    accent_soft="#232B63",
    accent_line="#C9D1FF",
    on_accent="#000000",
    ok="#7BF0AE",
    ok_line="#7BF0AE",
    warn="#FFD27A",
    warn_line="#FFD27A",
    bad="#FFB3AE",
    bad_line="#FFB3AE",
    mark_blue="#A6D3FF",
    mark_teal="#86E6EC",
    mark_purple="#E0C4FF",
    mark_pink="#FFBDE0",
)
