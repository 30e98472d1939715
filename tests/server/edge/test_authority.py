"""Under which name a request came, and whether we answer to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox_app.server.edge.authority import (
    AuthorityReader,
    Forwarded,
    Seen,
    TurnedAway,
    host_name,
    parse_forwarded,
    proxy_network,
)

LISTENER = "127.0.0.1:9400"


def decide(
    target: str = "/login",
    *hosts: str,
    reader: AuthorityReader | None = None,
    secure: bool = False,
    listener: str = LISTENER,
    forwarded: Forwarded | None = None,
) -> Seen | TurnedAway:
    reader = reader or AuthorityReader()
    return reader.decide(
        target, hosts, secure=secure, listener=listener, forwarded=forwarded or Forwarded()
    )


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost:9400", "http://localhost:9400"),
        ("localhost", "http://localhost"),
        ("localhost:80", "http://localhost"),
        ("LocalHost.:9400", "http://localhost:9400"),
        ("demo.auth.localhost:9400", "http://demo.auth.localhost:9400"),
        ("127.0.0.1:9400", "http://127.0.0.1:9400"),
        ("127.8.9.10", "http://127.8.9.10"),
        ("[::1]:9400", "http://[::1]:9400"),
        ("[0:0:0:0:0:0:0:1]", "http://[::1]"),
        ("localhost:00080", "http://localhost"),
    ],
)
def test_our_own_names_are_answered_and_written_in_one_way(host: str, origin: str) -> None:
    seen = decide("/login?a=b", host)

    assert isinstance(seen, Seen)
    assert (seen.origin, seen.path, seen.query) == (origin, "/login", "a=b")


def test_over_tls_the_default_port_is_443() -> None:
    for host, origin in (
        ("localhost:443", "https://localhost"),
        ("localhost:80", "https://localhost:80"),
    ):
        seen = decide("/", host, secure=True)
        assert isinstance(seen, Seen)
        assert seen.origin == origin


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evillocalhost",
        "10.0.0.1",
        "[::2]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
    ],
)
def test_a_strange_name_is_misdirected(host: str) -> None:
    away = decide("/login", f"{host}:9400")

    assert isinstance(away, TurnedAway)
    assert (away.status, away.rule) == (421, "US-W2")
    assert host not in away.text


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "localhost:",
        "localhost:0",
        "localhost:65536",
        "localhost:0009400",
        "localhost:99999999999999999999",
        "localhost:9400x",
        "localhost:-1",
        "localhost:٣",
        "localhost:+80",
        "user@localhost",
        "user:secret@localhost:9400",
        "localhost, evil.example",
        "localhost/path",
        "localhost\r\nX: y",
        "localhost\x00",
        "local host",
        "lo\udce9calhost",
        "ｌocalhost",
        ".localhost",
        "a..localhost",
        "-a.localhost",
        "[::1",
        "::1",
        "[localhost]",
        "[127.0.0.1]",
        "[::1%lo]",
        "[::1]9400",
        "a" * 64 + ".localhost",
        "a." * 200 + "localhost",
    ],
)
def test_a_malformed_host_is_a_bad_request(host: str) -> None:
    away = decide("/login", host)

    assert isinstance(away, TurnedAway)
    assert (away.status, away.rule) == (400, "US-W1")


def test_two_host_headers_are_a_bad_request_even_when_they_agree() -> None:
    away = decide("/login", "localhost", "localhost")

    assert isinstance(away, TurnedAway)
    assert away.status == 400


def test_without_a_host_the_listeners_address_counts() -> None:
    for listener in ("127.0.0.1:9400", "[::1]:9400"):
        seen = decide("/login", listener=listener)
        assert isinstance(seen, Seen)
        assert seen.origin == f"http://{listener}"


def test_the_literal_address_a_connection_came_in_on_is_answered() -> None:
    assert isinstance(decide("/", "10.1.2.3:9400", listener="10.1.2.3:9400"), Seen)
    assert isinstance(decide("/", "10.1.2.4:9400", listener="10.1.2.3:9400"), TurnedAway)
    assert isinstance(decide("/", listener="10.1.2.3:9400"), Seen)


def test_names_given_are_answered_whatever_their_case() -> None:
    reader = AuthorityReader(["Sandbox.Test.", "[FD00::0:1]", "192.168.1.5"])

    assert isinstance(decide("/", "sandbox.test:9400", reader=reader), Seen)
    assert isinstance(decide("/", "SANDBOX.TEST", reader=reader), Seen)
    assert isinstance(decide("/", "[fd00::1]:9400", reader=reader), Seen)
    assert isinstance(decide("/", "192.168.1.5", reader=reader), Seen)
    assert isinstance(decide("/", "x.sandbox.test", reader=reader), TurnedAway)


@pytest.mark.parametrize(
    ("target", "path", "query"),
    [
        ("http://localhost:9400/login?a=b#c", "/login", "a=b"),
        ("HTTP://LOCALHOST.:9400/login", "/login", ""),
        ("http://localhost:9400", "/", ""),
        ("http://localhost:9400?a=b", "/", "a=b"),
    ],
)
def test_an_absolute_target_that_agrees_with_the_host_is_read(
    target: str, path: str, query: str
) -> None:
    seen = decide(target, "localhost:9400")

    assert isinstance(seen, Seen)
    assert (seen.origin, seen.path, seen.query) == ("http://localhost:9400", path, query)


@pytest.mark.parametrize(
    "target",
    [
        "http://evil/",
        "http://localhost:9401/",
        "http://127.0.0.1:9400/",
        "https://localhost:9400/",
        "http://user@localhost:9400/",
        "http:///login",
        "http://localhost:port/",
        "http://[::1/",
        "ftp://localhost:9400/",
        "localhost:9400",
        "*",
        "",
        "login",
        "/caf\udcc3\udca9",
        "/café",
    ],
)
def test_a_target_that_disagrees_or_is_no_target_is_a_bad_request(target: str) -> None:
    away = decide(target, "localhost:9400")

    assert isinstance(away, TurnedAway)
    assert away.status == 400


def test_a_path_of_two_slashes_names_no_host() -> None:
    seen = decide("//evil.example/x?y", "localhost")

    assert isinstance(seen, Seen)
    assert (seen.origin, seen.path) == ("http://localhost", "//evil.example/x")


def test_a_fragment_is_never_part_of_path_or_query() -> None:
    for target in ("/a#b?c", "/a?#b", "http://localhost/a#?b"):
        seen = decide(target, "localhost")
        assert isinstance(seen, Seen)
        assert (seen.path, seen.query) == ("/a", "")


def test_what_a_proxy_forwards_replaces_scheme_and_host() -> None:
    seen = decide("/", "10.0.0.9:80", forwarded=Forwarded("https", "demo.localhost"))

    assert isinstance(seen, Seen)
    assert (seen.origin, seen.host) == ("https://demo.localhost", "demo.localhost")


def test_a_forwarded_host_is_no_way_around_the_names() -> None:
    strange = decide("/", "localhost", forwarded=Forwarded(host="evil.example"))
    broken = decide("/", "localhost", forwarded=Forwarded(host="a b"))
    doubled = decide("/", "localhost", "localhost", forwarded=Forwarded(host="localhost"))

    assert [away.status for away in (strange, broken, doubled) if isinstance(away, TurnedAway)] == [
        421,
        400,
        400,
    ]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("for=1.2.3.4;proto=https;host=demo.localhost", Forwarded("https", "demo.localhost")),
        ('host="[::1]:9443";PROTO=HTTPS', Forwarded("https", "[::1]:9443")),
        ("proto=https, proto=http;host=second", Forwarded("https", "")),
        ("proto=ftp", Forwarded()),
        ("=;host=x", Forwarded()),
        ("", Forwarded()),
    ],
)
def test_the_first_element_of_forwarded_is_the_clients(header: str, expected: Forwarded) -> None:
    assert parse_forwarded(header) == expected


@pytest.mark.parametrize(
    "name", ["", "https://sandbox.test", "sandbox.test:9400", "a b", "münchen"]
)
def test_what_is_no_host_name_is_said_in_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match="is not a host name"):
        host_name(name)


def test_what_is_no_proxy_address_is_said_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="not an IP address or network"):
        proxy_network("proxy.example")
    assert str(proxy_network("10.1.2.3/8")) == "10.0.0.0/8"


pieces = st.sampled_from(
    ["localhost", "127.0.0.1", "[::1]", "evil", ":", "9400", "@", "/", "//", "?", "#", "http://"]
)
jumble = st.lists(st.one_of(pieces, st.text(max_size=4)), max_size=7).map("".join)


@given(
    target=jumble,
    hosts=st.lists(jumble, max_size=2),
    secure=st.booleans(),
    forwarded=st.builds(parse_forwarded, jumble),
)
def test_no_authority_makes_it_raise_or_lets_a_stranger_in(
    target: str, hosts: list[str], secure: bool, forwarded: Forwarded
) -> None:
    outcome = decide(target, *hosts, secure=secure, forwarded=forwarded)

    if isinstance(outcome, Seen):
        assert (
            outcome.host in ("localhost", "127.0.0.1", "::1")
            or outcome.host.endswith(".localhost")
            or outcome.host.startswith("127.")
        )
        assert outcome.path.startswith("/")
        assert "?" not in outcome.path
        assert outcome.origin.isascii()
        assert not set(outcome.origin) & set("@ \r\n\x00/?#") - {"/"}
    else:
        assert outcome.status in (400, 421)
        assert outcome.text.isascii()
