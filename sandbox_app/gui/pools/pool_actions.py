"""What can be done with a whole pool: delete it, copy it, and the menu that offers it."""

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.gui.components import ErrorBar
from sandbox_app.gui.pools.tree_model import Node
from sandbox_app.gui.pools.undoing import Undoing
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.editing.pool_copy import copy_pool
from sandbox_app.workbench.editing.pool_drafts import delete_pool


class PoolActions(QObject):
    """Carries out what is wanted of a pool as one edit and says what came of it.

    Signals:
        pool_made: str, the id of a copy, to be looked at.
        setting_wanted: (pool id, member), the setting that stands in the way.
        new_pool_wanted: a new pool shall be begun.
        new_wanted: Node, a new thing of that section shall be begun.
        export_wanted: str, the id of a pool to be written as a template.
    """

    pool_made = Signal(str)
    setting_wanted = Signal(str, str)
    new_pool_wanted = Signal()
    new_wanted = Signal(object)
    export_wanted = Signal(str)

    def __init__(self, core: Core, bar: ErrorBar, undoing: Undoing) -> None:
        super().__init__(bar)
        self._core = core
        self._bar = bar
        self._undoing = undoing

    def delete(self, pool_id: str) -> None:
        """Delete a pool with everything in it; a protected one stays, and leads to the setting."""
        pool = self._core.store.pools.get(pool_id)
        if pool is None:
            return
        try:
            with edits.step(self._core, f"Delete pool {pool.name}"):
                delete_pool(self._core, pool_id)
        except ApiError as error:
            member = error.field or ""
            self._bar.show_message(
                error.message,
                action=("Show the setting", lambda: self.setting_wanted.emit(pool_id, member)),
            )
            return
        self._undoing.say(f"Deleted pool {pool.name} with everything in it.")

    def duplicate(self, pool_id: str) -> None:
        """Make a pool like it, without its users."""
        pool = self._core.store.pools.get(pool_id)
        if pool is None:
            return
        try:
            with edits.step(self._core, f"Duplicate pool {pool.name}"):
                made = copy_pool(self._core, pool)
        except ApiError as error:
            self._bar.show_message(error.message)
            return
        self.pool_made.emit(made)
        self._undoing.say(f"Made {pool.name}-copy; the users stay with {pool.name}.")

    def show_menu(self, over: QWidget, node: Node, spot: QPoint, *, can_create: bool) -> None:
        """The menu of a row of the tree."""
        menu = QMenu(over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if can_create:
            menu.addAction("New", lambda: self.new_wanted.emit(node))
            menu.addSeparator()
        menu.addAction("New pool", self.new_pool_wanted.emit)
        menu.addAction("Duplicate pool", lambda: self.duplicate(node.pool_id))
        menu.addAction("Export pool as template…", lambda: self.export_wanted.emit(node.pool_id))
        menu.addSeparator()
        menu.addAction("Delete pool", lambda: self.delete(node.pool_id))
        menu.popup(spot)
