"""Tables in CSV: what is written is read again, and what is foreign is understood or refused."""

import asyncio
import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox_app.domain.records.pools import UserPool
from sandbox_app.domain.records.users import User
from sandbox_app.operations.core import Core
from sandbox_app.workbench.people import (
    CsvProblem,
    CsvRow,
    export_csv,
    proposed_mapping,
    read_csv,
    targets,
)
from sandbox_app.workbench.people.csv_cells import guarded, joined, parted, restored

texts = st.text(st.characters(exclude_categories=["Cs"]))


async def pause() -> None:
    await asyncio.sleep(0)


@given(value=texts | st.from_regex(r"\A'*[=+\-@\t\r][^\n]*\Z"))
def test_a_guarded_value_is_restored_and_begins_no_formula(value: str) -> None:
    cell = guarded(value)

    assert restored(cell) == value
    assert not cell.startswith(("=", "@", "\t", "\r"))
    assert not cell.startswith(("+", "-")) or cell[1:].replace(".", "").isdigit()


@pytest.mark.parametrize("value", ["+4915112345", "-12", "-1.5", "'tis", "a=b", ""])
def test_numbers_and_harmless_texts_are_written_as_they_are(value: str) -> None:
    assert guarded(value) == value


@given(names=st.lists(texts.map(str.strip).filter(bool), unique=True))
def test_names_joined_in_a_cell_come_apart_again(names: list[str]) -> None:
    assert parted(joined(names)) == tuple(names)


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(
    rows=st.lists(
        st.lists(texts.filter(lambda cell: "\x00" not in cell), min_size=3, max_size=3).filter(
            lambda row: any(cell.strip() for cell in row)
        ),
        max_size=5,
    ),
    delimiter=st.sampled_from(",;\t"),
)
def test_every_table_is_read_as_it_was_written(rows: list[list[str]], delimiter: str) -> None:
    file = io.StringIO(newline="")
    header = ["username", "email", "name"]
    csv.writer(file, delimiter=delimiter).writerows([header, *rows])

    table = read_csv(b"\xef\xbb\xbf" + file.getvalue().encode())

    assert table.columns == tuple(header)
    assert [list(row.cells) for row in table.rows] == rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_lines_are_counted_as_an_editor_shows_them(delimiter: str) -> None:
    text = f'username{delimiter}name\n\nann{delimiter}"two\nlines"\nben{delimiter}x\n'

    table = read_csv(text)

    assert table.delimiter == delimiter
    assert table.rows == (CsvRow(3, ("ann", "two\nlines")), CsvRow(5, ("ben", "x")))


def test_a_comma_escaped_as_the_real_service_does_it_is_part_of_the_value() -> None:
    table = read_csv("cognito:username,name\nann,Ann\\, the first\n")

    assert table.rows[0].cells == ("ann", "Ann, the first")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (b"username\nann\nM\xfcller\n", "not UTF-8 (line 3)"),
        ('username,name\nann,x\nben,"never', "Line 3: a quote is opened and never closed"),
        ("", "nothing in it"),
        ("\n \n", "nothing in it"),
        ("x" * (1 << 21), "field larger"),
    ],
    ids=range(5),
)
def test_what_cannot_be_read_is_said_in_a_sentence(source: str | bytes, words: str) -> None:
    with pytest.raises(CsvProblem) as caught:
        read_csv(source)

    assert words in str(caught.value)


def test_pasted_rows_without_a_header_are_known_by_their_content(pool: UserPool) -> None:
    table = read_csv("ann\tann@example.com\tAnn Ash\t+4930123\nben\tben@example.com\tBen\t\n")

    assert not table.has_header
    assert proposed_mapping(pool, table) == ("cognito:username", "email", "name", "phone_number")


def test_columns_are_known_by_many_names_and_each_meaning_is_given_once(pool: UserPool) -> None:
    table = read_csv("User name;E-mail;mail;team;First name;shoe size\nann;a@b.example;;red;Ann;40")

    assert proposed_mapping(pool, table) == (
        "cognito:username",
        "email",
        None,
        "custom:team",
        "given_name",
        None,
    )


async def test_an_export_has_the_real_services_columns_and_no_secret(
    core: Core, pool: UserPool, people: tuple[User, ...], tmp_path: Path
) -> None:
    path, told = tmp_path / "people.csv", []
    with path.open("w", newline="", encoding="utf-8") as file:
        subs = [user.sub for user in people]
        told_to = lambda done, total: told.append((done, total))  # noqa: E731
        written = await export_csv(core, pool.id, subs, file.write, told_to, lambda: False, pause)

    table = read_csv(path)
    assert written == len(table.rows) == 2000
    assert told[-1] == (2000, 2000)
    assert table.columns[:2] == ("name", "given_name")
    assert table.columns[-6:] == (
        *("cognito:mfa_enabled", "cognito:username", "status", "groups", "enabled", "sub"),
    )
    assert set(table.columns) == set(targets(pool)) - {"password"}
    assert proposed_mapping(pool, table) == table.columns
    first = dict(zip(table.columns, table.rows[0].cells, strict=True))
    assert first["groups"] == "admins"
    assert first["cognito:username"] == "user0000"
    assert first["custom:team"] == "Redder"


async def test_a_cancelled_export_ends_after_a_whole_line(
    core: Core, pool: UserPool, people: tuple[User, ...]
) -> None:
    pieces: list[str] = []
    subs = [user.sub for user in people]

    written = await export_csv(
        core, pool.id, subs, pieces.append, lambda *_: None, lambda: len(pieces) > 7, pause
    )

    assert written == 7
    assert len(read_csv("".join(pieces)).rows) == 7
