"""The first schema: configuration, users, what sign-ins leave behind, and the traffic log.

The text of these statements is compared when a workspace is opened: never edit a released one.
"""

from typing import Any

_CONFIGURATION = """
CREATE TABLE setting (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE user_pool (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL
) STRICT;

CREATE TABLE user_pool_client (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX user_pool_client_pool ON user_pool_client (user_pool_id);

CREATE TABLE user_pool_domain (
    seq INTEGER PRIMARY KEY,
    domain TEXT NOT NULL UNIQUE,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    document TEXT NOT NULL
) STRICT;
CREATE INDEX user_pool_domain_pool ON user_pool_domain (user_pool_id);

CREATE TABLE resource_server (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    identifier TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (user_pool_id, identifier)
) STRICT;

CREATE TABLE user_group (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    group_name TEXT NOT NULL,
    document TEXT NOT NULL,
    UNIQUE (user_pool_id, group_name)
) STRICT;

CREATE TABLE signing_key (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    kid TEXT NOT NULL,
    use TEXT NOT NULL,
    pem BLOB NOT NULL,
    created_at REAL NOT NULL,
    UNIQUE (user_pool_id, kid)
) STRICT;

CREATE TABLE import_link (
    source TEXT NOT NULL,
    logical_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    physical_id TEXT NOT NULL,
    PRIMARY KEY (source, logical_id, kind)
) STRICT, WITHOUT ROWID
"""

_USERS = """
CREATE TABLE pool_user (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL REFERENCES user_pool (id) ON DELETE CASCADE,
    sub TEXT NOT NULL,
    username TEXT NOT NULL,
    username_key TEXT NOT NULL,
    status TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    creation_date REAL NOT NULL,
    last_modified_date REAL NOT NULL,
    attributes TEXT NOT NULL,
    email TEXT,
    phone_number TEXT,
    name TEXT,
    given_name TEXT,
    family_name TEXT,
    preferred_username TEXT,
    argon2id TEXT,
    srp_salt TEXT,
    srp_verifier TEXT,
    temporary_since REAL,
    tokens_valid_from REAL NOT NULL,
    failures INTEGER NOT NULL,
    last_attempt REAL NOT NULL,
    locked_until REAL NOT NULL,
    UNIQUE (user_pool_id, username_key),
    UNIQUE (user_pool_id, sub)
) STRICT;
CREATE INDEX pool_user_email ON pool_user (user_pool_id, email)
    WHERE email IS NOT NULL;
CREATE INDEX pool_user_phone_number ON pool_user (user_pool_id, phone_number)
    WHERE phone_number IS NOT NULL;
CREATE INDEX pool_user_name ON pool_user (user_pool_id, name)
    WHERE name IS NOT NULL;
CREATE INDEX pool_user_given_name ON pool_user (user_pool_id, given_name)
    WHERE given_name IS NOT NULL;
CREATE INDEX pool_user_family_name ON pool_user (user_pool_id, family_name)
    WHERE family_name IS NOT NULL;
CREATE INDEX pool_user_preferred_username ON pool_user (user_pool_id, preferred_username)
    WHERE preferred_username IS NOT NULL;

CREATE TABLE user_alias (
    user_pool_id TEXT NOT NULL,
    attribute TEXT NOT NULL,
    value_key TEXT NOT NULL,
    sub TEXT NOT NULL,
    PRIMARY KEY (user_pool_id, attribute, value_key),
    UNIQUE (user_pool_id, sub, attribute),
    FOREIGN KEY (user_pool_id, sub)
        REFERENCES pool_user (user_pool_id, sub) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE membership (
    seq INTEGER PRIMARY KEY,
    user_pool_id TEXT NOT NULL,
    group_name TEXT NOT NULL,
    sub TEXT NOT NULL,
    since REAL NOT NULL,
    UNIQUE (user_pool_id, sub, group_name),
    FOREIGN KEY (user_pool_id, sub)
        REFERENCES pool_user (user_pool_id, sub) ON DELETE CASCADE,
    FOREIGN KEY (user_pool_id, group_name)
        REFERENCES user_group (user_pool_id, group_name) ON DELETE CASCADE
) STRICT;
CREATE INDEX membership_group ON membership (user_pool_id, group_name, sub)
"""

_SPENT_OR_EXPIRING = """
CREATE TABLE browser_session (
    cookie_hash TEXT NOT NULL,
    user_pool_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    started_at REAL NOT NULL,
    login_id TEXT NOT NULL,
    PRIMARY KEY (cookie_hash, user_pool_id)
) STRICT;
CREATE INDEX browser_session_user ON browser_session (user_pool_id, sub);
CREATE INDEX browser_session_start ON browser_session (started_at);

CREATE TABLE login_attempt (
    key TEXT NOT NULL PRIMARY KEY,
    login_id TEXT NOT NULL,
    shown_at REAL NOT NULL
) STRICT;
CREATE INDEX login_attempt_shown ON login_attempt (shown_at);

CREATE TABLE authorization_code (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    user_pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    redirect_uri TEXT NOT NULL,
    scopes TEXT NOT NULL,
    issued_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    auth_time INTEGER NOT NULL,
    login_id TEXT NOT NULL,
    nonce TEXT,
    code_challenge TEXT,
    resource TEXT,
    spent_at REAL
) STRICT;
CREATE INDEX authorization_code_end ON authorization_code (expires_at);

CREATE TABLE refresh_grant (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    user_pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    sub TEXT NOT NULL,
    family TEXT NOT NULL,
    scopes TEXT NOT NULL,
    issued_at REAL NOT NULL,
    expires_at REAL NOT NULL,
    auth_time INTEGER NOT NULL,
    login_id TEXT NOT NULL,
    event_id TEXT NOT NULL,
    nonce TEXT,
    resource TEXT,
    revoked_at REAL,
    usable_until REAL
) STRICT;
CREATE INDEX refresh_grant_family ON refresh_grant (family);
CREATE INDEX refresh_grant_user ON refresh_grant (user_pool_id, sub);
CREATE INDEX refresh_grant_end ON refresh_grant (expires_at)
"""

_TRAFFIC = """
CREATE TABLE exchange (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    started_at REAL NOT NULL,
    duration REAL NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    status INTEGER NOT NULL,
    step TEXT NOT NULL,
    login_id TEXT NOT NULL,
    pool_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    username TEXT NOT NULL,
    "grant" TEXT NOT NULL,
    rule TEXT NOT NULL,
    error TEXT NOT NULL,
    bytes INTEGER NOT NULL
) STRICT;
CREATE INDEX exchange_id ON exchange (id);

CREATE TABLE exchange_detail (
    sequence INTEGER PRIMARY KEY,
    target TEXT NOT NULL,
    http_version TEXT NOT NULL,
    peer TEXT NOT NULL,
    origin TEXT NOT NULL,
    request_headers TEXT NOT NULL,
    request_body BLOB NOT NULL,
    request_size INTEGER NOT NULL,
    response_headers TEXT NOT NULL,
    response_body BLOB NOT NULL,
    response_size INTEGER NOT NULL,
    checks TEXT NOT NULL,
    because TEXT NOT NULL
) STRICT
"""


def up(migrator: Any, db: Any) -> None:
    """Make every table and index."""
    for part in (_CONFIGURATION, _USERS, _SPENT_OR_EXPIRING, _TRAFFIC):
        for statement in part.split(";\n"):
            db.execute_sql(statement.strip())
