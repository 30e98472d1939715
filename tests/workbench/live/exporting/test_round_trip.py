"""What was exported is read again, and compares equal with where it came from."""

from pathlib import Path

import pytest

from sandbox_app.workbench.live.book import TrafficBook
from sandbox_app.workbench.live.comparing.exchanges import compare_exchanges
from sandbox_app.workbench.live.comparing.logins import align
from sandbox_app.workbench.live.comparing.rows import Kind, differences
from sandbox_app.workbench.live.exporting.covering import Redaction
from sandbox_app.workbench.live.exporting.har import har_of
from sandbox_app.workbench.live.importing.reading import read_archive


def logins_of(exchanges) -> list[list]:
    book = TrafficBook()
    book.absorb(exchanges)
    return [login.exchanges for login in book.logins]


@pytest.mark.parametrize("how", [Redaction.NONE, Redaction.MASK])
async def test_an_archive_of_ours_compares_equal_with_its_source(
    tmp_path: Path, recorded, how
) -> None:
    path = tmp_path / "login.har"
    path.write_text(har_of(recorded.seen, how), encoding="utf-8")

    found = read_archive(path, {})

    assert found.notes == ()
    assert len(found.recorded) == len(recorded.seen)
    ours = logins_of(one for one, _ in recorded.seen)
    theirs = logins_of(one for one, _ in found.recorded)
    assert [len(it) for it in ours] == [len(it) for it in theirs]
    details = {one.id: detail for one, detail in (*recorded.seen, *found.recorded)}
    for left, right in zip(ours, theirs, strict=True):
        for one, other in align(left, right):
            assert one is not None
            assert other is not None
            sections = compare_exchanges((one, details[one.id]), (other, details[other.id]))
            told = [row for section in sections for row in section.rows if row.matters]
            assert told == []


async def test_as_recorded_nothing_at_all_is_different(tmp_path: Path, recorded) -> None:
    path = tmp_path / "login.har"
    path.write_text(har_of(recorded.seen, Redaction.NONE), encoding="utf-8")

    by_moment = sorted(recorded.seen, key=lambda it: it[0].started_at)
    for ours, theirs in zip(by_moment, read_archive(path, {}).recorded, strict=True):
        rows = [row for section in compare_exchanges(ours, theirs) for row in section.rows]
        assert {row.kind for row in rows if row.kind is not Kind.FOLLOWS} == {Kind.SAME}
        assert theirs[1].checks == ours[1].checks
        assert theirs[1].target == ours[1].target


async def test_what_became_different_is_still_found(tmp_path: Path, recorded, visitor) -> None:
    path = tmp_path / "login.har"
    path.write_text(har_of(recorded.seen, Redaction.MASK), encoding="utf-8")
    await visitor.authorize("web", redirect_uri="http://localhost:3000/callback/")
    refused = visitor.seen[-1]

    kept = [it for it in read_archive(path, {}).recorded if it[0].step == "authorize"]

    sections = compare_exchanges(kept[0], refused)
    told = {row.name for section in sections for row in section.rows if row.matters}
    assert {"Refused by", "AZ-4", "redirect_uri"} <= told
    assert differences(sections) >= 3
