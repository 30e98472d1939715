"""Ports that are free or held, names that lead here or elsewhere."""

import os
import socket
from collections.abc import Iterator

import pytest

from sandbox_app.app.doctor import network
from sandbox_app.app.doctor.finding import Grade


@pytest.fixture
def held() -> Iterator[int]:
    """A port that this very process listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_a_free_port_is_fine_and_stays_free() -> None:
    port = free_port()

    (found,) = network.ports(port, None)
    assert (found.grade, found.says) == (Grade.FINE, f"{port} is free")
    socket.create_server(("127.0.0.1", port)).close()


def test_a_held_port_is_broken_and_its_holder_named(held: int) -> None:
    (http, https) = network.ports(0, held)

    assert http.grade is Grade.FINE
    assert https.grade is Grade.BROKEN
    assert https.says.startswith(f"{held} is held by ")
    assert https.says.endswith(f"(process {os.getpid()})")
    assert "--tls-port" in https.remedy


def test_a_holder_that_cannot_be_told_is_still_a_holder(held: int, tmp_path: object) -> None:
    (found,) = network.ports(held, None, tmp_path)  # type: ignore[arg-type]

    assert found.grade is Grade.BROKEN
    assert found.says == f"Port {held} on 127.0.0.1 is in use by another program"


def test_one_port_cannot_be_both() -> None:
    port = free_port()

    assert [item.grade for item in network.ports(port, port)] == [Grade.FINE, Grade.BROKEN]


KNOWN = {
    "localhost": ["127.0.0.1", "::1"],
    "demo.auth.localhost": ["127.0.0.1"],
    "here.test": ["127.0.0.1"],
    "there.test": ["192.0.2.7"],
}


def test_names_that_lead_here_are_fine() -> None:
    found = network.names(("here.test",), KNOWN.__getitem__)

    assert [item.grade for item in found] == [Grade.FINE] * 3
    assert found[0].says == "leads to 127.0.0.1, ::1"


def test_a_name_that_leads_elsewhere_or_nowhere_is_told_with_the_line_to_add() -> None:
    found = network.names(("there.test", "unknown.test"), lambda name: KNOWN.get(name, []))[2:]

    assert [item.grade for item in found] == [Grade.WARNING] * 2
    assert [item.says for item in found] == [
        "leads to 192.0.2.7, not to loopback",
        "this system does not know it",
    ]
    assert found[0].remedy == "Add a line to the hosts file: 127.0.0.1 there.test"


def test_without_localhost_nothing_works_but_below_it_browsers_do() -> None:
    localhost, below = network.names((), lambda name: [])

    assert (localhost.grade, below.grade) == (Grade.BROKEN, Grade.WARNING)
    assert "browsers know it all the same" in below.says


def test_the_system_itself_knows_localhost() -> None:
    assert network.addresses("localhost")
    assert network.addresses("a name with spaces.invalid") == []


def test_a_machine_without_ipv6_is_told() -> None:
    def none() -> socket.socket:
        raise OSError("no such family")

    assert network.ipv6(none).grade is Grade.WARNING
