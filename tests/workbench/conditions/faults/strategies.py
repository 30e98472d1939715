"""Every fault that can be told, for hypothesis to choose from."""

from datetime import timedelta

from hypothesis import strategies as st

from sandbox_app.domain.conditions.faults import (
    METHODS,
    AfterFirstN,
    Always,
    Answer,
    AnyRequest,
    AtHandshake,
    AtOperation,
    AtPath,
    AtStep,
    BadCertificate,
    Cut,
    Delay,
    Duplicate,
    EveryNth,
    FirstN,
    Hang,
    LostCookie,
    MalformedJson,
    Reset,
    Step,
    Then,
    When,
    WithProbability,
    WrongType,
)
from sandbox_app.workbench.conditions.faults.sentences import Sentence

seeds = st.integers(0, 2**63 - 1)
methods = st.sampled_from(("", *METHODS))
letters = st.characters(exclude_categories=("C", "Z"), codec="utf-8")
names = st.text(st.characters(exclude_categories=("C", "Zl", "Zp", "Zs"), codec="utf-8")).filter(
    str.isprintable
) | st.sampled_from(("", "first", "for", "my app", 'say "hi"', "back\\slash", "a->b", "±"))
names = names.map(lambda name: name[:200])
words = st.text(letters, max_size=12).filter(str.isprintable)

places = (
    st.builds(AnyRequest, methods)
    | st.builds(AtPath, words.map(lambda rest: f"/{rest}"), methods)
    | st.builds(AtStep, st.sampled_from(Step), methods)
    | st.builds(AtOperation, st.from_regex(r"[A-Za-z]{0,20}", fullmatch=True))
)
cadences = (
    st.just(Always())
    | st.builds(EveryNth, st.integers(2, 1_000_000))
    | st.builds(FirstN, st.integers(1, 1_000_000))
    | st.builds(AfterFirstN, st.integers(1, 1_000_000))
    | st.builds(WithProbability, st.integers(1, 100_000).map(lambda n: round(n / 1000, 3)), seeds)
)


@st.composite
def delays(draw: st.DrawFn) -> Delay:
    wait = draw(st.integers(1, 3_600_000))
    jitter = draw(st.just(0) | st.integers(0, wait))
    seed = draw(seeds) if jitter else 0
    return Delay(timedelta(milliseconds=wait), timedelta(milliseconds=jitter), seed)


errors = st.from_regex(r"[A-Za-z_.0-9-]{1,20}", fullmatch=True) | st.sampled_from(("", "first"))
kinds = words.filter(lambda word: bool(word) and not word.startswith("/"))
"""What stands before the slash of a media type, which ends at the first one."""

effects = (
    st.builds(Answer, st.integers(400, 599), errors)
    | st.just(Hang())
    | st.just(Reset())
    | st.builds(Cut, st.integers(0, 1_000_000_000))
    | st.builds(WrongType, st.builds("{}/{}".format, kinds, words.filter(bool)))
    | st.just(MalformedJson())
    | st.builds(LostCookie, st.from_regex(r"[\w!#$%&'*.^`|~+-]{0,20}", fullmatch=True))
    | st.just(Duplicate())
)
thens = st.builds(Then, delay=delays(), effect=st.none() | effects) | st.builds(
    Then, effect=effects
)
to_the_app = st.builds(
    Sentence,
    st.builds(
        When,
        place=st.builds(AtStep, st.sampled_from((Step.AUTHORIZE, Step.LOGIN)), methods),
        client=names,
        cadence=cadences,
    ),
    st.builds(
        Then,
        delay=st.none() | delays(),
        effect=st.builds(Answer, st.just(302), errors.filter(bool)),
    ),
)
sentences = (
    to_the_app
    | st.builds(
        Sentence,
        st.builds(When, place=places, client=names, user=names, cadence=cadences),
        thens,
    )
    | st.builds(
        Sentence,
        st.builds(When, place=st.just(AtHandshake()), cadence=cadences),
        st.builds(Then, effect=st.sampled_from(BadCertificate)),
    )
)
