"""Whether the ports can be had, and whether the names lead here."""

import contextlib
import ipaddress
import os
import socket
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sandbox_app.app.doctor.finding import Finding, broken, fine, warning
from sandbox_app.server.edge.listeners import PortTaken, probe

Resolve = Callable[[str], Sequence[str]]

_LISTENING = "0A"
_PROC = Path("/proc")


def ports(http: int, https: int | None, proc: Path = _PROC) -> list[Finding]:
    """One finding per port that would be listened on."""
    found = [_port("port for http", http, proc)]
    if https is not None:
        found.append(_port("port for https", https, proc))
        if http and http == https:
            found[1] = broken(
                "port for https", f"{https} is the port for http too", "Choose another --tls-port."
            )
    return found


def names(wanted: Iterable[str], resolve: Resolve | None = None) -> list[Finding]:
    """Whether `localhost`, names below it and the names given lead to this machine."""
    resolve = resolve or addresses
    found = [
        _name("localhost", resolve, required=True),
        _below_localhost("demo.auth.localhost", resolve),
    ]
    return [*found, *(_name(name, resolve, required=False) for name in wanted)]


def ipv6(create: Callable[[], socket.socket] | None = None) -> Finding:
    """Whether `::1` can be listened on, which some clients try first."""
    try:
        with (create or _ipv6_socket)() as sock:
            sock.bind(("::1", 0))
    except OSError:
        return warning(
            "IPv6 loopback",
            "::1 cannot be listened on; the sandbox will listen on 127.0.0.1 alone",
            "Use 127.0.0.1 in place of localhost where a client insists on ::1.",
        )
    return fine("IPv6 loopback", "::1 can be listened on")


def addresses(name: str) -> list[str]:
    """Where this system says that a name leads; empty where it does not know it."""
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(item[4][0]) for item in found))


def holder(port: int, proc: Path = _PROC) -> str | None:
    """The process that listens on a port, as `name (process 7)`; `None` where it cannot be told."""
    inodes = {inode for table in ("tcp", "tcp6") for inode in _inodes(proc / "net" / table, port)}
    wanted = {f"socket:[{inode}]" for inode in inodes}
    if not wanted:
        return None
    for process in proc.glob("[0-9]*"):
        if _open_files(process) & wanted:
            with contextlib.suppress(OSError):
                name = (process / "comm").read_text(encoding="utf-8", errors="replace").strip()
                return f"{name} (process {process.name})"
    return None


def _open_files(process: Path) -> set[str]:
    """What a process holds open; nothing where it is somebody else's, or gone meanwhile."""
    found = set()
    with contextlib.suppress(OSError):
        for link in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                found.add(os.readlink(link))
    return found


def _port(check: str, port: int, proc: Path) -> Finding:
    if port == 0:
        return fine(check, "any free one will be taken")
    try:
        probe((), port, None)
    except PortTaken as error:
        by = holder(port, proc)
        option = "--port" if check.endswith("http") else "--tls-port"
        remedy = f"End that program, or choose another port with {option}."
        if by is not None:
            return broken(check, f"{port} is held by {by}", remedy)
        return broken(check, str(error).partition(";")[0].removesuffix("."), remedy)
    return fine(check, f"{port} is free")


def _name(name: str, resolve: Resolve, *, required: bool) -> Finding:
    check, found = f"name {name}", resolve(name)
    elsewhere = [address for address in found if not _is_loopback(address)]
    remedy = f"Add a line to the hosts file: 127.0.0.1 {name}"
    grade = broken if required else warning
    if not found:
        return grade(check, "this system does not know it", remedy)
    if elsewhere:
        return grade(check, f"leads to {', '.join(elsewhere)}, not to loopback", remedy)
    return fine(check, f"leads to {', '.join(found)}")


def _below_localhost(name: str, resolve: Resolve) -> Finding:
    check, found = "names below localhost", resolve(name)
    if found and all(map(_is_loopback, found)):
        return fine(check, f"{name} leads to {', '.join(found)}")
    seen = f"leads to {', '.join(found)}" if found else "is not known to this system"
    return warning(
        check,
        f"{name} {seen}; browsers know it all the same, other programs may not",
        f"Use plain localhost with those, or add a line to the hosts file: 127.0.0.1 {name}",
    )


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _ipv6_socket() -> socket.socket:
    return socket.socket(socket.AF_INET6, socket.SOCK_STREAM)


def _inodes(table: Path, port: int) -> set[str]:
    try:
        rows = [line.split() for line in table.read_text().splitlines()[1:]]
    except OSError:
        return set()
    return {
        row[9]
        for row in rows
        if len(row) > 9 and row[3] == _LISTENING and int(row[1].rpartition(":")[2], 16) == port
    }
