"""Every request of the corpus gets the answer that its file names, and is recorded with it."""

import pytest

from sandbox_app.app.sandbox import Sandbox
from tests.fuzz.corpus import FOLDER, Case, cases, decoded, encoded, read
from tests.fuzz.raw import faults_of, speak
from tests.server.conftest import Wire


async def test_every_request_of_the_corpus_is_answered_as_it_says(wire: Wire) -> None:
    told = [line for case in cases() for line in await replayed(case, wire)]

    assert not told, "\n" + "\n".join(told)


async def test_every_record_of_the_corpus_can_be_stored_and_read_again(
    wire: Wire, sandbox: Sandbox
) -> None:
    for case in cases():
        await speak(wire.port, case.sent)
    traffic = sandbox.core.store.traffic
    assert traffic.flush()

    assert len(wire.recorded) == len(cases())
    rows = {row.exchange.id: row.exchange for row in traffic.page(None, 1000)}
    for exchange, detail in wire.recorded:
        assert rows[exchange.id] == exchange
        assert traffic.detail(exchange.id) == detail


async def replayed(case: Case, wire: Wire) -> list[str]:
    """What was not as expected."""
    before = len(wire.recorded)
    answer = await speak(wire.port, case.sent)
    if answer is None:
        return [f"{case.name}: no answer"]
    wrong = faults_of(answer)
    exchanges = [exchange for exchange, _ in wire.recorded[before:]]
    if [exchange.id for exchange in exchanges] != [answer.request_id]:
        wrong.append(f"recorded {len(exchanges)} times")
    rule = exchanges[0].rule if exchanges else ""
    if (answer.status, rule or "-") != (case.status, case.rule):
        wrong.append(f"answered {answer.status} {rule or '-'}, not {case.status} {case.rule}")
    return [f"{case.name}: {words}" for words in wrong]


def test_the_corpus_covers_what_the_endpoints_refuse() -> None:
    rules = {case.rule for case in cases()}

    assert {f"US-W{number}" for number in range(1, 7)} <= rules


@pytest.mark.parametrize("name", ["good-authorize", "form-raw-nul", "good-chunked", "garbage"])
def test_a_request_survives_being_written_down(name: str) -> None:
    sent = read(FOLDER / f"{name}.txt").sent

    assert encoded(decoded(sent)) == sent


def test_a_request_that_is_cut_off_stays_cut_off() -> None:
    assert encoded("GET / HTTP/1.1\nHo\n...") == b"GET / HTTP/1.1\r\nHo"
    assert encoded(decoded(b"GET / HTTP/1.1\r\nHo")) == b"GET / HTTP/1.1\r\nHo"


def test_a_file_that_expects_nothing_is_refused(tmp_path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text("GET / HTTP/1.1")

    with pytest.raises(ValueError, match=r"odd\.txt"):
        read(file)
