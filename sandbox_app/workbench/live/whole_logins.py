"""Logins that are kept whole although part of them has left the book, or was never in it."""

from sandbox_app.workbench.live.login import Login


class WholeLogins:
    """Counts of each such login how many of its exchanges are in the ring."""

    def __init__(self) -> None:
        self._in_ring: dict[int, int] = {}
        """By serial."""
        self._older: set[int] = set()
        """Those that somebody else shows, whether or not anything of them is in the ring."""

    def __contains__(self, login: Login) -> bool:
        return login.serial in self._in_ring

    def keep(self, login: Login, in_ring: int) -> None:
        """Keep a login of the ring whole from now on."""
        self._in_ring[login.serial] = in_ring

    def adopt(self, login: Login) -> None:
        """Keep a login that is older than the ring."""
        self.keep(login, 0)
        self._older.add(login.serial)

    def release(self, login: Login) -> bool:
        """Nobody else shows an older login any more; whether it stays, by what is in the ring."""
        self._older.discard(login.serial)
        if self._in_ring.get(login.serial):
            return True
        self._in_ring.pop(login.serial, None)
        return False

    def entered(self, login: Login) -> None:
        """An exchange came into the ring."""
        if login.serial in self._in_ring:
            self._in_ring[login.serial] += 1

    def fell_out(self, login: Login) -> None:
        """An exchange left the ring; the login stays as it is until nothing of it is there."""
        self._in_ring[login.serial] -= 1
        if not self._in_ring[login.serial] and login.serial not in self._older:
            del self._in_ring[login.serial]
            login.exchanges.clear()

    def clear(self) -> None:
        """Forget all of them."""
        self._in_ring.clear()
        self._older.clear()
