"""The certificate authority, and which stores of this machine trust it."""

import base64
import importlib.util
import re
import shlex
import ssl
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sandbox_app.app.doctor.finding import Ask, Finding, ask, broken, fine, warning
from sandbox_app.server.edge.examining import examine

_SYSTEM_BUNDLES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
_PEM = re.compile(r"-----BEGIN CERTIFICATE-----(.+?)-----END CERTIFICATE-----", re.DOTALL)
_SOON = timedelta(days=60)


def authority(folder: Path, names: Sequence[str], now: datetime) -> Finding:
    """Whether there is an authority, for these names and for long enough, with a private key."""
    check, pem = "certificate authority", folder / "ca.pem"
    anew = "Start the sandbox, which makes a new one, and trust that."
    if not pem.exists():
        return warning(check, "there is none yet", "It is made at the first start over HTTPS.")
    try:
        found = examine(pem, names)
    except (OSError, ValueError):
        return broken(check, f"{pem} cannot be read as a certificate", f"Delete it. {anew}")
    key = folder / "ca-key.pem"
    if not key.exists():
        return warning(check, f"its key {key} is gone", anew)
    if stat.S_IMODE(key.stat().st_mode) & 0o077:
        return warning(
            check, f"others may read its key {key}", f"chmod 600 {shlex.quote(str(key))}"
        )
    if found.not_before > now:
        return broken(check, f"{pem} is not valid yet", "Set this machine's clock.")
    if found.not_after < now + _SOON:
        return warning(check, f"{pem} ends on {found.not_after:%Y-%m-%d}", anew)
    if found.outside:
        return warning(check, f"it cannot vouch for {', '.join(found.outside)}", anew)
    return fine(check, f"{pem}, until {found.not_after:%Y-%m-%d}")


def stores(
    pem: Path, environ: Mapping[str, str], home: Path, run: Ask = ask, platform: str = "linux"
) -> list[Finding]:
    """One finding per store; none while there is no authority to trust."""
    try:
        ours = _certificates(pem.read_text(encoding="ascii", errors="replace"))
    except OSError:
        return []
    if not ours:
        return []
    (der, *_), file = ours, shlex.quote(str(pem))
    trusts: list[Callable[[], Finding]] = [
        lambda: system_bundle(der, file, platform=platform),
        lambda: chromium(der, file, home, run),
        lambda: python_ssl(der, file),
        lambda: python_certifi(der, file, environ),
        lambda: node(der, file, environ, run),
        lambda: java(der, file, run),
    ]
    return [look() for look in trusts]


def system_bundle(
    der: bytes, file: str, bundles: Iterable[str] = _SYSTEM_BUNDLES, platform: str = "linux"
) -> Finding:
    """What curl, Go, git and most programs in C trust."""
    check = "trust of this system"
    found = next((path for name in bundles if (path := Path(name)).exists()), None)
    if not platform.startswith("linux") or found is None:
        return _cannot_tell(check, "it keeps no bundle of certificates where one is looked for")
    if _holds(found, der):
        return fine(check, f"trusted: it is in {found}")
    if "pki" in found.parts:
        return _untrusted(check, f"it is not in {found}", f"sudo trust anchor {file}")
    return _untrusted(
        check,
        f"it is not in {found}",
        f"sudo cp {file} /usr/local/share/ca-certificates/userpool-sandbox.crt && "
        "sudo update-ca-certificates",
    )


def chromium(der: bytes, file: str, home: Path, run: Ask = ask) -> Finding:
    """The NSS database of Chromium, Chrome and Edge on Linux."""
    check, folder = "trust of Chromium", home / ".pki" / "nssdb"
    database = f"sql:{folder}"
    add = f"certutil -d {shlex.quote(database)} -A -t C,, -n userpool-sandbox -i {file}"
    if not (folder / "cert9.db").exists():
        made = f"mkdir -p {shlex.quote(str(folder))} && certutil -d {shlex.quote(database)}"
        return _untrusted(check, f"there is no {folder}", f"{made} -N --empty-password && {add}")
    listed = run(("certutil", "-d", database, "-L"))
    if listed is None:
        return _cannot_tell(check, "certutil cannot be asked; it is in the package libnss3-tools")
    for name, flags in re.findall(r"^(.+?)\s+(\S*,\S*,\S*)\s*$", listed, re.MULTILINE):
        shown = run(("certutil", "-d", database, "-L", "-a", "-n", name)) or ""
        if der in _certificates(shown):
            if "C" in flags.partition(",")[0]:
                return fine(check, f"trusted: it is in {folder}")
            return _untrusted(check, f"it is in {folder} without trust for websites", add)
    return _untrusted(check, f"it is not in {folder}", add)


def python_ssl(der: bytes, file: str, paths: ssl.DefaultVerifyPaths | None = None) -> Finding:
    """What Python's own `ssl` takes, and httpx and aiohttp with it; SSL_CERT_FILE included."""
    check, paths = "trust of Python ssl", paths or ssl.get_default_verify_paths()
    places = [Path(place) for place in (paths.cafile, paths.capath) if place]
    for place in places:
        files = place.glob("*.[0-9]") if place.is_dir() else [place]
        if any(_holds(each, der) for each in files):
            return fine(check, f"trusted: it is in {place}")
    where = " or ".join(map(str, places)) or "any place it looks at"
    return _untrusted(check, f"it is not in {where}", f"export SSL_CERT_FILE={file}")


def python_certifi(
    der: bytes, file: str, environ: Mapping[str, str], bundle: Path | None = None
) -> Finding:
    """What Python's requests takes: a file named in the environment, else certifi's own.

    Args:
        bundle: certifi's, that of this Python if it has one.
    """
    check = "trust of Python requests"
    named = environ.get("REQUESTS_CA_BUNDLE") or environ.get("CURL_CA_BUNDLE")
    place = Path(named) if named else bundle or _certifi_bundle()
    if place is None:
        return _cannot_tell(check, "certifi is not installed beside this program")
    if _holds(place, der):
        return fine(check, f"trusted: it is in {place}")
    return _untrusted(check, f"it is not in {place}", f"export REQUESTS_CA_BUNDLE={file}")


def node(der: bytes, file: str, environ: Mapping[str, str], run: Ask = ask) -> Finding:
    """Node.js, which trusts a file named in its environment besides its own."""
    check, named = "trust of Node.js", environ.get("NODE_EXTRA_CA_CERTS")
    if named and _holds(Path(named), der):
        return fine(check, f"trusted: NODE_EXTRA_CA_CERTS is {named}")
    if run(("node", "--version")) is None:
        return fine(check, "there is no Node.js here")
    says = f"it is not in {named}" if named else "NODE_EXTRA_CA_CERTS is not set here"
    return _untrusted(check, says, f"export NODE_EXTRA_CA_CERTS={file}")


def java(der: bytes, file: str, run: Ask = ask) -> Finding:
    """The `cacerts` of the Java that is found first."""
    check = "trust of Java"
    if run(("keytool", "-help")) is None:
        return fine(check, "there is no Java here")
    listed = run(("keytool", "-list", "-rfc", "-cacerts", "-storepass", "changeit"))
    if listed is None:
        return _cannot_tell(check, "keytool cannot read cacerts")
    if der in _certificates(listed):
        return fine(check, "trusted: it is in cacerts")
    return _untrusted(
        check,
        "it is not in cacerts",
        f"sudo keytool -importcert -noprompt -alias userpool-sandbox -file {file} "
        "-cacerts -storepass changeit",
    )


def _untrusted(check: str, says: str, command: str) -> Finding:
    return warning(check, f"not trusted: {says}", command)


def _cannot_tell(check: str, says: str) -> Finding:
    return warning(
        check, f"cannot tell: {says}", "userpool-sandbox ca lists every way to trust it."
    )


def _certifi_bundle() -> Path | None:
    spec = importlib.util.find_spec("certifi")
    folders = spec.submodule_search_locations if spec is not None else None
    return Path(folders[0]) / "cacert.pem" if folders else None


def _holds(bundle: Path, der: bytes) -> bool:
    try:
        return der in _certificates(bundle.read_text(encoding="ascii", errors="replace"))
    except OSError:
        return False


def _certificates(text: str) -> list[bytes]:
    """The certificates of a text in PEM, in order; what is damaged is passed over."""
    found = []
    for block in _PEM.findall(text):
        try:
            found.append(base64.b64decode(block))
        except ValueError:
            continue
    return found
