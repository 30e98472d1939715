"""The bridge hands traffic on in batches and forgets nothing it can show."""

from sandbox_app.domain.bus import EventBus
from sandbox_app.domain.events import ExchangeFinished
from sandbox_app.gui.live import TrafficBridge
from tests.gui.live.samples import a_detail, an_exchange


def happens(bus: EventBus, count: int) -> list[str]:
    told = []
    for _ in range(count):
        exchange = an_exchange()
        told.append(exchange.id)
        bus.publish(ExchangeFinished(exchange, a_detail(exchange)))
    return told


def test_many_exchanges_come_as_one_batch(qtbot) -> None:
    bus = EventBus()
    bridge = TrafficBridge(bus)
    told = happens(bus, 500)

    with qtbot.waitSignal(bridge.drained) as heard:
        pass

    assert [exchange.id for exchange in heard.args[0]] == told


def test_a_flood_is_handed_on_a_thousand_at_a_time(qapp) -> None:
    bus = EventBus()
    bridge = TrafficBridge(bus)
    batches = []
    bridge.drained.connect(lambda batch: batches.append(len(batch)))
    happens(bus, 2_500)

    for _ in range(4):
        bridge.drain()

    assert batches == [1000, 1000, 500]


def test_it_rests_when_nothing_comes(qapp) -> None:
    bus = EventBus()
    bridge = TrafficBridge(bus)
    happens(bus, 1)
    assert bridge._beat.isActive()

    bridge.drain()
    bridge.drain()

    assert not bridge._beat.isActive()


def test_a_closed_bridge_hears_nothing(qapp) -> None:
    bus = EventBus()
    bridge = TrafficBridge(bus)
    batches = []
    bridge.drained.connect(batches.append)

    bridge.close()
    happens(bus, 3)
    bridge.drain()

    assert batches == []
