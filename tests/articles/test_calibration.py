"""Scores that say what a proposal is worth."""

import pytest

from articles.intake.calibration import calibrated
from articles.intake.extract import read_text
from articles.intake.recognise import recognise

KINDS = ("country", "organisation", "person", "agreement")


@pytest.mark.parametrize("kind", KINDS)
def test_a_score_is_a_share_and_never_falls_as_confidence_rises(kind):
    scores = [calibrated(kind, step / 50) for step in range(51)]
    assert scores == sorted(scores)
    assert scores[0] > 0 and scores[-1] < 1


def test_between_two_steps_the_score_lies_between_theirs():
    low, middle, high = (calibrated("organisation", confidence) for confidence in (0.58, 0.7, 0.825))
    assert low < middle < high


def test_a_proposal_carries_what_its_rule_was_worth():
    found = recognise(
        read_text("The Ministry of Trade of Chile signed it, said Prime Minister Anna Testova.")
    )
    assert found
    assert all(proposal.score == calibrated(proposal.kind, proposal.confidence) for proposal in found)
