"""Tables of records: pools, clients, users and whatever else has a key and a few texts.

::

    Column(key, title, width, mono=False, shown=True, middle_elide=False, align="left",
           grows=False, strong=False, sortable=True)
    Record(key, cells, sort={}, mark="", muted=False)
    ListRecordModel(columns=(), records=()).set_records(records)
    PagedRecordModel(provider, columns=(), *, page=200, pages=40).reload()
    RecordTable(theme, name, columns, model, *, multi=False, empty=None, drag_mime="", inset=8)
        chosen(str) selection_changed(Sequence[str]) opened(str) delete_wanted(list)
        menu_wanted(str, QPoint) search_typed(str) state_changed()
"""

from sandbox_app.gui.records.dragging import USERS_MIME, keys_of_mime, mime_of_keys
from sandbox_app.gui.records.list_model import ListRecordModel
from sandbox_app.gui.records.model import RecordModel, RowKeys
from sandbox_app.gui.records.paged_model import KeyProvider, PagedRecordModel, RecordProvider
from sandbox_app.gui.records.record import Column, Mark, Record
from sandbox_app.gui.records.table import RecordTable

__all__ = [
    "USERS_MIME",
    "Column",
    "KeyProvider",
    "ListRecordModel",
    "Mark",
    "PagedRecordModel",
    "Record",
    "RecordModel",
    "RecordProvider",
    "RecordTable",
    "RowKeys",
    "keys_of_mime",
    "mime_of_keys",
]
