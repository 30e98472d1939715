"""Whom a request is about, found out before any endpoint has seen it.

The pool's own checks do the same and more, but only faults need to know it this early; so nothing
here is asked unless a fault is narrowed to a client or user, or answers in the pool's place.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sandbox_app.domain.conditions.faults import Step
from sandbox_app.domain.records.clients import UserPoolClient
from sandbox_app.domain.records.grants import AuthorizationCode, RefreshGrant
from sandbox_app.domain.records.users import User
from sandbox_app.domain.trace import Trace
from sandbox_app.flows import joining
from sandbox_app.flows.client_authentication import basic_pair
from sandbox_app.flows.parameters import Parameters
from sandbox_app.flows.sessions import cookie_hash
from sandbox_app.operations.core import Core
from sandbox_app.operations.sign_in_names import find_user
from sandbox_app.server.cookies import SESSION, csrf_of
from sandbox_app.server.incoming import Incoming, UnreadableForm, UnreadableParameters
from sandbox_app.tokens.inspect import unverified_claims
from sandbox_app.tokens.refresh import fingerprint

_TARGET = "AWSCognitoIdentityProviderService."
_NAMES = ("email", "phone_number", "preferred_username")


@dataclass(frozen=True)
class Subject:
    """One request as faults ask about it; each answer is worked out when it is first wanted."""

    incoming: Incoming
    step: str
    core: Core

    @property
    def method(self) -> str:
        """As sent."""
        return self.incoming.method

    @property
    def path(self) -> str:
        """As sent, without the query."""
        return self.incoming.path

    @cached_property
    def operation(self) -> str:
        """The JSON API's operation, from `X-Amz-Target`."""
        target = self.incoming.headers.get("x-amz-target", "")
        return target.removeprefix(_TARGET) if target.startswith(_TARGET) else ""

    def clients(self) -> frozenset[str]:
        """Id and name of the client, as far as the request tells one."""
        known = self.client
        names = (self.client_id, known.client_name if known is not None else "")
        return frozenset(name for name in names if name)

    def users(self) -> frozenset[str]:
        """Every name of the user, and what was typed where nobody has that name."""
        user, typed = self.user, self.typed_name
        if user is None:
            return frozenset({typed} if typed else ())
        attributes = (user.attributes.get(name, "") for name in _NAMES)
        return frozenset(name for name in (typed, user.username, user.sub, *attributes) if name)

    @cached_property
    def client_id(self) -> str:
        """Of the client, whether it exists or not; empty where the request tells none."""
        return next((client_id for client_id in self._client_ids() if client_id), "")

    @property
    def client(self) -> UserPoolClient | None:
        """The client, where it exists."""
        return self.core.store.clients.get(self.client_id)

    @cached_property
    def typed_name(self) -> str:
        """The user's name as the request says it; empty where it says none."""
        if self.step == Step.LOGIN and self.incoming.method == "POST":
            return (self._form.get("username") or "").strip()
        in_parameters = self._api.get("AuthParameters")
        names = (
            self._api.get("Username"),
            in_parameters.get("USERNAME") if isinstance(in_parameters, Mapping) else None,
        )
        return next((name for name in names if isinstance(name, str)), "")

    @cached_property
    def user(self) -> User | None:
        """The user: named, or behind the code, token or session that the request carries."""
        store = self.core.store
        if self.typed_name:
            pool = store.pools.get(self._pool_id)
            return find_user(self.core, pool, self.typed_name) if pool is not None else None
        for grant in (self._code, self._refresh):
            if grant is not None:
                return store.users.get(grant.user_pool_id, grant.sub)
        if self._claims:
            return store.users.get(self._pool_id, str(self._claims.get("sub", "")))
        return self._session_user()

    def identify(self, trace: Trace) -> None:
        """Note in the trace what an endpoint would have noted, had it seen the request."""
        if (client := self.client) is not None:
            trace.concerns(client)
        if (user := self.user) is not None:
            trace.username = user.username
        trace.grant = self._sent.get("grant_type") or trace.grant
        self._join(trace)

    def _client_ids(self) -> Iterator[str]:
        scheme, _, credentials = self.incoming.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "basic":
            yield (basic_pair(credentials.strip()) or ("", ""))[0]
        yield self._sent.get("client_id") or ""
        stated = self._api.get("ClientId")
        yield stated if isinstance(stated, str) else ""
        yield str(self._claims.get("client_id") or self._claims.get("aud") or "")
        for grant in (self._code, self._refresh):
            yield grant.client_id if grant is not None else ""

    @property
    def _pool_id(self) -> str:
        stated = self._api.get("UserPoolId")
        if isinstance(stated, str):
            return stated
        client = self.client
        return client.user_pool_id if client is not None else self.incoming.pool_id or ""

    def _session_user(self) -> User | None:
        cookie = self.incoming.cookies.get(SESSION)
        if not cookie:
            return None
        session = self.core.store.sessions.find(cookie_hash(cookie), self._pool_id)
        return None if session is None else self.core.store.users.get(self._pool_id, session.sub)

    def _join(self, trace: Trace) -> None:
        """Find the login that the request belongs to, as its endpoint would have."""
        csrf = self._form.get("_csrf") or csrf_of(self.incoming.cookies)
        if csrf is not None and self.step in (Step.LOGIN, Step.ERROR_PAGE):
            if self.incoming.method == "POST":
                joining.go_on(self._query, csrf, self.core, trace)
            else:
                joining.arrive(self._query, csrf, self.core, trace)
                # The page was not shown after all; whoever loads it again is still expected.
                joining.send_on(self._query, csrf, self.core, trace)
        elif self.step == Step.LOGOUT:
            cookie = self.incoming.cookies.get(SESSION)
            joining.by_session(cookie, self.client, self.core, trace)
        for grant in (self._code, self._refresh):
            if grant is not None:
                trace.login_id = grant.login_id
        if self._token:
            keys = self.core.keys.known(self._pool_id)
            joining.by_signed_token(self._token, keys, self.core, trace)

    @cached_property
    def _query(self) -> Parameters:
        try:
            return self.incoming.query_parameters()
        except UnreadableParameters:
            return Parameters()

    @cached_property
    def _form(self) -> Parameters:
        try:
            return self.incoming.form()
        except (UnreadableForm, UnreadableParameters):
            return Parameters()

    @property
    def _sent(self) -> Parameters:
        """Form and query together, as the token endpoint takes them (contract 6)."""
        return self._form.over(self._query)

    @cached_property
    def _api(self) -> Mapping[str, Any]:
        """The request of an operation; empty where it is none."""
        if not self.operation:
            return {}
        try:
            read = json.loads(self.incoming.body)
        except (ValueError, RecursionError):
            return {}
        return read if isinstance(read, dict) else {}

    @cached_property
    def _code(self) -> AuthorizationCode | None:
        code = self._sent.get("code")
        return self.core.store.codes.find(code) if code else None

    @cached_property
    def _refresh(self) -> RefreshGrant | None:
        in_parameters = self._api.get("AuthParameters")
        stated = in_parameters.get("REFRESH_TOKEN") if isinstance(in_parameters, Mapping) else None
        token = self._sent.get("refresh_token") or self._sent.get("token") or stated
        if not isinstance(token, str) or not token:
            return None
        return self.core.store.refresh_grants.find(fingerprint(token))

    @cached_property
    def _token(self) -> str:
        """The access token, where the request carries one."""
        scheme, _, token = self.incoming.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return token.strip()
        stated = self._api.get("AccessToken")
        return stated if isinstance(stated, str) else ""

    @cached_property
    def _claims(self) -> Mapping[str, Any]:
        """What the access token says of itself; nothing is decided by it but what is spoilt."""
        return unverified_claims(self._token) or {}
