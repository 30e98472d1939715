"""What our certificates say: an authority for this machine alone, and leaves below it."""

import ipaddress
from collections.abc import Iterable
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from sandbox_app.domain.conditions.faults import BadCertificate

LEAF_LIFETIME = timedelta(days=397)
"""The longest that browsers accept of a server's certificate."""

_CA_LIFETIME = timedelta(days=3650)
_SKEW = timedelta(days=1)
_ANOTHER_NAME = "another-server.localhost"
"""Within what our authorities may vouch for, so that only the name is wrong."""

_SERVERS_ONLY = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])

THIS_MACHINE: tuple[x509.GeneralName, ...] = (
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_network("127.0.0.0/8")),
    x509.IPAddress(ipaddress.ip_network("::1/128")),
)
"""What every authority may vouch for; a DNS name includes all names below it."""


def authority_certificate(
    key: ec.EllipticCurvePrivateKey, vouched: Iterable[x509.GeneralName], now: datetime
) -> x509.Certificate:
    """A self-signed authority that can vouch for `vouched` and nothing else.

    Source: RFC 5280 section 4.2.1.10; critical, so that who cannot check it refuses it.
    """
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
        # Names of other kinds (mail, code) are not constrained by that, so their use is.
        .add_extension(x509.NameConstraints(list(dict.fromkeys(vouched)), None), critical=True)
        .add_extension(_SERVERS_ONLY, critical=False)
        .sign(key, hashes.SHA256())
    )


def leaf_certificate(
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    names: Iterable[str],
    now: datetime,
) -> x509.Certificate:
    """A server's certificate for `names`, signed by the authority."""
    begins = now - _SKEW
    common = x509.NameAttribute(NameOID.COMMON_NAME, "Userpool Sandbox on this machine")
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([common]))
        .issuer_name(authority.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LEAF_LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(_SERVERS_ONLY, critical=False)
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
            critical=False,
        )
        .sign(authority_key, hashes.SHA256())
    )


def bad_certificate(
    defect: BadCertificate,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    key: ec.EllipticCurvePrivateKey,
    names: Iterable[str],
    now: datetime,
) -> x509.Certificate:
    """A server's certificate with one thing wrong with it, and everything else right."""
    match defect:
        case BadCertificate.EXPIRED:
            now -= LEAF_LIFETIME
        case BadCertificate.WRONG_NAME:
            names = (_ANOTHER_NAME,)
        case BadCertificate.UNTRUSTED:
            authority_key = ec.generate_private_key(ec.SECP256R1())
            authority = authority_certificate(authority_key, THIS_MACHINE, now)
    return leaf_certificate(authority, authority_key, key, names, now)


def permitted(certificate: x509.Certificate) -> tuple[x509.GeneralName, ...]:
    """What an authority of ours can vouch for."""
    constraints = certificate.extensions.get_extension_for_class(x509.NameConstraints).value
    return tuple(constraints.permitted_subtrees or ())


def constraint(name: str) -> x509.GeneralName:
    """A host name or address as name constraints write it."""
    try:
        return x509.IPAddress(ipaddress.ip_network(name))
    except ValueError:
        return x509.DNSName(name)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


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


def covers(authority: x509.Certificate, name: x509.GeneralName) -> bool:
    """Whether an authority can vouch for a name, given as a constraint."""
    return any(_within(name, allowed) for allowed in permitted(authority))


def _within(name: x509.GeneralName, allowed: x509.GeneralName) -> bool:
    if isinstance(name, x509.DNSName) and isinstance(allowed, x509.DNSName):
        return name.value == allowed.value or name.value.endswith(f".{allowed.value}")
    if isinstance(name, x509.IPAddress) and isinstance(allowed, x509.IPAddress):
        return _network(name).overlaps(_network(allowed))
    return False


def _network(name: x509.IPAddress) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    return ipaddress.ip_network(str(name.value))
