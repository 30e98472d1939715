"""The choices of a form: whatever a sentence can say can be chosen, and the other way round."""

from hypothesis import given

from sandbox_app.domain.conditions.faults import AtHandshake, AtStep, Step, Then, When
from sandbox_app.server.routes import DOMAIN, endpoint_at
from sandbox_app.workbench.conditions.faults.parsing import CADENCES as CADENCE_WORDS
from sandbox_app.workbench.conditions.faults.parsing import parse
from sandbox_app.workbench.conditions.faults.sentences import Sentence, write
from sandbox_app.workbench.conditions.faults.vocabulary import (
    CADENCES,
    DELAY,
    EFFECTS,
    PLACES,
    choice_of,
)
from tests.workbench.conditions.faults.strategies import sentences


@given(sentences)
def test_what_a_sentence_says_can_be_chosen_in_a_form(sentence: Sentence) -> None:
    said = [sentence.when.place, sentence.when.cadence, sentence.then.delay, sentence.then.effect]
    for record in said:
        if record is not None:
            choice, values = choice_of(record)
            assert choice.make(**values) == record


def test_what_a_form_begins_with_is_a_sentence_that_is_read_back() -> None:
    for place in PLACES:
        for effect in EFFECTS:
            for cadence in CADENCES:
                made = place.make(**place.defaults())
                if isinstance(made, AtHandshake) != effect.key.startswith("certificate"):
                    continue
                when = When(place=made, cadence=cadence.make(**cadence.defaults()))
                then = Then(effect=effect.make(**effect.defaults()))
                assert parse(write(when, then)) == Sentence(when, then)


def test_a_delay_can_be_chosen_too() -> None:
    made = DELAY.make(**DELAY.defaults())
    assert choice_of(made) == (DELAY, DELAY.defaults())


def test_choices_are_told_apart() -> None:
    for choices in (PLACES, EFFECTS, CADENCES):
        assert len({choice.key for choice in choices}) == len(choices)
        assert len({choice.label for choice in choices}) == len(choices)
    assert CADENCE_WORDS


def test_every_step_is_one_of_the_endpoints_and_every_endpoint_has_a_step() -> None:
    well_known = "/us-east-1_Demo00001/.well-known"
    paths = (*DOMAIN, f"{well_known}/jwks.json", f"{well_known}/openid-configuration")
    served = {endpoint.step for path in paths if (endpoint := endpoint_at(path)) is not None}

    assert {AtStep(step).step.value for step in Step} == served
