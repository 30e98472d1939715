"""What a person reads when the window cannot open."""

from importlib.metadata import PackageNotFoundError

import pytest

from sandbox_app.app.preflight import problems


def nothing_missing(library: str) -> object:
    return library


def without(*missing: str) -> object:
    def load(library: str) -> object:
        if library in missing:
            raise OSError(f"{library}: cannot open shared object file")
        return library

    return load


def test_nothing_is_said_when_everything_is_there() -> None:
    assert problems({"DISPLAY": ":0"}, load=nothing_missing, qt_version=lambda: "6.11.3") == []


def test_all_missing_libraries_are_named_in_one_line_by_their_packages() -> None:
    load = without("libEGL.so.1", "libxcb-cursor.so.0")

    found = problems({"DISPLAY": ":0"}, load=load, qt_version=lambda: "6.11.3")
    assert found == [
        "System libraries that the window needs are missing; install them with: "
        "sudo apt-get install libegl1 libxcb-cursor0"
    ]


def test_the_x11_libraries_are_not_asked_for_offscreen() -> None:
    environ = {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}
    load = without("libxcb-cursor.so.0")

    assert problems(environ, load=load, qt_version=lambda: "6.11.3") == []


def test_a_missing_display_leads_to_the_headless_command() -> None:
    found = problems({}, platform="linux", load=nothing_missing, qt_version=lambda: "6.11.3")

    assert found == [
        "There is no display to open a window on; serve without one: userpool-sandbox serve"
    ]


@pytest.mark.parametrize(
    ("version", "python", "warned"),
    [
        ("6.12.0", (3, 11), True),
        ("6.11.3", (3, 11), False),
        ("6.12.0", (3, 12), False),
    ],
)
def test_the_pair_that_crashes_is_named(
    version: str, python: tuple[int, int], warned: bool
) -> None:
    found = problems(
        {"DISPLAY": ":0"}, load=nothing_missing, qt_version=lambda: version, python=python
    )

    assert bool(found) is warned
    assert all("pip install 'pyside6-essentials<6.12'" in sentence for sentence in found)


def test_where_qt_is_not_installed_the_headless_command_is_named() -> None:
    def missing() -> str:
        raise PackageNotFoundError

    [sentence] = problems({"DISPLAY": ":0"}, load=nothing_missing, qt_version=missing)
    assert "Qt for Python is not installed" in sentence
    assert sentence.endswith("userpool-sandbox serve")
