"""The places of one workspace, and what goes on between them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from sandbox_app.domain.events import (
    AnswerHeld,
    ConditionsChanged,
    ConfigurationChanged,
    EditsChanged,
    SnapshotRestored,
)
from sandbox_app.domain.records.traffic import Exchange
from sandbox_app.gui.home import HomePlace
from sandbox_app.gui.home.place import Spawn
from sandbox_app.gui.live import LivePlace, Powers, TrafficBridge
from sandbox_app.gui.live.diagram.saving import DiagramSaving
from sandbox_app.gui.live.file_reading import FileReading
from sandbox_app.gui.live.held_panel import HeldPanel
from sandbox_app.gui.live.recording_strip import RecordingStrip
from sandbox_app.gui.live.sending import Sending
from sandbox_app.gui.serving import ServerState
from sandbox_app.gui.settling import Settling
from sandbox_app.gui.theme import Theme
from sandbox_app.gui.window.late_places import LatePlaces
from sandbox_app.gui.window.remembered import Remembered
from sandbox_app.gui.window.template_panels import TemplatePanels
from sandbox_app.gui.window.traffic_count import TrafficCount
from sandbox_app.operations.core import Core
from sandbox_app.operations.errors import ApiError
from sandbox_app.workbench import edits
from sandbox_app.workbench.conditions.breakpoint import break_on
from sandbox_app.workbench.conditions.parts import deviations
from sandbox_app.workbench.live.causes import Fix, Place, explain_with, prepare
from sandbox_app.workbench.live.exporting.configured import configured_secrets
from sandbox_app.workbench.live.keeping import Keeping
from sandbox_app.workbench.live.older import OlderTraffic
from sandbox_app.workbench.live.tokens import judge_with

if TYPE_CHECKING:
    from sandbox_app.gui.conditions.place import ConditionsPlace
    from sandbox_app.gui.pools.place import PoolsPlace


class WorkspaceView(QObject):
    """Makes the places of a workspace and keeps them in step until it is left.

    Args:
        places: where the places are shown.

    Signals:
        counted: (requests, refused, dropped) since the workspace was opened.
        unseen_changed: int, refusals since Live was last looked at.
        pools_changed: (list of (id, name), id of the one looked at).
        edits_changed: (undo, redo), the labels of what can be taken back and made again.
        conditions_told: list of (part, words), what is bent now.
        place_wanted: str, another place shall be shown.
        url_wanted: str, to be opened in the browser.
        write_wanted: (Path, str or bytes), a file to be written.
        fixed: (sentence, whether it can be taken back), something was changed from Live.
        failed: str, a sentence about what could not be done.
    """

    counted = Signal(int, int, int)
    unseen_changed = Signal(int)
    pools_changed = Signal(list, str)
    edits_changed = Signal(str, str)
    conditions_told = Signal(list)
    place_wanted = Signal(str)
    url_wanted = Signal(str)
    write_wanted = Signal(object, object)
    fixed = Signal(str, bool)
    failed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        core: Core,
        spawn: Spawn,
        remembered: Remembered,
        places: QStackedWidget,
        versions: tuple[str, ...],
    ) -> None:
        super().__init__(places)
        self._theme = theme
        self.core = core
        self._spawn = spawn
        self._remembered = remembered
        self._places = places
        self._pool_id = ""
        self._count = TrafficCount(self)
        self._count.counted.connect(self._tell_count)
        self._count.unseen_changed.connect(self.unseen_changed)
        self.home = HomePlace(theme, core, spawn)
        self.live = LivePlace(
            theme,
            core.store.traffic,
            judge_with(core),
            core.clock,
            Powers(
                why=explain_with(core),
                secret_of=configured_secrets(core),
                beside=core.store.path.parent,
                marks=core.store.marks,
                older=lambda book: OlderTraffic(core.store, core.aside, book),
                keeping=Keeping(core.store, core.aside),
                sending=Sending(core, spawn),
                reading=FileReading(core, spawn),
                spawn=spawn,
            ),
            versions=versions,
        )
        self.saving = DiagramSaving(theme, self.live, spawn, core.aside, core.store.path.parent)
        self.saving.add_to(self.live.detail.exports)
        self.saving.write_wanted.connect(self.write_wanted)
        self.live.detail.exports.aboutToShow.connect(self._offer_diagram)
        self.held = HeldPanel(theme, core)
        self.live.add_panel(self.held)
        self.recording = RecordingStrip(theme, core)
        self.recording.counted.connect(self.live.show_recording)
        self.recording.ended.connect(self.live.told)
        self.live.add_panel(self.recording)
        self.live.break_wanted.connect(lambda text: break_on(core, text))
        self.templates = TemplatePanels(theme, core, spawn, places, self)
        self._late = LatePlaces(theme, core, spawn, remembered, places, self)
        self._late.pool_chosen.connect(self._pool_chosen)
        self._late.url_wanted.connect(self.url_wanted)
        self._late.export_wanted.connect(self.templates.show_export)
        for place in (self.home, self.live):
            places.addWidget(place)
        self._changed = Settling(self)
        self._changed.settled.connect(self.refresh)
        self._bent = Settling(self)
        self._bent.settled.connect(self.tell_conditions)
        self._bent.settled.connect(self.live.judge_again)
        self._bridge = TrafficBridge(core.bus, self)
        self._bridge.drained.connect(self._absorb)
        self.live.cleared.connect(self._bridge.forget)
        self.live.newest_wanted.connect(self._bridge.drain)
        self._subscriptions: list[Callable[[], object]] = [
            core.bus.subscribe(ConfigurationChanged, self._configuration_changed),
            core.bus.subscribe(SnapshotRestored, lambda _: self._changed.touch()),
            core.bus.subscribe(EditsChanged, self._edits_changed),
            core.bus.subscribe(AnswerHeld, self._answer_held),
            core.bus.subscribe(ConditionsChanged, lambda _: self._bent.touch()),
        ]
        self.live.connect_wanted.connect(self.show_connect)
        self.live.fix_wanted.connect(self._fix)
        self.live.setting_wanted.connect(self._show_setting)
        self.home.section_wanted.connect(self._show_section)
        self.home.restore_state(remembered.state("home"))
        self.live.restore_state(remembered.state("live"))

    def leave(self) -> None:
        """Remember how the places were left, and let them go."""
        for stop in self._subscriptions:
            stop()
        self._subscriptions.clear()
        self._changed.stop()
        self._bent.stop()
        self.held.leave()
        self.recording.leave()
        self.live.leave()
        self._bridge.close()
        self.templates.leave()
        self._late.leave()
        kept: tuple[tuple[str, HomePlace | LivePlace], ...] = (
            ("home", self.home),
            ("live", self.live),
        )
        for name, place in kept:
            self._remembered.put_state(name, place.save_state())
            self._places.removeWidget(place)
            place.deleteLater()
        self.deleteLater()

    def show_server(self, state: ServerState) -> None:
        """What the server does now."""
        self.home.show_server(state)
        self._late.show_server(state)

    def load_earlier(self) -> None:
        """Show what earlier runs recorded."""
        self.live.load()
        self._spawn(prepare(self.core))

    def show_place(self, key: str) -> None:
        """Show a place; Live then has nothing unseen."""
        self.templates.close()
        self._places.setCurrentWidget(self._place(key))
        if key == "live":
            self._count.see()
            self.live.greet()

    def show_connect(self) -> None:
        """Bring Connect my app to the eye."""
        self.place_wanted.emit("home")
        self.home.focus_connect()

    def show_pools(self) -> "PoolsPlace":
        """The Pools place, brought to the eye."""
        self.place_wanted.emit("pools")
        return self.make_pools()

    def make_pools(self) -> "PoolsPlace":
        """The Pools place, made if it was not yet looked at."""
        return self._late.make_pools()

    def show_condition(self, part: str) -> None:
        """What governs a condition, brought to the eye: a part of the place, or Live itself."""
        if part == "breakpoint":
            self.place_wanted.emit("live")
            return
        self.place_wanted.emit("conditions")
        self.make_conditions().show_part(part)

    def make_conditions(self) -> "ConditionsPlace":
        """The Conditions place, made if it was not yet looked at."""
        return self._late.make_conditions()

    @property
    def pools(self) -> "PoolsPlace | None":
        """The Pools place, if it was looked at."""
        return self._late.pools

    @property
    def conditions(self) -> "ConditionsPlace | None":
        """The Conditions place, if it was looked at."""
        return self._late.conditions

    def tell_conditions(self) -> None:
        """Tell what is bent now."""
        self.conditions_told.emit(list(deviations(self.core)))

    def show_export(self) -> None:
        """Write the pool looked at as a template."""
        self.templates.show_export(self._pool_id)

    def choose_pool(self, pool_id: str) -> None:
        """Look at another pool, in every place."""
        self._pool_id = pool_id
        self._late.choose_pool(pool_id)
        self.refresh()

    def refresh(self) -> None:
        """Show the configuration as it is now."""
        pools = [(pool.id, pool.name) for pool in self.core.store.pools.all()]
        if self._pool_id not in [key for key, _ in pools]:
            self._pool_id = pools[0][0] if pools else ""
        self.pools_changed.emit(pools, self._pool_id)
        self._late.refresh(self._pool_id)
        self.home.show_pool(self._pool_id)
        self.live.reconsider()

    def count(self) -> None:
        """Tell the counts as they are."""
        self._count.tell()

    def _tell_count(self, requests: int, refused: int) -> None:
        self.counted.emit(requests, refused, self.core.store.traffic.dropped)

    def _offer_diagram(self) -> None:
        diagram = self.live.detail.diagram
        client = diagram.login.client_name if diagram.login is not None else ""
        self.saving.offer(diagram.sequence, f"login-{client or 'request'}")

    def _place(self, key: str) -> QWidget:
        if key == "pools":
            return self.make_pools()
        if key == "conditions":
            return self.make_conditions()
        return self.live if key == "live" else self.home

    def _show_section(self, section: str) -> None:
        self.show_pools().open(self._pool_id, section)

    def _fix(self, fix: Fix) -> None:
        """Make the change that Live offers, as an edit like any other."""
        try:
            with edits.step(self.core, fix.edit):
                fix.apply(self.core)
        except ApiError as error:
            self.failed.emit(error.message)
            return
        self.live.reconsider()
        self.fixed.emit(fix.done, fix.undoable)

    def _show_setting(self, place: Place) -> None:
        if place.section == "conditions":
            self.show_condition(place.key)
            return
        self.show_pools().open(place.pool_id, place.section, place.key, place.member)

    def _pool_chosen(self, pool_id: str) -> None:
        if pool_id != self._pool_id:
            self._pool_id = pool_id
            self.refresh()

    def _absorb(self, exchanges: list[Exchange]) -> None:
        self.live.absorb(exchanges)
        self._count.take_in(exchanges, seen=self._places.currentWidget() is self.live)

    def _configuration_changed(self, _event: ConfigurationChanged) -> None:
        # Many changes may come at once; they are shown once.
        self._changed.touch()

    def _answer_held(self, event: AnswerHeld) -> None:
        exchange = event.exchange
        if not self.core.recording.wants(exchange.id, repeated=bool(exchange.again_of)):
            # It would stand there as held for good.
            return
        # What was answered before it must be drawn before it.
        self._bridge.drain()
        self.live.detail.diagram.show_held(exchange, event.detail)

    def _edits_changed(self, event: EditsChanged) -> None:
        self.edits_changed.emit(event.undo, event.redo)
