"""What Ctrl+K finds in a workspace, and what happens when it is taken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.gui.palette import Candidates, Hit, Palette
from sandbox_app.gui.palette.matching import WORD_START, Query
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.workspace_view import WorkspaceView
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError

_PLACES = (("home", "Home"), ("live", "Live"), ("pools", "Pools"), ("conditions", "Conditions"))
_USERS_PER_QUESTION = 6
_LEAST_LETTERS = 2
_SEARCHED = ("username", "email", "sub")
_WRITTEN_LARGE = ("name", "given_name", "family_name")
_NEW = (
    ("clients", "New app client"),
    ("users", "New user"),
    ("groups", "New group"),
    ("resource_servers", "New resource server"),
)

Run = Callable[[], object]


class Finder(QObject):
    """Fills the palette and runs what is taken from it.

    Args:
        window: what the palette covers.
        menus: whose entries can be run by name.
    """

    def __init__(self, theme: Theme, window: QWidget, menus: Sequence[tuple[str, QMenu]]) -> None:
        super().__init__(window)
        self._menus = tuple(menus)
        self._view: WorkspaceView | None = None
        self._runs: dict[str, Run] = {}
        self.palette = Palette(theme, window)
        self.palette.chosen.connect(self._run)

    def show_workspace(self, view: WorkspaceView) -> None:
        """Find in another workspace from now on."""
        self._view = view
        self.palette.forget_recent()
        self.palette.dismiss()

    def toggle(self) -> None:
        """Open the palette, or close it."""
        if self.palette.isVisible() or self._view is None:
            self.palette.dismiss()
            return
        self._fill(self._view)
        self.palette.open()
        # Settings can be found as soon as their editors are there, which takes a moment each.
        QTimer.singleShot(0, self, self._make_more)

    def _make_more(self) -> None:
        if self._view is None or not self.palette.isVisible():
            return
        if self._view.make_pools().sections.make_next():
            QTimer.singleShot(0, self, self._make_more)
        else:
            self._fill(self._view)

    def _fill(self, view: WorkspaceView) -> None:
        self._runs.clear()
        things = [
            *self._of_pools(view),
            *self._settings(view),
            *self._commands(view),
        ]
        self.palette.set_sources(
            [Candidates(things, most=24, first=0), self._main_commands(view)],
            slow=[lambda text: self._users(view, text)],
        )

    def _main_commands(self, view: WorkspaceView) -> Callable[[str], Sequence[Hit]]:
        first = [hit for hit in self._commands(view) if hit.key.startswith(("go:", "new:"))]
        return lambda text: () if text.strip() else first

    def _hit(self, run: Run, key: str, title: str, detail: str, icon: str, group: str) -> Hit:
        self._runs[key] = run
        return Hit(key, title, detail, icon, group)

    def _of_pools(self, view: WorkspaceView) -> Iterator[Hit]:
        store = view.core.store
        for pool in store.pools.all():
            yield self._thing(view, pool, "policy", pool.id, pool.name, pool.id, "pools", "Pools")
            for client in store.clients.of_pool(pool.id):
                words = (client.client_name, f"{client.client_id} in {pool.name}")
                yield self._thing(
                    view, pool, "clients", client.client_id, *words, "code", "App clients"
                )
            for group in store.groups.of_pool(pool.id):
                words = (group.group_name, f"group of {pool.name}")
                yield self._thing(view, pool, "groups", group.group_name, *words, "group", "Groups")
            for server in store.resource_servers.of_pool(pool.id):
                words = (server.name, f"{server.identifier} in {pool.name}")
                yield self._thing(
                    view,
                    pool,
                    "resource_servers",
                    server.identifier,
                    *words,
                    "server",
                    "Resource servers",
                )

    def _thing(
        self,
        view: WorkspaceView,
        pool: UserPool,
        section: str,
        key: str,
        title: str,
        detail: str,
        icon: str,
        group: str,
    ) -> Hit:
        return self._hit(
            lambda: view.show_pools().open(pool.id, section, key),
            f"{section}:{pool.id}:{key}",
            title,
            detail,
            icon,
            group,
        )

    def _settings(self, view: WorkspaceView) -> Iterator[Hit]:
        if view.pools is None:
            return
        for section, setting in view.pools.settings():
            yield self._hit(
                partial(_open_setting, view, section.key, setting.member),
                f"setting:{section.key}:{setting.member}",
                setting.label,
                f"{setting.member.rpartition('.')[2]} in {section.title}",
                section.icon,
                "Settings",
            )

    def _commands(self, view: WorkspaceView) -> Iterator[Hit]:
        for key, word in _PLACES:
            yield self._hit(
                partial(view.place_wanted.emit, key),
                f"go:{key}",
                f"Go to {word}",
                "",
                key,
                "Commands",
            )
        yield self._hit(
            lambda: view.show_pools().create_pool(), "new:pool", "New pool", "", "plus", "Commands"
        )
        for section, words in _NEW:
            yield self._hit(
                partial(_create, view, section),
                f"new:{section}",
                words,
                "",
                "plus",
                "Commands",
            )
        for name, menu in self._menus:
            for action in menu.actions():
                if action.text() and action.isEnabled() and action.menu() is None:
                    yield self._menu_hit(name, action)

    def _menu_hit(self, menu: str, action: QAction) -> Hit:
        words = action.text().replace("&&", "&")
        return self._hit(
            action.trigger, f"menu:{menu}:{words}", words, menu, "chevron-right", "Commands"
        )

    def _users(self, view: WorkspaceView, text: str) -> Sequence[Hit]:
        """Users whose names begin with the text; each question is answered by an index."""
        wanted = text.strip()
        if len(wanted) < _LEAST_LETTERS:
            return ()
        found: dict[str, Hit] = {}
        query = Query(wanted)
        for pool in view.core.store.pools.all():
            for user in _users_like(view.core, pool, wanted):
                words = (user[1], f"{user[2]} in {pool.name}")
                hit = self._thing(view, pool, "users", user[0], *words, "user", "Users")
                # One of their names begins with it, though perhaps none of those that show.
                score = max(query.score_of(*(word.casefold() for word in words)), WORD_START)
                found.setdefault(hit.key, replace(hit, score=score))
        return tuple(found.values())

    def _run(self, hit: Hit) -> None:
        run = self._runs.get(hit.key)
        if run is not None:
            run()


def _open_setting(view: WorkspaceView, section: str, member: str) -> None:
    view.show_pools().open_setting(section, member)


def _create(view: WorkspaceView, section: str) -> None:
    view.show_pools().create_in(section)


def _users_like(core: Core, pool: UserPool, text: str) -> Iterator[tuple[str, str, str]]:
    """Sub, user name and e-mail address of a few users of the pool."""
    # Only now: the API's model takes a moment to import, and most starts ask for nobody.
    from sandbox_app.operations.users import list_users

    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    # The API's filter minds the case of names, and hardly anybody types theirs with a capital.
    forms = tuple(dict.fromkeys((quoted, quoted.title())))
    asked = [(attribute, quoted) for attribute in _SEARCHED]
    asked += [(attribute, form) for attribute in _WRITTEN_LARGE for form in forms]
    for attribute, beginning in asked:
        request = {
            "UserPoolId": pool.id,
            "Filter": f'{attribute} ^= "{beginning}"',
            "Limit": _USERS_PER_QUESTION,
        }
        try:
            found = list_users(core, request)["Users"]
        except ApiError:
            # A text too long or too strange for a filter finds nobody.
            return
        for user in found:
            attributes = {item["Name"]: item["Value"] for item in user["Attributes"]}
            sub = attributes["sub"]
            yield sub, user["Username"], attributes.get("email", sub)
