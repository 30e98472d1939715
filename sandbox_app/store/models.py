"""The configuration tables as peewee models, made anew for every store."""

from dataclasses import dataclass
from typing import Any

from peewee import AutoField, Model, TextField

from sandbox_app.store.database import Database


@dataclass(frozen=True, slots=True)
class Models:
    """Model classes bound to one store's database; each row keeps its record as a document.

    They are `Any` because peewee's fields are known only to the classes made here.
    """

    user_pool: Any
    client: Any
    domain: Any
    resource_server: Any
    group: Any


def make_models(database: Database) -> Models:
    """Model classes for this database alone: binding at module level would be process-wide."""
    own = database.peewee

    class Document(Model):
        seq = AutoField()
        document = TextField()

        class Meta:
            database = own

    class PoolDocument(Document):
        user_pool_id = TextField()

    class UserPoolRow(Document):
        id = TextField()

        class Meta:
            table_name = "user_pool"

    class ClientRow(PoolDocument):
        id = TextField()

        class Meta:
            table_name = "user_pool_client"

    class DomainRow(PoolDocument):
        domain = TextField()

        class Meta:
            table_name = "user_pool_domain"

    class ResourceServerRow(PoolDocument):
        identifier = TextField()

        class Meta:
            table_name = "resource_server"

    class GroupRow(PoolDocument):
        group_name = TextField()

        class Meta:
            table_name = "user_group"

    return Models(UserPoolRow, ClientRow, DomainRow, ResourceServerRow, GroupRow)
