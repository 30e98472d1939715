"""The authority's certificate looked at from outside, without its key and without making one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from sandbox_app.server.edge.authority import host_name
from sandbox_app.server.edge.issuing import constraint, covers


@dataclass(frozen=True, slots=True)
class Examined:
    """From when to when it is valid, in UTC, and the names it cannot vouch for."""

    not_before: datetime
    not_after: datetime
    outside: tuple[str, ...]


def examine(pem: Path, names: Sequence[str]) -> Examined:
    """Read the certificate.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no certificate, or a name is no host name.
    """
    certificate = x509.load_pem_x509_certificate(pem.read_bytes())
    outside = (name for name in names if not covers(certificate, constraint(host_name(name))))
    return Examined(
        certificate.not_valid_before_utc, certificate.not_valid_after_utc, tuple(outside)
    )
