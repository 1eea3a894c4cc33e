"""Scores on histories whose pattern is known, and on histories too short to learn from."""

import json

import numpy as np
import polars as pl
import pytest

from forecasting.scores.delay_risk import delay_risk, features
from forecasting.scores.dispute_words import dispute_words
from forecasting.scores.judged import (
    average_precision,
    chance_of,
    foremost_sum,
    lift,
    macro_f1,
    miscalibration,
    rising,
    surest,
)
from forecasting.scores.scoring import scores
from forecasting.scores.unusual import unusual
from forecasting.scores.worklist import shares, worklist
from tests.unit.forecasting import score_samples as samples


def measure(found, name: str):
    return next(one for one in found.measures if one.measure == name)


def test_capability_108_the_learnt_order_brings_back_more_in_the_first_twenty_than_exposure():
    found = worklist(samples.closed_exceptions(600))
    told = measure(found, "recovered by the first 20")
    # of the 300 newest, by exposure alone the first twenty are all GL_TIMING: two came back
    assert told.judged_count == 300 and told.is_used
    assert told.learnt > told.ruled > 0
    worth = {(row["code"], row["party_id"]): row for row in found.worth.to_dicts()}
    assert worth["*", ""]["recovered_share"] == pytest.approx(0.5)
    assert worth["UNBILLED", ""]["recovered_share"] == pytest.approx((540 + 5) / 610, abs=1e-6)
    assert worth["UNBILLED", "C2"]["closed_count"] == 120


def test_capability_108_where_exposure_is_as_good_it_stays():
    alike = samples.closed_exceptions(600).with_columns(
        is_recovered=pl.int_range(pl.len()) * 7919 % 13 < 6,
        code=pl.lit("UNBILLED"),
        party_id=pl.lit("C1"),
    )
    found = worklist(alike)
    assert found.worth.is_empty() and not measure(found, "recovered by the first 20").is_used


def test_capability_108_few_labels_teach_nothing_and_it_says_so():
    found = worklist(samples.closed_exceptions(199))
    assert found.worth.is_empty()
    assert found.measures[0].verdict.startswith("not enough data: 199")


def test_shares_of_few_are_drawn_to_those_of_the_wider_group():
    closed = samples.closed_exceptions(600).head(11).with_columns(
        code=pl.lit("UNBILLED"), is_recovered=pl.int_range(11) < 10,
        party_id=pl.when(pl.int_range(11) == 10).then(pl.lit("C1")).otherwise(pl.lit("")),
    )  # fmt: skip
    told = {row["party_id"]: row for row in shares(closed).filter(code="UNBILLED").to_dicts()}
    usual = 10 / 11
    assert told[""]["recovered_share"] == pytest.approx(usual, abs=1e-6)
    assert told["C1"]["recovered_share"] == pytest.approx((0 + 10 * usual) / 11, abs=1e-6)


def test_capability_108_words_give_the_reason_and_unsure_ones_leave_it_open():
    asked = ("Boxes crushed!", "not the price we agreed", "please call us", None)
    found = dispute_words(samples.disputes(300, asked=asked))
    answers = {row["dispute_id"]: row for row in found.answers.to_dicts()}
    assert [answers[f"OPEN{n}"]["category"] for n in range(4)] == [
        "damage", "price", "unclassified", "unclassified",
    ]  # fmt: skip
    assert answers["OPEN0"]["confidence"] > 0.9
    assert "crushed" in json.loads(answers["OPEN0"]["reasons"])["words"]
    f1 = measure(found, "macro F1")
    assert f1.learnt == pytest.approx(0.98, abs=0.01) and f1.ruled == pytest.approx(1 / 3, abs=0.01)
    assert measure(found, "share that goes out").is_used


def test_capability_108_disputes_of_under_two_hundred_a_reason_stay_unclassified():
    found = dispute_words(samples.disputes(199, asked=("boxes crushed",)))
    assert found.answers["category"].to_list() == ["unclassified"]
    assert found.answers["confidence"].to_list() == [None]
    assert found.measures[0].verdict == (
        "not enough data: 0 reasons with 200 closed disputes, 2 needed"
    )


def test_capability_110_a_line_like_the_late_ones_is_flagged_before_its_trigger_with_reasons():
    found = delay_risk(
        samples.with_waiting(
            samples.waiting(5000, party_id="C1", has_po=False), samples.waiting(5001, party_id="C9")
        )
    )
    slow, usual = found.watch.sort("subject_id").to_dicts()
    assert slow["is_flagged"] and not usual["is_flagged"]
    assert slow["score"] > 0.8 and usual["score"] < 0.2
    assert set(json.loads(slow["reasons"])) & {
        "proofs of delivery of this customer that came late or never",
        "late lines of this customer so far", "the customer's order number is known",
    }  # fmt: skip
    told = measure(found, "area under precision and recall")
    assert told.is_used and told.learnt > told.ruled
    assert measure(found, "gap between chance and outcome").learnt < 0.1


def test_capability_110_nothing_that_came_later_speaks_for_a_line():
    """Poisoned: from day 150 on everything is late, and told of days after the line."""
    told = samples.with_waiting()
    border = pl.col("order_date") >= samples.START.replace(month=5, day=31)
    poisoned = told.with_columns(
        is_late=pl.when(border).then(~pl.col("is_late")).otherwise("is_late"),
        is_proof_late=pl.when(border).then(~pl.col("is_proof_late")).otherwise("is_proof_late"),
        unit_price_doc=pl.when(border).then(999.0).otherwise("unit_price_doc"),
    )
    early = told["order_date"] < samples.START.replace(month=5, day=31)
    assert early.sum() == 1500
    before, after = features(told).filter(early), features(poisoned).filter(early)
    assert before.equals(after)
    assert not features(told).filter(~early).equals(features(poisoned).filter(~early))


def test_capability_110_few_late_lines_teach_nothing_and_it_says_so():
    found = delay_risk(samples.billing_lines().head(600))
    assert found.watch.is_empty() and found.measures[0].verdict.startswith("not enough data")


def test_capability_110_an_unusual_price_and_unusual_charges_are_flagged_with_what_is_usual():
    rows = (
        samples.waiting(7000, unit_price_doc=12.0),  # item I0, always 10 before
        samples.waiting(7001, charges="freight+hazmat"),
        samples.waiting(7002, item_id="I2", unit_price_doc=12.3),  # a quarter per cent is no matter
        samples.waiting(7003, item_id="NEW", charges=None),
    )
    told = unusual(samples.with_waiting(*rows))
    found = {(row["subject_id"], row["flag"]): row for row in told.to_dicts()}
    price, charges = found["07000", "price_unusual"], found["07001", "charges_unusual"]
    assert price["is_flagged"] and json.loads(price["reasons"]) == {
        "price": 12.0, "usual for this customer": 10.0, "difference": 0.2, "earlier lines": 15,
    }  # fmt: skip
    assert charges["is_flagged"] and json.loads(charges["reasons"]) == {
        "charges": "freight+hazmat", "earlier shipments of this customer": 100, "with just these": 0,
    }  # fmt: skip
    assert not found["07002", "price_unusual"]["is_flagged"]
    assert not found["07000", "charges_unusual"]["is_flagged"]
    assert not [key for key in found if key[0] == "07003"], "nothing to compare it with"


def test_the_same_rows_in_another_order_give_the_same_scores():
    lines = samples.with_waiting(samples.waiting(5000, party_id="C1"))
    disputes, closed = samples.disputes(300, asked=("crushed",)), samples.closed_exceptions(600)
    once = scores(lines, disputes, closed)
    turned = scores(
        *(frame.sample(fraction=1, shuffle=True, seed=1) for frame in (lines, disputes, closed))
    )
    for name, frame in once.frames.items():
        assert frame.height and frame.equals(turned.frames[name]), name
    assert once.verdict == turned.verdict


def test_measures_by_hand():
    happened = np.array([True, False, True, False])
    assert average_precision(happened, np.array([4.0, 3, 2, 1])) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(happened, np.array([1.0, 1, 1, 1])) == pytest.approx(0.5)
    assert lift(happened, np.array([4.0, 3, 2, 1]), 0.25) == 2.0
    assert foremost_sum(np.array([5.0, 7, 9]), np.array([1.0, 3, 2]), 2) == 16
    assert macro_f1(["a", "a", "b"], ["a", None, "b"], ["a", "b"]) == pytest.approx((2 / 3 + 1) / 2)
    assert miscalibration(happened, np.full(4, 0.5), parts=1) == 0
    assert miscalibration(happened, np.full(4, 0.9), parts=1) == pytest.approx(0.4)


def test_answers_go_out_from_the_lowest_score_that_was_right_often_enough():
    right = np.array([True, True, False, True, False])
    score = np.array([0.9, 0.8, 0.7, 0.6, 0.5])
    assert surest(right, score, 0.75, fewest=1) == 0.6
    assert surest(right, score, 1.0, fewest=1) == 0.8
    assert surest(right, score, 1.0, fewest=3) is None


def test_the_chance_rises_with_the_score_and_pools_what_would_fall():
    steps = rising(np.array([0.1, 0.2, 0.3, 0.4]), np.array([False, True, False, True]), fewest=1)
    assert chance_of(steps, np.array([0.0, 0.1, 0.25, 0.35, 0.9])).tolist() == [0, 0, 0.5, 0.5, 1]
    few = rising(np.arange(5.0), np.array([False, False, True, True, False]), fewest=2)
    assert chance_of(few, np.arange(5.0)).tolist() == [0, 0, 2 / 3, 2 / 3, 2 / 3]
