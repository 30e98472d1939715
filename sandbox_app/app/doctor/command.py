"""All checks in their order, told as lines or as JSON."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from sandbox_app.app.doctor import machine, network, trusting
from sandbox_app.app.doctor.finding import Finding, Grade
from sandbox_app.app.doctor.workspace import workspace as workspace_findings
from sandbox_app.app.platform import data_path
from sandbox_app.domain.clock import SystemClock

_MARKS = {Grade.FINE: "✓", Grade.WARNING: "!", Grade.BROKEN: "✗"}


def run(
    workspace: Path, port: int, tls_port: int | None, names: tuple[str, ...], *, as_json: bool
) -> int:
    """Print every finding; 1 when something is broken, otherwise 0."""
    findings = list(examine(workspace, port, tls_port, names))
    text = in_json(findings) if as_json else in_lines(findings)
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    return 1 if worst(findings) is Grade.BROKEN else 0


def examine(
    workspace: Path, port: int, tls_port: int | None, names: tuple[str, ...]
) -> Iterator[Finding]:
    """Every check, on this machine."""
    environ, tls, clock = os.environ, data_path() / "tls", SystemClock()
    yield machine.python()
    yield machine.qt()
    yield machine.display(environ)
    yield machine.libraries(environ)
    yield from network.ports(port, tls_port)
    yield from network.names(names)
    yield network.ipv6()
    yield trusting.authority(tls, names, clock.now())
    yield from trusting.stores(tls / "ca.pem", environ, Path.home(), platform=sys.platform)
    yield from workspace_findings(workspace)
    yield machine.clock(clock.now, (workspace, tls / "ca.pem"))


def worst(findings: Iterable[Finding]) -> Grade:
    """The gravest grade among them."""
    return max((item.grade for item in findings), key=list(Grade).index, default=Grade.FINE)


def in_lines(findings: Iterable[Finding]) -> str:
    """One line per check; what to do about it stands behind an arrow."""
    lines = (
        f"{_MARKS[item.grade]} {item.check}: {item.says}"
        + (f" → {item.remedy}" if item.remedy else "")
        for item in findings
    )
    return "".join(f"{line}\n" for line in lines)


def in_json(findings: list[Finding]) -> str:
    """The same as an object with `status` and the list `checks`."""
    checks = [
        {"check": item.check, "status": item.grade, "says": item.says, "remedy": item.remedy}
        for item in findings
    ]
    return json.dumps({"status": worst(findings), "checks": checks}, indent=2) + "\n"
