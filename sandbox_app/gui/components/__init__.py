"""The parts every place is built from; each takes the `Theme` as its first argument.

Controls: Button, IconButton, CopyButton, Field, Combo, CheckBox, RadioButton, Switch, Tabs (in a
TabRow), Segments, Chip, Pill, Rail with RailItem. Texts: Label, WrapLabel, ElidedLabel, CopyValue,
CodeView. Arrangements: FormRow, Banner, EmptyState, ErrorBar, HoverCard. Small things: Badge,
KeyHint, Hairline, IconLabel. `FocusRing` draws the keyboard ring for a whole window; `painting`
holds what delegates and scenes draw with.
"""

from sandbox_app.gui.components.banner import Banner, BannerKind
from sandbox_app.gui.components.buttons import Button, IconButton, Size, Variant
from sandbox_app.gui.components.chips import Badge, Chip, KeyHint, Pill
from sandbox_app.gui.components.code_view import CodeView
from sandbox_app.gui.components.combo import Combo
from sandbox_app.gui.components.copy_value import CopyButton, CopyValue
from sandbox_app.gui.components.empty_state import EmptyState
from sandbox_app.gui.components.error_bar import ErrorBar, Severity
from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.components.focus_ring import FocusRing, Ringed, RingOverlay
from sandbox_app.gui.components.form_row import FormRow
from sandbox_app.gui.components.hover_card import HoverCard
from sandbox_app.gui.components.json_highlighter import JsonHighlighter
from sandbox_app.gui.components.labels import ElidedLabel, IconLabel, Label, WrapLabel
from sandbox_app.gui.components.lines import Hairline
from sandbox_app.gui.components.motion import Glide
from sandbox_app.gui.components.plain_text import one_line, plain_tooltip, without_mnemonic
from sandbox_app.gui.components.rail import Rail, RailItem
from sandbox_app.gui.components.segments import Segments
from sandbox_app.gui.components.tabs import TabRow, Tabs
from sandbox_app.gui.components.toggles import CheckBox, RadioButton, Switch

__all__ = [
    "Badge",
    "Banner",
    "BannerKind",
    "Button",
    "CheckBox",
    "Chip",
    "CodeView",
    "Combo",
    "CopyButton",
    "CopyValue",
    "ElidedLabel",
    "EmptyState",
    "ErrorBar",
    "Field",
    "FocusRing",
    "FormRow",
    "Glide",
    "Hairline",
    "HoverCard",
    "IconButton",
    "IconLabel",
    "JsonHighlighter",
    "KeyHint",
    "Label",
    "Pill",
    "RadioButton",
    "Rail",
    "RailItem",
    "RingOverlay",
    "Ringed",
    "Segments",
    "Severity",
    "Size",
    "Switch",
    "TabRow",
    "Tabs",
    "Variant",
    "WrapLabel",
    "one_line",
    "plain_tooltip",
    "without_mnemonic",
]
