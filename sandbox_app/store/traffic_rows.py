"""Exchanges as rows of the two traffic tables, and back."""

import json
from operator import attrgetter
from typing import Any, NamedTuple

from sandbox_app.domain.checks import Check, Verdict
from sandbox_app.domain.records.traffic import Exchange, ExchangeDetail, Headers, Message

Row = tuple[Any, ...]

EXCHANGE_FIELDS = (
    "id",
    "started_at",
    "duration",
    "method",
    "path",
    "status",
    "step",
    "login_id",
    "pool_id",
    "client_id",
    "client_name",
    "username",
    "grant",
    "rule",
    "error",
    "fault",
    "again_of",
    "again_at",
)
_exchange_values = attrgetter(*EXCHANGE_FIELDS)
_compact = json.JSONEncoder(separators=(",", ":")).encode
_DETAIL_COLUMNS = 13
_ROW_OVERHEAD = 200

EXCHANGE_COLUMNS = ", ".join(f'e."{name}"' for name in EXCHANGE_FIELDS)
DETAIL_COLUMNS = (
    "d.target, d.http_version, d.peer, d.origin, "
    "d.request_headers, d.request_body, d.request_size, "
    "d.response_headers, d.response_body, d.response_size, d.checks, d.because"
)
_WRITTEN = ("sequence", *EXCHANGE_FIELDS, "bytes")
ADD_EXCHANGE = (
    "INSERT INTO exchange (" + ", ".join(f'"{name}"' for name in _WRITTEN) + ") "
    f"VALUES ({', '.join('?' * len(_WRITTEN))})"
)
ADD_DETAIL = f"INSERT INTO exchange_detail VALUES ({', '.join('?' * _DETAIL_COLUMNS)})"


class Recorded(NamedTuple):
    """An exchange with its row number, waiting to be written."""

    sequence: int
    exchange: Exchange
    detail: ExchangeDetail


def weight(detail: ExchangeDetail) -> int:
    """About how many bytes an exchange takes up, bodies above all."""
    return len(detail.request.body) + len(detail.response.body) + 2048


def exchange_row(recorded: Recorded, size: int) -> Row:
    """The narrow row; `size` is what both rows together take up."""
    return (recorded.sequence, *_exchange_values(recorded.exchange), size)


def detail_row(recorded: Recorded) -> Row:
    """The wide row."""
    detail = recorded.detail
    return (
        recorded.sequence,
        detail.target,
        detail.http_version,
        detail.peer,
        detail.origin,
        *_message_columns(detail.request),
        *_message_columns(detail.response),
        _compact(detail.checks),
        detail.because,
    )


def size_of(row: Row) -> int:
    """Roughly the bytes that a wide row and its narrow one take up in the file."""
    return _ROW_OVERHEAD + sum(len(value) for value in row if isinstance(value, str | bytes))


def without_surrogates(row: Row) -> Row:
    """The row with lone surrogates written out, since SQLite cannot hold them."""
    return tuple(
        value.encode(errors="backslashreplace").decode() if isinstance(value, str) else value
        for value in row
    )


def exchange_of(row: Row) -> Exchange:
    """The exchange from its columns, in the order of `EXCHANGE_FIELDS`."""
    return Exchange(**dict(zip(EXCHANGE_FIELDS, row, strict=True)))


def detail_of(exchange_id: str, row: Row) -> ExchangeDetail:
    """The detail from its columns, in the order of `DETAIL_COLUMNS`."""
    return ExchangeDetail(
        exchange_id=exchange_id,
        target=row[0],
        http_version=row[1],
        peer=row[2],
        origin=row[3],
        request=_message(*row[4:7]),
        response=_message(*row[7:10]),
        checks=tuple(
            Check(rule, Verdict(verdict), got, expected, because)
            for rule, verdict, got, expected, because in json.loads(row[10])
        ),
        because=row[11],
    )


def _message_columns(message: Message) -> Row:
    return _compact(message.headers), message.body, message.size


def _message(headers: str, body: bytes, size: int) -> Message:
    pairs: Headers = tuple((name, value) for name, value in json.loads(headers))
    return Message(headers=pairs, body=body, size=size)
