"""Whether a reader of key sets can verify the tokens it was given, in one plain sentence."""

from collections.abc import Mapping
from enum import StrEnum

from sandbox_app.domain.memory.key_readers import Reader, Visit
from sandbox_app.workbench.live.words import count_words, local_clock


class Standing(StrEnum):
    """How the sentence ends for the reader."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


def judged(
    name: str, reader: Reader, signed: Mapping[str, int], now: float
) -> tuple[Standing, str]:
    """The first thing that is wrong, or that all is well.

    Args:
        name: the reader, as the sentence calls it.
        signed: how many tokens the pool signed with each key, by kid.
        now: epoch seconds of the sandbox's clock.
    """
    last = reader.visits[-1]
    if not last.times:
        return Standing.UNKNOWN, f"{name} {_never_fetched(last)}"
    wrong = (
        _without_keys(last) or _with_strange_keys(reader, signed) or _with_lost_keys(reader, now)
    )
    if wrong:
        return Standing.BAD, f"{name} {wrong}"
    at = local_clock(last.last_at)
    return Standing.GOOD, f"{name} fetched keys at {at} and knows every key that signed since then."


def _never_fetched(visit: Visit) -> str:
    given = count_words(sum(given.count for given in visit.given.values()), "token")
    return f"was given {given} and was not seen fetching keys, at least not by this User-Agent."


def _without_keys(last: Visit) -> str:
    if last.kids:
        return ""
    because = last.unusual or "the key set was empty"
    return f"asked for keys at {local_clock(last.last_at)} and got none: {because}."


def _with_strange_keys(reader: Reader, signed: Mapping[str, int]) -> str:
    """Tokens since the last fetch whose keys it did not bring."""
    last, is_client = reader.visits[-1], _is_client(reader)
    counts = _given_by_kid(last) if is_client else _signed_since(last, signed)
    strange = {kid: count for kid, count in counts.items() if kid not in last.kids}
    if not strange:
        return ""
    seen = {kid for visit in reader.visits for kid in visit.kids}
    which = "that was not among them" if strange.keys() & seen else "it has never seen"
    key = "a key" if len(strange) == 1 else f"{len(strange)} keys"
    tokens = count_words(sum(strange.values()), "token")
    got = f"got {tokens} signed" if is_client else f"the pool signed {tokens}"
    return f"fetched keys at {local_clock(last.last_at)} and since then {got} with {key} {which}."


def _with_lost_keys(reader: Reader, now: float) -> str:
    """Tokens from before the last fetch that are still alive, but whose keys it did not bring."""
    *earlier, last = reader.visits
    lost = sum(
        given.count
        for visit in earlier
        for (_, _, kid), given in visit.given.items()
        if kid not in last.kids and given.expires_at > now
    )
    if not lost:
        return ""
    tokens, at = count_words(lost, "token"), local_clock(last.last_at)
    return f"was given {tokens} whose key had left the set by the time it fetched it again, {at}."


def _is_client(reader: Reader) -> bool:
    """Whether it gets tokens itself; an API, which only verifies them, does not."""
    return any(visit.given for visit in reader.visits)


def _given_by_kid(visit: Visit) -> dict[str, int]:
    counts: dict[str, int] = {}
    for (_, _, kid), given in visit.given.items():
        counts[kid] = counts.get(kid, 0) + given.count
    return counts


def _signed_since(visit: Visit, signed: Mapping[str, int]) -> dict[str, int]:
    counts = {kid: count - visit.signed_before.get(kid, 0) for kid, count in signed.items()}
    return {kid: count for kid, count in counts.items() if count > 0}
