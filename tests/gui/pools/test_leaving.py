"""A place is let go of with the workspace that it showed."""

import gc
import weakref

from PySide6.QtCore import QEvent

from sandbox_app.gui.pools.place import PoolsPlace
from tests.conftest import DEMO_POOL


def test_a_place_that_is_closed_leaves_nothing_behind(qapp, theme, core, spawn) -> None:
    place = PoolsPlace(theme, core, spawn)
    kept = {"the place": weakref.ref(place)}
    for key in place.sections:
        place.open(DEMO_POOL, key)
        kept[key] = weakref.ref(place.sections[key].right)

    place.leave()
    place.deleteLater()
    del place
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()

    assert [name for name, found in kept.items() if found() is not None] == []
