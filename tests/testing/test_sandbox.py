"""The testing kit as a suite uses it: sandboxes in this process, spoken to over real HTTP."""

import threading
import unittest
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sandbox_app import testing
from sandbox_app.operations.errors import UsernameExistsException, UserNotFoundException
from sandbox_app.testing import Sandbox, SignInRefused
from sandbox_app.workbench.conditions.recipes.recipe import RecipeError
from sandbox_app.workbench.named import NotNamed
from sandbox_app.workbench.templates.errors import TemplateError

TEAM = """
Resources:
  Pool:
    Type: AWS::Cognito::UserPool
    Metadata: {Sandbox: {Id: us-east-1_Team00001}}
    Properties: {UserPoolName: team}
  Domain:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {Domain: team, UserPoolId: !Ref Pool}
  App:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      ClientName: app
      UserPoolId: !Ref Pool
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [code]
      AllowedOAuthScopes: [openid]
      CallbackURLs: [http://localhost:3000/callback]
      SupportedIdentityProviders: [COGNITO]
  Dana:
    Type: AWS::Cognito::UserPoolUser
    Metadata: {Sandbox: {Password: Other-Pass-2}}
    Properties: {Username: dana, UserPoolId: !Ref Pool}
"""


@pytest.fixture
def pool() -> Iterator[Sandbox]:
    """The demo, served for one test."""
    with Sandbox() as opened:
        yield opened


def status(url: str, token: str = "") -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return int(error.code)


def test_a_user_signs_in_over_real_http(pool: Sandbox) -> None:
    tokens = pool.sign_in("alice", client="web", nonce="n-1")

    assert tokens.claims["iss"] == pool.issuer
    assert tokens.claims["aud"] == pool.client("web").id
    assert tokens.claims["nonce"] == "n-1"
    assert tokens.access_claims["token_use"] == "access"
    assert status(f"{pool.http}/oauth2/userInfo", tokens.access_token) == 200
    assert tokens.access_token not in repr(tokens)


def test_a_client_is_told_as_an_app_is_configured_with_it(pool: Sandbox) -> None:
    web, spa = pool.client("web"), pool.client("spa")

    assert web.redirect_uris[0] == "http://localhost:3000/callback"
    assert "orders/read" in web.scopes
    assert web.secret is not None
    assert web.secret not in repr(web)
    assert spa.secret is None
    assert pool.client(web.id) == web
    with pytest.raises(NotNamed, match="There is no client “wbe”; there is m2m, spa, web"):
        pool.client("wbe")


def test_a_refused_sign_in_raises_its_why(pool: Sandbox) -> None:
    with pytest.raises(SignInRefused) as refused:
        pool.sign_in("alice", client="web", redirect_uri="http://localhost:3000/callback/")

    told = str(refused.value)
    assert told.startswith("AZ-4: ")
    assert "sent:         http://localhost:3000/callback/" in told
    assert "setting:      CallbackURLs" in told
    assert "likely cause: " in told
    assert refused.value.why == pool.logins[-1].why


@pytest.mark.parametrize(
    ("username", "changes", "rule"),
    [
        ("alice", {"password": "wrong"}, "HU-4.1-8"),
        ("nobody", {}, "HU-4.1-5"),
        ("carol", {}, "HU-4.1-11"),
        ("alice", {"scopes": ["openid", "admin"]}, "AZ-10"),
        ("alice", {"code_challenge_method": "plain"}, "AZ-8"),
    ],
)
def test_every_refusal_names_the_rule(
    pool: Sandbox, username: str, changes: dict[str, str], rule: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        pool.sign_in(username, client="web", **changes)

    assert refused.value.why is not None
    assert refused.value.why.rule == rule
    assert pool.logins[-1].outcome == "refused"


def test_time_passes_when_told_to(pool: Sandbox) -> None:
    pool.clock.freeze()
    tokens = pool.sign_in("alice", client="web")
    about = f"{pool.http}/oauth2/userInfo"

    pool.clock.advance("59m59s")
    assert status(about, tokens.access_token) == 200
    pool.clock.advance(timedelta(seconds=1))
    assert status(about, tokens.access_token) == 401
    fresh = pool.refresh(tokens)
    assert status(about, fresh.access_token) == 200
    assert fresh.refresh_token == tokens.refresh_token
    pool.clock.advance("30d")
    with pytest.raises(SignInRefused, match="TR-1: "):
        pool.refresh(fresh)


def test_the_clock_is_frozen_shifted_and_straightened(pool: Sandbox) -> None:
    noon = datetime(2030, 1, 1, 12, tzinfo=UTC)
    pool.clock.go_to(noon)
    pool.clock.freeze()
    assert pool.clock.now == pool.clock.now
    pool.clock.run()
    pool.clock.shift("-1h")
    assert list(pool.conditions) == ["clock −1 h"]
    pool.clock.skew("web", "5m")
    assert list(pool.conditions)[1] == "clock of web +5 min"
    pool.clock.skew("web", "0s")
    pool.clock.straighten()
    assert list(pool.conditions) == []
    with pytest.raises(ValueError, match="is no duration"):
        pool.clock.advance("soon")


def test_a_fault_is_added_as_a_sentence(pool: Sandbox) -> None:
    fault = pool.faults.add("POST /oauth2/token → 503 every 2nd")
    pool.sign_in("alice", client="web")

    with pytest.raises(SignInRefused, match="503") as refused:
        pool.sign_in("alice", client="web")
    assert "fault:        POST /oauth2/token → 503 every 2nd" in str(refused.value)
    assert refused.value.why == pool.logins[-1].why
    assert pool.faults.hits(fault) == 1
    assert [each.seen for each in pool.faults] == [2]
    pool.faults.switch(fault, enabled=False)
    pool.sign_in("alice", client="web")
    pool.faults.remove(fault)
    assert len(pool.faults) == 0


def test_a_recipe_is_put_into_force(pool: Sandbox, tmp_path: Path) -> None:
    pool.conditions.apply("wrong-clock")
    assert list(pool.conditions) == ["clock +10 min"]
    file = tmp_path / "mine.yaml"
    file.write_text("name: mine\nfaults: [any → 503]\n")
    pool.conditions.apply(file)
    pool.conditions.apply("name: more\nleniency: {no_lockout: true}\n")
    assert list(pool.conditions) == ["clock +10 min", "1 fault", "no lockout"]
    pool.conditions.back_to_normal()
    assert list(pool.conditions) == []
    with pytest.raises(RecipeError, match="a recipe has a name"):
        pool.conditions.apply("faults:\n- any → 503\n")


def test_a_lost_connection_is_a_refused_sign_in_too(pool: Sandbox) -> None:
    pool.faults.add("POST /oauth2/token → reset")

    with pytest.raises(SignInRefused, match="POST /oauth2/token: ") as refused:
        pool.sign_in("alice", client="web")
    assert refused.value.why is None


def test_a_sign_in_that_hangs_ends_with_its_patience(pool: Sandbox) -> None:
    pool.faults.add("login → hang")

    with pytest.raises(SignInRefused, match=r"/login: no answer within 0\.2 s"):
        pool.sign_in("alice", client="web", timeout=0.2)


def test_keys_are_rotated(pool: Sandbox) -> None:
    before = pool.sign_in("alice", client="web")
    about = f"{pool.http}/oauth2/userInfo"
    pool.keys.rotate()
    assert status(about, before.access_token) == 200
    pool.keys.rotate(overlap=False)
    pool.keys.publish_next()
    states = [key.state for key in pool.keys.list()]
    assert [states.count(word) for word in ("previous", "retired", "signing", "next")] == [
        *(2, 2, 2, 2),
    ]
    pool.keys.answer(status=500)
    assert status(f"{pool.issuer}/.well-known/jwks.json") == 500
    pool.keys.answer_as_usual()
    assert status(f"{pool.issuer}/.well-known/jwks.json") == 200
    pool.keys.retire(pool.keys.list()[0].kid)
    assert status(about, before.access_token) in (200, 401)


def test_leniency_is_switched(pool: Sandbox) -> None:
    pool.leniency.set(no_lockout=True)
    for _ in range(6):
        with pytest.raises(SignInRefused, match=r"HU-4\.1-8"):
            pool.sign_in("alice", client="web", password="wrong")
    pool.sign_in("alice", client="web")

    assert pool.leniency.no_lockout is True
    assert list(pool.conditions) == ["no lockout"]
    with pytest.raises(ValueError, match="no lenient switch"):
        pool.leniency.set(no_lockouts=True)
    with pytest.raises(AttributeError):
        _ = pool.leniency.no_lockouts


def test_tokens_are_minted_without_a_sign_in(pool: Sandbox) -> None:
    carol = pool.tokens.mint("carol", client="spa", scopes=["openid", "email"], nonce="n-2")
    machine = pool.tokens.mint(client="m2m")

    assert (carol.claims["email"], carol.claims["nonce"]) == ("carol@example.com", "n-2")
    assert carol.access_claims["scope"] == "openid email"
    assert machine.id_token is None
    assert machine.claims["client_id"] == pool.client("m2m").id
    with pytest.raises(NotNamed, match="no user “dave”"):
        pool.tokens.mint("dave", client="spa")
    with pytest.raises(ValueError, match="whose tokens"):
        pool.tokens.mint(client="spa")


def test_operations_speak_the_apis_language(pool: Sandbox) -> None:
    made = pool.operations("AdminCreateUser", Username="dave", TemporaryPassword="Sandbox-1")
    assert made["User"]["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    pool.operations("AdminSetUserPassword", Username="dave", Password="New-Pass-1", Permanent=True)
    pool.sign_in("dave", client="web", password="New-Pass-1")

    with pytest.raises(UsernameExistsException):
        pool.operations("AdminCreateUser", Username="dave")
    with pytest.raises(UserNotFoundException):
        pool.operations("AdminGetUser", Username="nobody")
    with pytest.raises(LookupError, match="no operation AdminMakeUser"):
        pool.operations("AdminMakeUser", Username="x")


def test_confirmation_codes_are_read_without_a_mailbox(pool: Sandbox) -> None:
    client = pool.client("spa").id
    pool.operations("ForgotPassword", ClientId=client, Username="alice")
    [sent] = pool.codes("alice")
    assert (sent.purpose, sent.destination) == ("password reset", "alice@example.com")

    given = {"ClientId": client, "Username": "alice", "Password": "New-Pass-1"}
    pool.operations("ConfirmForgotPassword", ConfirmationCode=sent.code, **given)
    pool.sign_in("alice", client="web", password="New-Pass-1")
    assert pool.codes("alice") == ()


def test_a_snapshot_brings_everything_back(pool: Sandbox) -> None:
    tokens = pool.sign_in("alice", client="web")
    with pool.snapshot():
        pool.operations("AdminDeleteUser", Username="alice")
        pool.clock.advance("2h")
        pool.faults.add("any → 503")

    assert list(pool.conditions) == []
    assert pool.refresh(tokens).claims["cognito:username"] == "alice"


def test_a_snapshot_can_be_restored_again_and_again(pool: Sandbox) -> None:
    saved = pool.snapshot()
    for _ in range(2):
        pool.operations("AdminDisableUser", Username="alice")
        with pytest.raises(SignInRefused, match=r"HU-4\.1-6"):
            pool.sign_in("alice", client="web")
        saved.restore()
        pool.sign_in("alice", client="web")


def test_reset_brings_back_the_beginning(pool: Sandbox) -> None:
    pool.operations("AdminDeleteUser", Username="alice")
    pool.seed(TEAM)
    pool.reset()

    pool.sign_in("alice", client="web")
    assert pool.issuer.endswith("/us-east-1_Demo00001")


def test_a_seed_is_a_file_or_a_text(tmp_path: Path) -> None:
    file = tmp_path / "team.yaml"
    file.write_text(TEAM)
    for seed in (TEAM, file, str(file), [file]):
        with Sandbox(seed=seed, password="Other-Pass-2") as team:
            assert team.issuer.endswith("/us-east-1_Team00001")
            assert team.sign_in("dana", client="app").claims["cognito:username"] == "dana"


def test_a_changed_seed_file_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "team.yaml"
    for name in ("dana", "erin"):
        file.write_text(TEAM.replace("dana", name))
        with Sandbox(seed=file) as team:
            assert team.operations("AdminGetUser", Username=name)["Username"] == name


def test_parameters_reach_the_seed() -> None:
    seed = "Parameters: {Who: {Type: String}}\n" + TEAM.replace(": dana", ": !Ref Who")
    with Sandbox(seed=seed, parameters={"Who": "frank"}) as team:
        assert team.operations("AdminGetUser", Username="frank")["Username"] == "frank"


def test_more_can_be_seeded_later(pool: Sandbox) -> None:
    pool.seed(TEAM)

    pool.sign_in("dana", client="app", password="Other-Pass-2")
    with pytest.raises(NotNamed, match="Which pool"):
        _ = pool.issuer
    assert pool.issuer_of("team").endswith("Team00001")


def test_a_bad_seed_is_told_with_its_line_and_leaves_nothing(tmp_path: Path) -> None:
    threads = threading.active_count()
    with (
        pytest.raises(TemplateError, match=r"seed-\w+:2: P"),
        Sandbox(seed="Resources:\n  P: {}\n"),
    ):
        pass
    with pytest.raises(FileNotFoundError, match="there is no seed"):
        Sandbox(seed=tmp_path / "none.yaml")
    assert threading.active_count() == threads


def test_two_sandboxes_in_one_process_share_nothing() -> None:
    with Sandbox() as one, Sandbox() as two:
        one.clock.go_to(datetime(2030, 1, 1, tzinfo=UTC))
        two.clock.shift("-1d")
        one.faults.add("POST /oauth2/token → 503")
        two.faults.add("jwks → 500")

        with pytest.raises(SignInRefused, match="503"):
            one.sign_in("alice", client="web")
        tokens = two.sign_in("alice", client="web")
        assert status(f"{one.issuer}/.well-known/jwks.json") == 200
        assert status(f"{two.issuer}/.well-known/jwks.json") == 500
        apart = one.tokens.mint("alice", client="web").claims["iat"] - tokens.claims["iat"]
        assert apart > 3 * 365 * 86_400
        assert (len(one.logins), len(two.logins)) == (1, 1)
        one.operations("AdminDeleteUser", Username="alice")
        assert two.operations("AdminGetUser", Username="alice")["Username"] == "alice"
        assert one.http != two.http
        assert one.control_token != two.control_token


def test_many_serve_at_once() -> None:
    def suite(number: int) -> str:
        with Sandbox() as each:
            each.clock.advance(f"{number}d")
            return str(each.sign_in("bob", client="spa").claims["email"])

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(suite, range(16))) == {"bob@example.com"}


def test_after_the_first_one_is_ready_in_well_under_a_second(pool: Sandbox) -> None:
    from time import perf_counter

    began = perf_counter()
    with Sandbox() as another:
        assert status(f"{another.http}/_sandbox/health") == 200
        assert perf_counter() - began < 1.0


def test_nothing_is_left_when_it_closes() -> None:
    threads = threading.active_count()
    opened = Sandbox()
    with opened as each:
        folder = each._opened.folder
        each.sign_in("alice", client="web")
    opened.close()

    assert not folder.exists()
    assert threading.active_count() == threads
    with pytest.raises(RuntimeError, match="not open"):
        opened.sign_in("alice", client="web")


def test_it_is_opened_once_at_a_time_and_again_afterwards() -> None:
    sandbox = Sandbox()
    with sandbox, pytest.raises(RuntimeError, match="serves already"):
        sandbox.open()
    with sandbox:
        sandbox.sign_in("alice", client="web")


def test_https_is_there_when_asked_for() -> None:
    import ssl

    with Sandbox(https=True) as secure:
        trust = ssl.create_default_context(cafile=secure.ca_certificate)
        with urllib.request.urlopen(f"{secure.https}/_sandbox/health", context=trust) as answer:
            assert answer.status == 200


def test_the_control_interface_opens_with_its_token(pool: Sandbox) -> None:
    assert status(f"{pool.http}/_sandbox/clock", pool.control_token) == 200
    assert status(f"{pool.http}/_sandbox/clock") == 401


async def test_on_the_callers_own_loop_what_takes_time_is_awaited() -> None:
    async with Sandbox(seed=TEAM, password="Other-Pass-2") as team:
        tokens = await team.sign_in("dana", client="app")
        assert tokens.claims["cognito:username"] == "dana"
        team.clock.advance("1h")
        fresh = await team.refresh(tokens)
        await team.keys.rotate()
        async with await team.snapshot():
            await team.operations("AdminDisableUser", Username="dana")
            with pytest.raises(SignInRefused, match=r"HU-4\.1-6"):
                await team.sign_in("dana", client="app")
        await team.refresh(fresh)
        await team.seed(TEAM.replace("Team00001", "Team00002").replace(": team", ": other"))
        assert team.issuer_of("other").endswith("Team00002")
        await team.reset()
        minted = await team.tokens.mint("dana", client="app")
        assert minted.claims["iss"] == team.issuer
        assert [login.outcome for login in team.logins][1] == "refused"


async def test_two_can_share_a_loop() -> None:
    async with Sandbox() as one, Sandbox() as two:
        one.clock.advance("1d")
        assert one.clock.now - two.clock.now > timedelta(hours=23)


def test_unittest_knows_it_as_a_context() -> None:
    class Story(unittest.TestCase):
        def setUp(self) -> None:
            self.sandbox = self.enterContext(Sandbox())

        def test_sign_in(self) -> None:
            assert self.sandbox.sign_in("alice", client="web").expires_in == 3600

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(Story).run(result)
    assert (result.testsRun, result.errors, result.failures) == (1, [], [])


def test_the_package_has_just_what_it_says() -> None:
    for name in testing.__all__:
        assert getattr(testing, name).__name__ == name
    with pytest.raises(AttributeError):
        _ = testing.Sandpit
