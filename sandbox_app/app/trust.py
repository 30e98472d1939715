"""`userpool-sandbox ca`: where the certificate authority lies and how to trust it."""

from sandbox_app.app.platform import certificates_folder
from sandbox_app.domain.clock import SystemClock
from sandbox_app.server.edge.certificates import ensure_authority
from sandbox_app.server.edge.trust import instructions


def run(names: tuple[str, ...]) -> int:
    """Print it; the authority is made if there is none yet."""
    authority = ensure_authority(certificates_folder(), names, SystemClock().now())
    print(instructions(authority.pem), end="")
    return 0
