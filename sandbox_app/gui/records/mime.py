"""How keys travel while they are dragged from a table."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData

USERS_MIME = "application/x-userpool-users"


def mime_of_keys(keys: Sequence[str], mime: str) -> QMimeData:
    """Keys as a JSON list under a type of our own; other programs get nothing from it."""
    data = QMimeData()
    data.setData(mime, QByteArray(json.dumps(list(keys)).encode()))
    return data


def keys_of_mime(data: QMimeData, mime: str) -> list[str]:
    """The keys that were dropped; none when the drag holds something else."""
    if not data.hasFormat(mime):
        return []
    try:
        found = json.loads(bytes(data.data(mime).data()))
    except ValueError:
        return []
    if not isinstance(found, list):
        return []
    return [key for key in found if isinstance(key, str)]
