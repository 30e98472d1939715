"""Distances on the 8-px grid, in unscaled px: pass them through `Theme.px` before use."""

from typing import Final

GRID: Final = 8
HALF: Final = 4

PANE_LEFT: Final = 24
PANE_RIGHT: Final = 16
LIST_OUTSIDE: Final = 8
LIST_INSIDE: Final = 12

LABEL_COLUMN: Final = 152
LABEL_GAP: Final = 16
FORM_ROW_GAP: Final = 16
HELP_GAP: Final = 4

TOP_BAR: Final = 48
RAIL: Final = 80
STATUS_BAR: Final = 28
TOOLBAR: Final = 48
PANE_HEADER: Final = 64
TAB_ROW: Final = 37

BUTTON: Final = 32
BUTTON_SMALL: Final = 24
BUTTON_BIG: Final = 48
FIELD: Final = 30
TABS: Final = 34
TAB_GAP: Final = 24
SEGMENTS: Final = 30
SEGMENTS_SMALL: Final = 22
SWITCH_WIDTH: Final = 34
SWITCH_HEIGHT: Final = 20
CHIP: Final = 22
CHIP_SMALL: Final = 18
BANNER: Final = 56
BANNER_FULL_WIDTH: Final = 48
PILL: Final = 28
BADGE: Final = 16
KEY_HINT: Final = 20
RAIL_ITEM: Final = 60
RAIL_GROUND_WIDTH: Final = 64
RAIL_GROUND_HEIGHT: Final = 52

CHECK_ROW: Final = 30
REQUEST_ROW: Final = 28
LOGIN_ROW: Final = 52
LIST_ROW: Final = 44
LIST_ROW_TALL: Final = 56
CLAIM_ROW: Final = 28
RECORD_ROW: Final = 36
TABLE_HEADER: Final = 32

RADIUS_CHECK: Final = 4
RADIUS_CHIP: Final = 5
RADIUS: Final = 6
RADIUS_BLOCK: Final = 8
SHADOW: Final = 8
"""Room that an elevated card needs around it."""

ICON_RAIL: Final = 20
ICON_ROW: Final = 18
ICON_BUTTON: Final = 16
ICON_INLINE: Final = 14
ICON_EMPTY: Final = 32

RING: Final = 2
RING_GAP: Final = 2

FOLD_BELOW: Final = 1200
NARROW_LEFT_PANE: Final = 304

FAST_MS: Final = 120
ARROW_MS: Final = 160
NEW_ROW_MS: Final = 1200
