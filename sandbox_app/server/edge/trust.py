"""How to trust the certificate authority, per system, browser and runtime."""

from pathlib import Path


def instructions(pem: Path) -> str:
    """What `userpool-sandbox ca` prints; the commands not tried by us say so."""
    return f"""\
The certificate authority of this installation:

  {pem}

It can vouch for localhost, loopback addresses and the names you gave, for nothing else.

Systems
  Debian, Ubuntu   sudo cp {pem} /usr/local/share/ca-certificates/userpool-sandbox.crt
                   sudo update-ca-certificates
  Fedora           sudo trust anchor {pem}                                (not tried)
  macOS            security add-trusted-cert -k ~/Library/Keychains/login.keychain-db \\
                   {pem}                                                  (not tried)
  Windows          certutil -user -addstore Root {pem}                    (not tried)

Browsers
  Chromium, Chrome on Linux
                   certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n "Userpool Sandbox" -i {pem}
  Firefox          Settings, Certificates, View Certificates, Authorities, Import
                                                                          (not tried)

Runtimes
  Node.js          NODE_EXTRA_CA_CERTS={pem}
  Python requests  REQUESTS_CA_BUNDLE={pem}
  Python ssl       SSL_CERT_FILE={pem}
  curl             curl --cacert {pem} https://localhost:9443/…
  Go               SSL_CERT_FILE={pem}                                    (not tried)
  Java             keytool -importcert -noprompt -alias userpool-sandbox -file {pem} \\
                   -keystore truststore.p12 -storepass changeit           (not tried)
  .NET on Linux    SSL_CERT_FILE={pem}                                    (not tried)

Or use http://localhost: browsers and OAuth libraries allow it for loopback.
"""
