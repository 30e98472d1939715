"""Pools and what belongs to them: clients, domains, resource servers and groups."""

from collections.abc import Callable

from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.pools import Group, ResourceServer, UserPool, UserPoolDomain
from sandbox_app.store.deleted_pools import DeletedPools
from sandbox_app.store.documents import Documents
from sandbox_app.store.models import Models


class Pools(Documents[str, UserPool]):
    """User pools, in order of creation.

    `removed` is told of a pool that is gone, so that whoever remembers parts of it forgets them.
    """

    def __init__(
        self, models: Models, deleted: DeletedPools, removed: Callable[[str], None]
    ) -> None:
        super().__init__(
            models.user_pool,
            UserPool,
            key=lambda pool: pool.id,
            pool=lambda pool: pool.id,
            columns=lambda pool: {"id": pool.id},
            unique=("id",),
            deleted=deleted,
            pool_column="id",
        )
        self._on_removed = removed

    def get(self, pool_id: str) -> UserPool | None:
        """The pool of that id."""
        return self._found(pool_id)

    def all(self) -> tuple[UserPool, ...]:
        """Every pool, in order of creation."""
        return self._every()

    def remove(self, pool_id: str) -> None:
        """Take the pool away, with its clients, users, groups, keys, sessions and tokens.

        It is only marked, so that it can come back: a pool may have 100,000 users. The file lets
        go of it when the workspace is opened the next time, or when its id is taken again.
        """
        self._deleted.mark(pool_id)
        self._forget(pool_id)
        self._on_removed(pool_id)


class Clients(Documents[str, UserPoolClient]):
    """App clients; a client id is unique over all pools."""

    def __init__(self, models: Models, deleted: DeletedPools) -> None:
        super().__init__(
            models.client,
            UserPoolClient,
            key=lambda client: client.client_id,
            pool=lambda client: client.user_pool_id,
            columns=lambda client: {
                "id": client.client_id,
                "user_pool_id": client.user_pool_id,
            },
            unique=("id",),
            deleted=deleted,
        )

    def get(self, client_id: str) -> UserPoolClient | None:
        """The client of that id, whatever its pool."""
        return self._found(client_id)

    def of_pool(self, pool_id: str) -> tuple[UserPoolClient, ...]:
        """The pool's clients, in order of creation."""
        return self._in_pool(pool_id)

    def remove(self, client_id: str) -> None:
        """Take the client away; codes and refresh tokens it was given stay until they expire."""
        self._removed(client_id, client_id)


class Domains(Documents[str, UserPoolDomain]):
    """Prefix domains; a name is unique over all pools."""

    def __init__(self, models: Models, deleted: DeletedPools) -> None:
        super().__init__(
            models.domain,
            UserPoolDomain,
            key=lambda domain: domain.domain,
            pool=lambda domain: domain.user_pool_id,
            columns=lambda domain: {
                "domain": domain.domain,
                "user_pool_id": domain.user_pool_id,
            },
            unique=("domain",),
            deleted=deleted,
        )

    def get(self, domain: str) -> UserPoolDomain | None:
        """The domain of that name, whatever its pool."""
        return self._found(domain)

    def of_pool(self, pool_id: str) -> UserPoolDomain | None:
        """The pool's domain, the eldest should there be several."""
        return next(iter(self._in_pool(pool_id)), None)

    def remove(self, domain: str) -> None:
        """Take the domain away from its pool."""
        self._removed(domain, domain)


class ResourceServers(Documents[tuple[str, str], ResourceServer]):
    """Resource servers; an identifier is unique within its pool."""

    def __init__(self, models: Models, deleted: DeletedPools) -> None:
        super().__init__(
            models.resource_server,
            ResourceServer,
            key=lambda server: (server.user_pool_id, server.identifier),
            pool=lambda server: server.user_pool_id,
            columns=lambda server: {
                "user_pool_id": server.user_pool_id,
                "identifier": server.identifier,
            },
            unique=("user_pool_id", "identifier"),
            deleted=deleted,
        )

    def get(self, pool_id: str, identifier: str) -> ResourceServer | None:
        """The pool's resource server of that identifier."""
        return self._found((pool_id, identifier))

    def of_pool(self, pool_id: str) -> tuple[ResourceServer, ...]:
        """The pool's resource servers, in order of creation."""
        return self._in_pool(pool_id)

    def remove(self, pool_id: str, identifier: str) -> None:
        """Take the resource server away, and with it its scopes."""
        self._removed((pool_id, identifier), pool_id, identifier)


class Groups(Documents[tuple[str, str], Group]):
    """Groups; a name is unique within its pool."""

    def __init__(self, models: Models, deleted: DeletedPools) -> None:
        super().__init__(
            models.group,
            Group,
            key=lambda group: (group.user_pool_id, group.group_name),
            pool=lambda group: group.user_pool_id,
            columns=lambda group: {
                "user_pool_id": group.user_pool_id,
                "group_name": group.group_name,
            },
            unique=("user_pool_id", "group_name"),
            deleted=deleted,
        )

    def get(self, pool_id: str, name: str) -> Group | None:
        """The pool's group of that name."""
        return self._found((pool_id, name))

    def of_pool(self, pool_id: str) -> tuple[Group, ...]:
        """The pool's groups, in order of creation."""
        return self._in_pool(pool_id)

    def remove(self, pool_id: str, name: str) -> None:
        """Take the group away; its members stay users of the pool."""
        self._removed((pool_id, name), pool_id, name)
