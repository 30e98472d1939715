"""The certificate authority of this installation as files, and TLS contexts from its leaves.

The authority's certificate carries critical name constraints: whoever trusts it trusts nothing
but localhost, loopback addresses and the names given. Its key is readable by its owner alone.
"""

import contextlib
import logging
import os
import ssl
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox_app.domain.conditions.faults import BadCertificate
from sandbox_app.server.edge.authority import host_name
from sandbox_app.server.edge.issuing import (
    LEAF_LIFETIME,
    THIS_MACHINE,
    authority_certificate,
    bad_certificate,
    constraint,
    covers,
    leaf_certificate,
    permitted,
)

log = logging.getLogger(__name__)

_RENEW_BEFORE = timedelta(days=30)
_MOST_LEAVES = 500

_CERTIFICATE = "ca.pem"
_KEY = "ca-key.pem"


@dataclass(frozen=True, slots=True)
class Authority:
    """The certificate authority: where its certificate lies, and what signs with it.

    `created` says that it was made just now, so whoever trusted an older one has to trust anew.
    """

    pem: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    created: bool = False


def ensure_authority(folder: Path, names: Sequence[str], now: datetime) -> Authority:
    """The authority in `folder`, made when there is none that can vouch for `names`.

    A name outside the constraints of the present one needs a new authority. That keeps the older
    names, so that two sandboxes with different names do not take the folder from each other.

    Args:
        names: host names and addresses answered besides localhost and loopback.
        now: timezone-aware, the real time: it is compared with clients' clocks.

    Raises:
        ValueError: a name is no host name.
        OSError: the folder cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = [constraint(host_name(name)) for name in names]
    found = _stored(folder)
    if found is None or not _serves(found, wanted, now):
        known = THIS_MACHINE if found is None else permitted(found.certificate)
        found = _made(folder, (*known, *wanted), now)
    public = _public(found.certificate)
    with contextlib.suppress(FileNotFoundError):
        if found.pem.read_bytes() == public:
            return found
    _write(found.pem, public, mode=0o644)
    return found


class TlsNames:
    """TLS contexts by server name, each with a leaf of its own.

    Wildcards do not reach two labels deep (`demo.auth.localhost`) and browsers refuse them right
    below `localhost`; so a leaf is made when its name is first asked for, and kept in memory. A
    leaf that nears its end is replaced when its name is asked for again.

    Args:
        names: further names and addresses, in every leaf.
        now: the real time, see `ensure_authority`.
        folder: where a leaf may lie for the moment in which it is loaded.
        defect: asked at each handshake, with the name that the client sent, what shall be wrong
            with the leaf it gets to see.
    """

    def __init__(
        self,
        authority: Authority,
        names: Sequence[str],
        now: Callable[[], datetime],
        folder: Path,
        defect: Callable[[str | None], BadCertificate | None] = lambda _: None,
    ) -> None:
        self._authority = authority
        self._now = now
        self._folder = folder
        self._defect = defect
        self._names = tuple(
            dict.fromkeys(("localhost", "127.0.0.1", "::1", *map(host_name, names)))
        )
        self._leaves: dict[str, tuple[ssl.SSLContext, datetime]] = {}
        self._bad_leaves: dict[BadCertificate, ssl.SSLContext] = {}

    def context(self) -> ssl.SSLContext:
        """The context that listeners use; it hands over to the leaf of the name asked for."""
        base = self._fresh("localhost")
        base.sni_callback = self._choose
        return base

    def _choose(
        self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext
    ) -> None:
        try:
            defect = self._defect(name)
            if defect is None:
                connection.context = self._leaf(_leaf_name(name))
            else:
                connection.context = self._bad_leaf(defect)
        except OSError:
            # The context chosen so far stays; an exception here would only reach stderr.
            log.exception("no certificate could be made for %r", name)

    def _leaf(self, name: str) -> ssl.SSLContext:
        found = self._leaves.get(name)
        if found is not None and found[1] - self._now() > _RENEW_BEFORE:
            return found[0]
        if len(self._leaves) >= _MOST_LEAVES:
            del self._leaves[next(iter(self._leaves))]
        return self._fresh(name)

    def _fresh(self, name: str) -> ssl.SSLContext:
        key = ec.generate_private_key(ec.SECP256R1())
        names = dict.fromkeys((*self._names, name))
        certificate = leaf_certificate(
            self._authority.certificate, self._authority.key, key, names, self._now()
        )
        context = self._context(certificate, key)
        self._leaves[name] = (context, certificate.not_valid_after_utc)
        return context

    def _bad_leaf(self, defect: BadCertificate) -> ssl.SSLContext:
        found = self._bad_leaves.get(defect)
        if found is None:
            issuer = self._authority.certificate, self._authority.key
            key = ec.generate_private_key(ec.SECP256R1())
            certificate = bad_certificate(defect, *issuer, key, self._names, self._now())
            found = self._bad_leaves[defect] = self._context(certificate, key)
        return found

    def _context(
        self, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
    ) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        # A session that is resumed shows no certificate, so a bad one would go unseen.
        context.num_tickets = 0
        context.options |= ssl.OP_NO_TICKET
        _load(context, certificate, key, self._folder)
        return context


def _leaf_name(asked: str | None) -> str:
    """The leaf to use: one of its own for each name below `localhost`, else that of all names."""
    with contextlib.suppress(ValueError):
        name = host_name(asked or "")
        if name.endswith(".localhost"):
            return name
    return "localhost"


def _stored(folder: Path) -> Authority | None:
    """What lies in the folder, if it can be read; the key's file holds both halves."""
    file = folder / _KEY
    try:
        data = file.read_bytes()
        certificate = x509.load_pem_x509_certificate(data)
        key = serialization.load_pem_private_key(data, password=None)
    except (FileNotFoundError, ValueError):
        return None
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        return None
    return Authority(folder / _CERTIFICATE, certificate, key)


def _serves(found: Authority, wanted: Iterable[x509.GeneralName], now: datetime) -> bool:
    left = found.certificate.not_valid_after_utc - now
    # A leaf must fit in for its whole life.
    if left < LEAF_LIFETIME + _RENEW_BEFORE:
        return False
    return all(covers(found.certificate, name) for name in wanted)


def _made(folder: Path, vouched: Iterable[x509.GeneralName], now: datetime) -> Authority:
    """A new authority in the folder, or the one that another process made there meanwhile."""
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = authority_certificate(key, vouched, now)
    file = folder / _KEY
    mine = _private(key) + _public(certificate)
    if file.exists():
        _write(file, mine, mode=0o600)
    elif not _claim(file, mine):
        theirs = _stored(folder)
        if theirs is not None:
            return theirs
        _write(file, mine, mode=0o600)
    return Authority(folder / _CERTIFICATE, certificate, key, created=True)


def _load(
    context: ssl.SSLContext,
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    folder: Path,
) -> None:
    """Python's ssl reads keys from files only, so the leaf lies in one for a moment."""
    file = folder / f".leaf-{os.getpid()}-{id(context):x}.pem"
    try:
        _write(file, _public(certificate) + _private(key), mode=0o600)
        context.load_cert_chain(file)
    finally:
        file.unlink(missing_ok=True)


def _public(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, data: bytes, *, mode: int) -> None:
    """Write atomically, with its final access rights from the first byte."""
    os.replace(_aside(path, data, mode), path)


def _claim(path: Path, data: bytes) -> bool:
    """Write a private file unless there is one already; says whether it was written."""
    aside = _aside(path, data, 0o600)
    try:
        os.link(aside, path)
    except FileExistsError:
        return False
    except OSError:
        # A file system without links: then the last one wins.
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)
    return True


def _aside(path: Path, data: bytes, mode: int) -> Path:
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return aside
