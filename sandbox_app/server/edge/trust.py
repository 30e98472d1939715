"""How to trust the certificate authority, per system, browser and runtime."""

import shlex
from pathlib import Path


def instructions(pem: Path) -> str:
    """What `userpool-sandbox ca` prints; commands that nobody has run for us say so."""
    file = shlex.quote(str(pem))
    windows = f'"{pem}"'
    return f"""\
The certificate authority of this installation:

  {pem}

It can vouch for servers on localhost, on loopback addresses and under the names you gave with
--name, for nothing else. Its key never leaves the folder. A new --name makes a new authority,
which has to be trusted anew. Where this file is named for a variable, the program trusts it
instead of the usual authorities, except for Node.js, which trusts both.

Systems
  Debian, Ubuntu   sudo cp {file} /usr/local/share/ca-certificates/userpool-sandbox.crt
                   sudo update-ca-certificates
                   (not tried)
  Fedora           sudo trust anchor {file}
                   (not tried)
  macOS            security add-trusted-cert -r trustRoot \\
                     -k ~/Library/Keychains/login.keychain-db {file}
                   (not tried; Safari and Chrome follow it)
  Windows          certutil -user -addstore Root {windows}
                   (not tried; Edge and Chrome follow it)

Browsers
  Chromium, Chrome and Edge on Linux (certutil is in the package libnss3-tools)
                   mkdir -p ~/.pki/nssdb
                   certutil -d sql:$HOME/.pki/nssdb -L > /dev/null 2>&1 || \\
                     certutil -d sql:$HOME/.pki/nssdb -N --empty-password
                   certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n userpool-sandbox -i {file}
                   Browsers from Snap or Flatpak keep a store of their own (not tried).
  Firefox          Settings, Privacy & Security, View Certificates, Authorities, Import
                   (not tried)

Runtimes
  Node.js          export NODE_EXTRA_CA_CERTS={file}
  Python requests  export REQUESTS_CA_BUNDLE={file}
  Python ssl       export SSL_CERT_FILE={file}
  curl             curl --cacert {file} https://localhost:9443/_sandbox/health
  Go on Linux      export SSL_CERT_FILE={file}
  Java             keytool -importcert -noprompt -alias userpool-sandbox -file {file} \\
                     -keystore userpool-sandbox.p12 -storepass changeit
                   java -Djavax.net.ssl.trustStore=userpool-sandbox.p12 \\
                     -Djavax.net.ssl.trustStorePassword=changeit ...
  .NET on Linux    export SSL_CERT_FILE={file}
                   (not tried)

Or do without: browsers and OAuth libraries accept http://localhost.
"""
