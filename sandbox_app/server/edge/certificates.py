"""A certificate authority of this installation alone, and leaves for the names it answers to.

The authority's certificate carries critical name constraints: whoever trusts it trusts nothing
but localhost, loopback addresses and the names given. Its key is readable by its owner alone.
"""

import contextlib
import ipaddress
import os
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CA_LIFETIME = timedelta(days=3650)
_LEAF_LIFETIME = timedelta(days=397)
_RENEW_BEFORE = timedelta(days=30)
_SKEW = timedelta(days=1)
_MOST_LEAVES = 500


@dataclass(frozen=True, slots=True)
class Authority:
    """The certificate authority: where its certificate lies, and what signs with it."""

    pem: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def ensure_authority(folder: Path, names: Sequence[str], now: datetime) -> Authority:
    """The authority in `folder`, made when there is none that serves `names` any longer.

    A name outside the constraints of the present one needs a new authority, which then has to
    be trusted anew.

    Args:
        names: host names and addresses answered besides localhost and loopback.
        now: timezone-aware.
    """
    pem, key_file = folder / "ca.pem", folder / "ca-key.pem"
    with contextlib.suppress(FileNotFoundError, ValueError):
        certificate = x509.load_pem_x509_certificate(pem.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), password=None)
        fresh = certificate.not_valid_after_utc - now > _RENEW_BEFORE
        if fresh and isinstance(key, ec.EllipticCurvePrivateKey) and _covers(certificate, names):
            return Authority(pem, certificate, key)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _authority_certificate(key, names, now)
    _write(key_file, _pem(key))
    _write(pem, certificate.public_bytes(serialization.Encoding.PEM))
    return Authority(pem, certificate, key)


class TlsNames:
    """TLS contexts by server name, each with a leaf of its own.

    Wildcards do not reach two labels deep (`demo.auth.localhost`) and browsers refuse them right
    below `localhost`; so a leaf is made when its name is first asked for, and kept in memory.
    """

    def __init__(
        self, authority: Authority, names: Sequence[str], now: Callable[[], datetime], folder: Path
    ) -> None:
        self._authority = authority
        self._now = now
        self._folder = folder
        self._names = tuple(dict.fromkeys(("localhost", "127.0.0.1", "::1", *names)))
        self._leaves: dict[str, tuple[ssl.SSLContext, datetime]] = {}

    def context(self) -> ssl.SSLContext:
        """The context that listeners use; it hands over to the leaf of the name asked for."""
        base = self._fresh("localhost")
        base.sni_callback = self._choose
        return base

    def _choose(
        self, connection: ssl.SSLObject | ssl.SSLSocket, name: str | None, _: ssl.SSLContext
    ) -> None:
        asked = (name or "localhost").lower()
        if asked != "localhost" and not asked.endswith(".localhost"):
            asked = "localhost"
        connection.context = self._leaf(asked)

    def _leaf(self, name: str) -> ssl.SSLContext:
        found = self._leaves.get(name)
        if found is not None and found[1] - self._now() > _RENEW_BEFORE:
            return found[0]
        if len(self._leaves) >= _MOST_LEAVES:
            self._leaves.clear()
        return self._fresh(name)

    def _fresh(self, name: str) -> ssl.SSLContext:
        now = self._now()
        key = ec.generate_private_key(ec.SECP256R1())
        names = (*self._names, name) if name not in self._names else self._names
        certificate = _leaf_certificate(self._authority, key, names, now)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        _load(context, certificate, key, self._folder)
        self._leaves[name] = (context, certificate.not_valid_after_utc)
        return context


def _authority_certificate(
    key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: datetime
) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Userpool Sandbox"),
            x509.NameAttribute(
                NameOID.COMMON_NAME, "Userpool Sandbox local CA, for localhost only"
            ),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(now + _CA_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
        .sign(key, hashes.SHA256())
    )


def _leaf_certificate(
    authority: Authority, key: ec.EllipticCurvePrivateKey, names: Sequence[str], now: datetime
) -> x509.Certificate:
    common = x509.NameAttribute(NameOID.COMMON_NAME, "Userpool Sandbox on this machine")
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([common]))
        .issuer_name(authority.certificate.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SKEW)
        .not_valid_after(min(now + _LEAF_LIFETIME, authority.certificate.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()),
            critical=False,
        )
        .sign(authority.key, hashes.SHA256())
    )


def _permitted(names: Sequence[str]) -> list[x509.GeneralName]:
    own: list[x509.GeneralName] = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")),
        x509.IPAddress(ipaddress.ip_network("::1/128")),
    ]
    return [*own, *map(_constraint, names)]


def _constraint(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _covers(certificate: x509.Certificate, names: Sequence[str]) -> bool:
    constraints = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = constraints.permitted_subtrees or []
    return all(_constraint(name) in permitted for name in names)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _load(
    context: ssl.SSLContext,
    certificate: x509.Certificate,
    key: ec.EllipticCurvePrivateKey,
    folder: Path,
) -> None:
    """Python's ssl reads keys from files only, so the leaf lies in one for a moment."""
    pem = certificate.public_bytes(serialization.Encoding.PEM) + _pem(key)
    file = folder / f".leaf-{os.getpid()}-{id(context):x}.pem"
    try:
        _write(file, pem)
        context.load_cert_chain(file)
    finally:
        file.unlink(missing_ok=True)


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, data: bytes) -> None:
    """Write atomically, readable by the owner alone from the first byte."""
    aside = path.with_name(f"{path.name}.{os.getpid()}.new")
    aside.unlink(missing_ok=True)
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    os.replace(aside, path)
