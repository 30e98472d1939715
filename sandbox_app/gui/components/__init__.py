"""The parts every place is built from; each takes the `Theme` as its first argument.

Controls (all keyboard-operable; `parent=None` is the last keyword of each)::

    Button(theme, text, *, variant="default", size="normal", icon=None, trailing=None)   clicked
    IconButton(theme, icon, name, *, side=24, icon_size=16, token="text2")               clicked
    CopyButton(theme, what, text="")                                                     copied(str)
    Field(theme, name, text="", *, placeholder="", mono=False, icon=None)   textEdited(str)
    Combo(theme, name, [(key, text)], *, mono=False)                        chosen(str)
    CheckBox(theme, text, checked=False), RadioButton(same)                 toggled(bool)
    Switch(theme, name, checked=False, *, says=True)                        toggled(bool)
    MenuButton(theme, name, text="", [(key, words)], *, size="small", icon=None)  chosen(str)
    NumberField(theme, name, value=None, *, minimum=None, maximum=None, placeholder="")  edited()
    DurationField(theme, name, *, units=UNITS, placeholder="")              edited()
    UrlList(theme, name, *, verdict, add_text="Add URL", placeholder="", hint="")  edited()
    CheckList(theme, name, [(key, text, disabled reason)])                  edited()
    SecretField(theme, what, secret="", *, can_regenerate=True, can_remove=True, none="None")
        regenerate_wanted(), remove_wanted(), copied(str)
    Tabs(theme, name, [(key, text)]) in a TabRow(theme, tabs, *, inset=24)  chosen(str)
    Segments(theme, name, [(key, text) or (key, text, icon)], *, small=False)   chosen(str)
    Chip(theme, text, kind="accent", *, icon=None, mono=False, clickable=False, tooltip="") clicked
    Pill(theme, *, over=None)                                               clicked
    Rail(theme).add(key, icon, word) -> RailItem                            chosen(str)

Texts, never mark-up::

    Label(theme, text="", role=Role.BODY, token="text", *, selectable=False)
    WrapLabel(same)                  ElidedLabel(theme, text, role, token, *, middle=False)
    IconLabel(theme, icon, token="text2", size=16, *, name="")
    CopyValue(theme, what, value, *, token="text", stretch=False)           copied(str)
    CodeEdit(theme, name, *, lines=6)                                       textChanged()
    CodeView(theme, name, *, syntax="plain", wrap=False).set_text(text, live_values=())

Arrangements and small things::

    FormRow(theme, label, control, help_text="")                            remedy_chosen()
    FormArea() scrolls FormRows, labels beside or above; tell it its `rows`
    Banner(theme, kind, title, text="", *, full_width=False)
    EmptyState(theme, icon, title, sentence)
    ErrorBar(theme).show_message(sentence, *, severity="bad", detail="", action=None)  dismissed()
    HoverCard(theme, window).set_facts(title, rows, *, verdict="", outcome="passed", icon="tokens")
    Badge(theme, name, count=0), KeyHint(theme, keys), Hairline(theme, *, vertical=False)

`FocusRing(theme, application, window)` draws the keyboard ring for a whole window; the module
`painting` holds what delegates and scenes draw with.
"""

from sandbox_app.gui.components.banner import Banner, BannerKind
from sandbox_app.gui.components.buttons import Button, IconButton, Size, Variant
from sandbox_app.gui.components.chips import Badge, Chip, KeyHint, Pill
from sandbox_app.gui.components.code_edit import CodeEdit
from sandbox_app.gui.components.code_view import CodeView
from sandbox_app.gui.components.combo import Combo
from sandbox_app.gui.components.copy_value import CopyButton, CopyValue
from sandbox_app.gui.components.duration_field import DurationField
from sandbox_app.gui.components.empty_state import EmptyState
from sandbox_app.gui.components.error_bar import ErrorBar, Severity
from sandbox_app.gui.components.fields import Field
from sandbox_app.gui.components.focus_ring import FocusRing, Ringed, RingOverlay
from sandbox_app.gui.components.form_area import FormArea
from sandbox_app.gui.components.form_row import FormRow
from sandbox_app.gui.components.hover_card import HoverCard
from sandbox_app.gui.components.json_highlighter import JsonHighlighter
from sandbox_app.gui.components.labels import ElidedLabel, IconLabel, Label, WrapLabel
from sandbox_app.gui.components.lines import Hairline
from sandbox_app.gui.components.menu_button import MenuButton
from sandbox_app.gui.components.motion import Glide
from sandbox_app.gui.components.number_field import NumberField
from sandbox_app.gui.components.plain_text import one_line, plain_tooltip, without_mnemonic
from sandbox_app.gui.components.rail import Rail, RailItem
from sandbox_app.gui.components.secret_field import SecretField
from sandbox_app.gui.components.segments import Segments
from sandbox_app.gui.components.tabs import TabRow, Tabs
from sandbox_app.gui.components.toggles import CheckBox, RadioButton, Switch
from sandbox_app.gui.components.token_list import CheckList
from sandbox_app.gui.components.url_entry import Verdict
from sandbox_app.gui.components.url_list import UrlList
from sandbox_app.gui.components.verdict_line import VerdictLine

__all__ = [
    "Badge",
    "Banner",
    "BannerKind",
    "Button",
    "CheckBox",
    "CheckList",
    "Chip",
    "CodeEdit",
    "CodeView",
    "Combo",
    "CopyButton",
    "CopyValue",
    "DurationField",
    "ElidedLabel",
    "EmptyState",
    "ErrorBar",
    "Field",
    "FocusRing",
    "FormArea",
    "FormRow",
    "Glide",
    "Hairline",
    "HoverCard",
    "IconButton",
    "IconLabel",
    "JsonHighlighter",
    "KeyHint",
    "Label",
    "MenuButton",
    "NumberField",
    "Pill",
    "RadioButton",
    "Rail",
    "RailItem",
    "RingOverlay",
    "Ringed",
    "SecretField",
    "Segments",
    "Severity",
    "Size",
    "Switch",
    "TabRow",
    "Tabs",
    "UrlList",
    "Variant",
    "Verdict",
    "VerdictLine",
    "WrapLabel",
    "one_line",
    "plain_tooltip",
    "without_mnemonic",
]
