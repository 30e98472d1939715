"""Whatever a person changes in the Pools place can be taken back whole and made again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox_app.gui.components import Switch
from sandbox_app.gui.components.url_entry import UrlEntry
from sandbox_app.gui.pools.place import PoolsPlace
from sandbox_app.operations.core import Core
from sandbox_app.workbench.editing.user_drafts import member_of
from tests.conftest import DEMO_POOL

WEB = "4web7n2p9c6d1h8j3k5m0rtvxz"
Write = Callable[..., None]


@dataclass(frozen=True)
class Hands:
    """What an act needs: the place, its data, and a way to type."""

    place: PoolsPlace
    core: Core
    write: Write

    def editor(self, section: str, key: str = "") -> Any:
        """The editor of a section, at a thing of it."""
        self.place.open(DEMO_POOL, section, key)
        return self.place.sections[section].editor

    def save(self, section: str, key: str, **typed: str) -> None:
        """Type into fields of a thing, or with an empty key of a new one, and press Save."""
        if key:
            editor = self.editor(section, key)
        else:
            self.place.create_in(section)
            editor = self.place.sections[section].editor
        for member, text in typed.items():
            self.write(editor, member, text)
        editor.check()
        editor.bar.save.click()

    def sub(self, name: str) -> str:
        """The key of a user."""
        return self.core.store.users.find(DEMO_POOL, name).sub

    def delete(self, section: str, key: str) -> None:
        """As the head's menu does it."""
        self.editor(section, key).delete_wanted.emit(key)

    def duplicate(self, section: str, key: str, **typed: str) -> None:
        """As the head's menu does it, under another name."""
        editor = self.editor(section, key)
        editor.duplicate_wanted.emit(key)
        for member, text in typed.items():
            self.write(editor, member, text)
        editor.check()
        editor.bar.save.click()

    def users(self) -> Any:
        """The users' section with all of them selected."""
        self.place.open(DEMO_POOL, "users")
        section = self.place.sections["users"]
        section.table.select_all()
        return section


def _save_user(hands: Hands, name: str, member: str, text: str) -> None:
    hands.save("users", hands.sub(name), **{member: text})


def _switch(editor: Any, member: str) -> Switch:
    return editor.form_of(member).row(member).findChild(Switch)


def _press(hands: Hands, section: str, key: str, box: Callable[[Any], Any]) -> None:
    editor = hands.editor(section, key)
    box(editor).click()
    editor.check()
    editor.bar.save.click()


def _new_pool(hands: Hands) -> None:
    hands.place.create_pool()
    editor = hands.place.sections["policy"].editor
    hands.write(editor, "PoolName", "staging")
    hands.write(editor, "UserPoolDomain.Domain", "staging")
    editor.check()
    editor.bar.save.click()


def _bulk(hands: Hands, button: str, **given: str) -> None:
    panel = hands.users().bulk
    for name, value in given.items():
        field = getattr(panel, name)
        (field.set_current if hasattr(field, "set_current") else field.setText)(value)
    panel.buttons[button].click()
    assert panel.report is not None
    assert panel.report.done


def _import(hands: Hands) -> None:
    hands.place.open(DEMO_POOL, "users")
    panel = hands.place.sections["users"].importing
    panel.read_text("username,email,email_verified\nzoe,zoe@example.com,true\n")
    panel.start.click()


ACTS: dict[str, Callable[[Hands], None]] = {
    # Pools.
    "a pool is renamed": lambda h: h.save("policy", DEMO_POOL, PoolName="other"),
    "a policy is changed": lambda h: h.save(
        "policy", DEMO_POOL, **{"Policies.PasswordPolicy.MinimumLength": "12"}
    ),
    "a domain is given up": lambda h: h.save("policy", DEMO_POOL, **{"UserPoolDomain.Domain": ""}),
    "a domain moves": lambda h: h.save(
        "policy", DEMO_POOL, **{"UserPoolDomain.Domain": "elsewhere"}
    ),
    "PKCE is advertised": lambda h: _press(
        h,
        "policy",
        DEMO_POOL,
        lambda e: _switch(e, "Sandbox.AdvertisePkce"),
    ),
    "a pool is made": _new_pool,
    "a pool is copied": lambda h: h.editor("policy").duplicate_wanted.emit(DEMO_POOL),
    "a pool is deleted": lambda h: h.editor("policy").delete_wanted.emit(DEMO_POOL),
    # App clients.
    "a client is renamed": lambda h: h.save("clients", WEB, ClientName="other"),
    "a flow is allowed no more": lambda h: _press(
        h, "clients", WEB, lambda e: e.sign_in.flows.boxes["implicit"]
    ),
    "a scope is allowed no more": lambda h: _press(
        h, "clients", WEB, lambda e: e.sign_in.scopes.boxes["email"]
    ),
    "a callback URL goes": lambda h: _press(
        h, "clients", WEB, lambda e: e.sign_in.callbacks.list.findChildren(UrlEntry)[1].remove
    ),
    "a secret is added": lambda h: h.editor("clients", WEB).sign_in.secrets.rotate.click(),
    "a secret is made anew": lambda h: (
        h.editor("clients", WEB).sign_in.secrets.fields[0].regenerate.click()
    ),
    "a client is made": lambda h: h.save("clients", "", ClientName="shop"),
    "a client is copied": lambda h: h.duplicate("clients", WEB),
    "a client is deleted": lambda h: h.delete("clients", WEB),
    # Groups and resource servers.
    "a group is described": lambda h: h.save("groups", "admins", Description="Other"),
    "a group is made": lambda h: h.save("groups", "", GroupName="staff"),
    "a group is copied": lambda h: h.duplicate("groups", "admins"),
    "a group is deleted": lambda h: h.delete("groups", "admins"),
    "a server is renamed": lambda h: h.save("resource_servers", "orders", Name="Other"),
    "a server is made": lambda h: h.save("resource_servers", "", Identifier="stock", Name="Stock"),
    "a server is copied": lambda h: h.duplicate("resource_servers", "orders"),
    "a server is deleted": lambda h: h.delete("resource_servers", "orders"),
    # Users.
    "an attribute is changed": lambda h: _save_user(h, "alice", member_of("name"), "Other"),
    "a user is disabled": lambda h: _press(
        h,
        "users",
        h.sub("alice"),
        lambda e: _switch(e, "Enabled"),
    ),
    "a user leaves a group": lambda h: _press(
        h, "users", h.sub("alice"), lambda e: e.groups.boxes["admins"]
    ),
    "a password is set": lambda h: _save_user(h, "alice", "Password", "Another-1"),
    "a user is made": lambda h: h.save(
        "users", "", **{"Username": "zoe", member_of("email"): "zoe@example.com"}
    ),
    "a user is deleted": lambda h: h.delete("users", h.sub("bob")),
    "many are disabled": lambda h: _bulk(h, "disable"),
    "many are verified": lambda h: _bulk(h, "email"),
    "many get an attribute": lambda h: _bulk(h, "attribute", attribute="name", value="Same"),
    "many get a password": lambda h: _bulk(h, "password", password="Another-1"),
    "many are deleted": lambda h: _bulk(h, "delete"),
    "users are dragged": lambda h: (
        h.users() and h.place._users_dropped(DEMO_POOL, "admins", [h.sub("bob")])
    ),
    "users are imported": _import,
}


def everything(core: Core) -> list[Any]:
    """All that can be configured, as records."""
    store, found = core.store, []
    for pool in store.pools.all():
        found += [pool, store.domains.of_pool(pool.id), *store.clients.of_pool(pool.id)]
        found += store.resource_servers.of_pool(pool.id)
        for group in store.groups.of_pool(pool.id):
            found += [group, *store.memberships.users_in(pool.id, group.group_name, limit=100)]
        found += store.users.page(pool.id, limit=100)
    return found


@pytest.mark.parametrize("act", ACTS)
def test_it_is_taken_back_whole_and_made_again(place, core, write, act) -> None:
    before = everything(core)
    ACTS[act](Hands(place, core, write))
    after = everything(core)
    assert after != before

    place.undoing.undo()
    assert everything(core) == before

    place.undoing.redo()
    assert everything(core) == after
