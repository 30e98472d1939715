"""What a table of records shows: its columns and, per row, a key and texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Mark = Literal["", "refused", "warning"]
Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        key: names it in records and in what is remembered.
        title: in the header; plain text.
        width: unscaled px; of a column that grows, the least.
        mono: for protocol data.
        shown: whether it shows until the person says otherwise.
        middle_elide: for ids and addresses, whose ends tell them apart.
        grows: takes its share of the room that is left.
        strong: set in 600, for what names the record.
        sortable: whether a click on its title sorts.
    """

    key: str
    title: str
    width: int
    mono: bool = False
    shown: bool = True
    middle_elide: bool = False
    align: Align = "left"
    grows: bool = False
    strong: bool = False
    sortable: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One row.

    Attributes:
        key: unlike any other in the table, and the same for the record's whole life.
        cells: text by column key; a missing one is empty.
        sort: what to sort by instead of the text, by column key; numbers, texts, instants.
        mark: an icon at the end of the first column.
        muted: written in a quieter colour, for what is disabled.
    """

    key: str
    cells: Mapping[str, str]
    sort: Mapping[str, object] = field(default_factory=dict)
    mark: Mark = ""
    muted: bool = False
