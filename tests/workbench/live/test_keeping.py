"""What is kept of the traffic is counted, bounded, and what keeping less erases is told before."""

import pytest

from sandbox_app.store.traffic_limits import StoredBlock
from sandbox_app.workbench.live.keeping import MEGABYTE, Kept, size_words

DAY = 86_400
KEPT = Kept(
    (
        StoredBlock(1_000, 10 * MEGABYTE, 1_000_000),
        StoredBlock(1_000, 30 * MEGABYTE, 1_000_000 + DAY),
        StoredBlock(500, 5 * MEGABYTE, 1_000_000 + 2 * DAY),
    )
)


@pytest.mark.usefixtures("berlin")
def test_what_there_is_is_told_in_one_line() -> None:
    assert KEPT.words == "2 500 requests, 45 MB, since 12 Jan 1970"
    assert Kept().words == "No requests yet"


@pytest.mark.parametrize(
    ("requests", "megabytes", "gone", "size", "before"),
    [
        (1_500, 1_000, 1_000, 10, 1_000_000 + DAY),
        (2_400, 1_000, 100, 1, 1_000_000),
        (5_000, 20, 1_500, 25, 1_000_000 + DAY),
        (100, 1_000, 2_400, 44, 1_000_000 + 2 * DAY),
        (2_400, 5, 2_000, 40, 1_000_000 + 2 * DAY),
    ],
)
def test_the_oldest_go_first_for_either_reason(requests, megabytes, gone, size, before) -> None:
    erased = KEPT.erased_by(requests, megabytes)

    assert erased.requests == gone
    assert round(erased.bytes / MEGABYTE) == size
    assert erased.before == before


def test_nothing_goes_where_everything_fits() -> None:
    assert KEPT.erased_by(2_500, 45) is None
    assert Kept().erased_by(1, 1) is None


def test_sizes_are_told_in_megabytes() -> None:
    assert [size_words(size) for size in (0, MEGABYTE // 3, 1234 * MEGABYTE)] == [
        "0.0 MB",
        "0.3 MB",
        "1 234 MB",
    ]
