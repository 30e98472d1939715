"""An authority that can vouch for this machine alone, and leaves that browsers accept."""

import asyncio
import socket
import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from sandbox_app.domain.clock import ManualClock
from sandbox_app.server.edge import certificates
from sandbox_app.server.edge.certificates import Authority, TlsNames, ensure_authority
from sandbox_app.server.edge.issuing import authority_certificate, leaf_certificate, permitted

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def constraints(authority: Authority) -> list[str]:
    return [str(name.value) for name in permitted(authority.certificate)]


def handshake(
    server: ssl.SSLContext, name: str | None, ca: Path, version: ssl.TLSVersion | None = None
) -> x509.Certificate:
    """A TLS handshake in memory, the client verifying; the server's certificate."""
    trusting = ssl.create_default_context(cafile=str(ca))
    # The test's clock differs from the machine's: dates are looked at apart.
    trusting.verify_flags |= ssl.VerifyFlags(0x200000)
    trusting.check_hostname = name is not None
    if version is not None:
        trusting.minimum_version = trusting.maximum_version = version
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = trusting.wrap_bio(to_client, to_server, server_hostname=name)
    served = server.wrap_bio(to_server, to_client, server_side=True)
    for _ in range(5):
        for side in (client, served):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    der = client.getpeercert(binary_form=True)
    assert der is not None
    return x509.load_der_x509_certificate(der)


def sans(certificate: x509.Certificate) -> list[str]:
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


def tls(folder: Path, *names: str, clock: ManualClock | None = None) -> ssl.SSLContext:
    authority = ensure_authority(folder, names, NOW)
    return TlsNames(authority, names, (clock or ManualClock(NOW)).now, folder).context()


def test_the_authority_can_vouch_for_this_machine_and_the_names_alone(tmp_path: Path) -> None:
    authority = ensure_authority(tmp_path, ["Sandbox.Test", "192.168.1.5"], NOW)

    extensions = authority.certificate.extensions
    assert extensions.get_extension_for_class(x509.NameConstraints).critical
    basic = extensions.get_extension_for_class(x509.BasicConstraints)
    assert (basic.critical, basic.value.ca, basic.value.path_length) == (True, True, 0)
    assert constraints(authority) == [
        "localhost",
        "127.0.0.0/8",
        "::1/128",
        "sandbox.test",
        "192.168.1.5/32",
    ]
    assert isinstance(authority.certificate.public_key(), ec.EllipticCurvePublicKey)
    assert authority.key.curve.name == "secp256r1"
    assert authority.created


def test_its_key_is_for_its_owner_alone_and_its_certificate_for_everyone(tmp_path: Path) -> None:
    authority = ensure_authority(tmp_path / "new" / "tls", [], NOW)

    folder = authority.pem.parent
    assert stat.S_IMODE((folder / "ca-key.pem").stat().st_mode) == 0o600
    assert stat.S_IMODE(authority.pem.stat().st_mode) == 0o644
    assert b"PRIVATE" not in authority.pem.read_bytes()
    assert sorted(file.name for file in folder.iterdir()) == ["ca-key.pem", "ca.pem"]


def test_it_stays_the_same_as_long_as_it_serves(tmp_path: Path) -> None:
    first = ensure_authority(tmp_path, ["sandbox.test"], NOW)

    for names in ([], ["sandbox.test"], ["api.sandbox.test", "x.localhost", "127.9.9.9", "::1"]):
        again = ensure_authority(tmp_path, names, NOW + timedelta(days=1000))
        assert again.certificate == first.certificate
        assert not again.created


def test_a_name_outside_makes_a_new_one_that_keeps_the_old_names(tmp_path: Path) -> None:
    first = ensure_authority(tmp_path, ["one.test"], NOW)
    second = ensure_authority(tmp_path, ["two.test"], NOW)

    assert second.created
    assert second.certificate != first.certificate
    assert constraints(second)[-2:] == ["one.test", "two.test"]
    assert x509.load_pem_x509_certificate(second.pem.read_bytes()) == second.certificate
    # So two sandboxes with different names do not take the folder from each other.
    assert not ensure_authority(tmp_path, ["one.test"], NOW).created


def test_a_name_that_merely_ends_alike_is_outside(tmp_path: Path) -> None:
    ensure_authority(tmp_path, ["sandbox.test"], NOW)

    assert ensure_authority(tmp_path, ["evilsandbox.test"], NOW).created


def test_it_is_renewed_before_a_leaf_would_outlive_it(tmp_path: Path) -> None:
    ensure_authority(tmp_path, [], NOW)

    assert not ensure_authority(tmp_path, [], NOW + timedelta(days=3650 - 428)).created
    assert ensure_authority(tmp_path, [], NOW + timedelta(days=3650 - 426)).created


@pytest.mark.parametrize("damage", [b"", b"not PEM", b"-----BEGIN CERTIFICATE-----\nAAAA\n"])
def test_a_damaged_authority_is_replaced(tmp_path: Path, damage: bytes) -> None:
    ensure_authority(tmp_path, [], NOW)
    (tmp_path / "ca-key.pem").write_bytes(damage)

    assert ensure_authority(tmp_path, [], NOW).created


def test_a_lost_certificate_is_written_again_from_the_keys_file(tmp_path: Path) -> None:
    authority = ensure_authority(tmp_path, [], NOW)
    authority.pem.unlink()

    again = ensure_authority(tmp_path, [], NOW)

    assert not again.created
    assert x509.load_pem_x509_certificate(again.pem.read_bytes()) == authority.certificate


def test_of_two_first_starts_at_once_the_second_takes_the_firsts(
    tmp_path: Path, monkeypatch
) -> None:
    real, made = certificates._claim, []

    def overtaken(path: Path, data: bytes) -> bool:
        monkeypatch.setattr(certificates, "_claim", real)
        made.append(ensure_authority(tmp_path, [], NOW))
        return real(path, data)

    monkeypatch.setattr(certificates, "_claim", overtaken)
    mine = ensure_authority(tmp_path, [], NOW)

    assert mine.certificate == made[0].certificate
    assert (made[0].created, mine.created) == (True, False)


def test_a_name_that_is_none_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a host name"):
        ensure_authority(tmp_path, ["a b"], NOW)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["localhost", "127.0.0.1", "::1", "demo.auth.localhost", "x.localhost", "a.b.c.d.localhost"],
)
def test_each_of_our_names_verifies(tmp_path: Path, name: str) -> None:
    context = tls(tmp_path)

    assert name in sans(handshake(context, name, tmp_path / "ca.pem"))


def test_names_given_verify_too(tmp_path: Path) -> None:
    context = tls(tmp_path, "sandbox.test", "192.168.1.5")

    for name in ("sandbox.test", "192.168.1.5", "localhost"):
        assert name in sans(handshake(context, name, tmp_path / "ca.pem"))


def test_a_client_that_names_no_server_gets_the_leaf_of_all_names(tmp_path: Path) -> None:
    certificate = handshake(tls(tmp_path, "sandbox.test"), None, tmp_path / "ca.pem")

    assert sans(certificate) == ["localhost", "127.0.0.1", "::1", "sandbox.test"]


@pytest.mark.parametrize("name", ["evil.example", "localhost.evil.example", "sandbox.test"])
def test_a_strange_name_does_not_verify(tmp_path: Path, name: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(tls(tmp_path), name, tmp_path / "ca.pem")


@pytest.mark.parametrize("name", ["bank.example", "10.0.0.1"])
def test_even_a_stolen_key_is_worth_nothing_elsewhere(tmp_path: Path, name: str) -> None:
    authority = ensure_authority(tmp_path, [], NOW)
    key = ec.generate_private_key(ec.SECP256R1())
    forged = leaf_certificate(authority.certificate, authority.key, key, [name], NOW)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificates._load(context, forged, key, tmp_path)

    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree violation"):
        handshake(context, name, tmp_path / "ca.pem")


def test_a_leaf_lives_no_longer_than_browsers_accept(tmp_path: Path) -> None:
    certificate = handshake(tls(tmp_path), "localhost", tmp_path / "ca.pem")

    lifetime = certificate.not_valid_after_utc - certificate.not_valid_before_utc
    assert lifetime == timedelta(days=397)
    assert certificate.not_valid_before_utc < NOW


@pytest.mark.parametrize("name", ["localhost", "demo.auth.localhost", "127.0.0.1"])
def test_a_leaf_is_renewed_while_running(tmp_path: Path, name: str) -> None:
    clock = ManualClock(NOW)
    context, ca = tls(tmp_path, clock=clock), tmp_path / "ca.pem"
    first = handshake(context, name, ca)
    assert handshake(context, name, ca) == first

    clock.advance(timedelta(days=397 - 32))
    assert handshake(context, name, ca) == first
    clock.advance(timedelta(days=2))
    assert handshake(context, name, ca).not_valid_after_utc > first.not_valid_after_utc


def test_many_names_do_not_fill_the_memory_nor_the_folder(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(certificates, "_MOST_LEAVES", 5)
    authority = ensure_authority(tmp_path, [], NOW)
    names = TlsNames(authority, [], ManualClock(NOW).now, tmp_path)
    context = names.context()
    for number in range(20):
        handshake(context, f"n{number}.localhost", tmp_path / "ca.pem")

    assert len(names._leaves) == 5
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ca-key.pem", "ca.pem"]


def test_without_its_folder_it_goes_on_with_the_leaf_it_has(tmp_path: Path, caplog) -> None:
    context = tls(tmp_path / "tls")
    ca = tmp_path / "ca.pem"
    (tmp_path / "tls" / "ca.pem").rename(ca)
    (tmp_path / "tls" / "ca-key.pem").unlink()
    (tmp_path / "tls").rmdir()

    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(context, "new.localhost", ca)
    assert "no certificate could be made for 'new.localhost'" in caplog.text
    assert "localhost" in sans(handshake(context, "localhost", ca))


def test_tls_1_2_and_1_3_are_spoken_and_nothing_older(tmp_path: Path) -> None:
    context, ca = tls(tmp_path), tmp_path / "ca.pem"

    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        handshake(context, "localhost", ca, version)
    assert context.minimum_version == ssl.TLSVersion.TLSv1_2


def test_a_name_given_twice_is_written_once() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    vouched = [x509.DNSName("localhost"), x509.DNSName("localhost")]
    certificate = authority_certificate(key, vouched, NOW)

    assert permitted(certificate) == (x509.DNSName("localhost"),)


async def test_https_verifies_on_both_families_and_beside_http(serve_edge, tmp_path: Path) -> None:
    async def ok(request: web.BaseRequest) -> web.Response:
        return web.Response(text="ok")

    real_now = datetime.now(UTC)
    authority = ensure_authority(tmp_path, [], real_now)
    names = TlsNames(authority, [], ManualClock(real_now).now, tmp_path)
    edge = await serve_edge(ok, tls=names.context())
    trusting = ssl.create_default_context(cafile=str(authority.pem))

    for family in (socket.AF_INET, socket.AF_INET6):
        address = "127.0.0.1" if family == socket.AF_INET else "::1"
        for name in ("localhost", "demo.auth.localhost", address):
            reader, writer = await asyncio.open_connection(
                address, edge.bound.https_port, ssl=trusting, server_hostname=name
            )
            writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            assert (await reader.read()).endswith(b"ok")
            writer.close()
    assert (await edge.say(b"GET / HTTP/1.0\r\n\r\n")).endswith(b"ok")


async def test_plain_http_on_the_https_port_harms_nobody(serve_edge, tmp_path: Path) -> None:
    async def ok(request: web.BaseRequest) -> web.Response:
        return web.Response(text="ok")

    edge = await serve_edge(ok, tls=tls(tmp_path))
    reader, writer = await asyncio.open_connection("127.0.0.1", edge.bound.https_port)
    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert b"HTTP" not in await reader.read()
    writer.close()
    assert (await edge.say(b"GET / HTTP/1.0\r\n\r\n")).endswith(b"ok")
