"""What helps people to choose where to look first; no rule reads any of it."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import between, not_negative
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Contract, rule
from models.vocabulary.codes import DISPUTE_REASONS, SCORE_TASKS, UNCLASSIFIED, WATCH_FLAGS


class BillingWatch(Contract):
    """One row per line that is not in the billing queue yet, and what was looked at on it."""

    company_id = column.text(KEY, "legal entity")
    subject_id = column.text(
        KEY, "expected billing line, or order and line of what has not shipped"
    )
    flag = column.code(KEY, WATCH_FLAGS, "what was looked at")
    score = column.price(
        REQUIRED, "chance of delay, or share of like lines that are as usual, 0..1"
    )
    rule_score = column.price(OPTIONAL, "the customer's own share of late lines so far, 0..1")
    is_flagged = column.boolean(REQUIRED, "worth a look before it is due")
    reasons = column.text(REQUIRED, "what speaks for it, JSON, the weightiest first")
    model_version = column.text(REQUIRED, "lines and choices behind the score")

    @rule
    def scores_lie_between_0_and_1(cls) -> pl.Expr:
        return between("score", 0, 1)


class DisputeCategory(Contract):
    """One row per dispute that names no reason, with the reason that its words speak for."""

    company_id = column.text(KEY, "legal entity")
    source_system = column.text(KEY, "system that holds the dispute")
    dispute_id = column.text(KEY, "dispute")
    category = column.code(
        REQUIRED, (*DISPUTE_REASONS, UNCLASSIFIED), "the reason, where it is sure enough"
    )
    likeliest = column.code(OPTIONAL, DISPUTE_REASONS, "the likeliest reason, sure or not")
    confidence = column.price(OPTIONAL, "how often such an answer was right, 0..1")
    reasons = column.text(REQUIRED, "words that speak for it, JSON, the weightiest first")
    model_version = column.text(REQUIRED, "disputes and choices behind the answer")

    @rule
    def an_answer_says_how_sure_it_is(cls) -> pl.Expr:
        return (pl.col("category") == UNCLASSIFIED) | pl.col("confidence").is_not_null()


class ExceptionWorth(Contract):
    """One row per exception code and customer, code, and all: the share of the exposure that came back."""

    company_id = column.text(KEY, "legal entity")
    code = column.text(KEY, "what is wrong; * for all codes")
    party_id = column.text(OPTIONAL_KEY, "gold party; empty for all of the code")
    recovered_share = column.price(REQUIRED, "of the exposure, drawn to all where few are known")
    closed_count = column.integer(REQUIRED, "closed exceptions behind it")
    model_version = column.text(REQUIRED, "exceptions and choices behind the share")

    @rule
    def shares_and_counts_are_possible(cls) -> pl.Expr:
        return between("recovered_share", 0, 1) & not_negative("closed_count")


class ScoreEvaluation(Contract):
    """One row per task, group and measure on lines that came after those learnt from."""

    company_id = column.text(KEY, "legal entity")
    task = column.code(KEY, SCORE_TASKS, "what is ranked or suggested")
    subgroup = column.text(KEY, "all, or the part of the lines that was judged")
    measure = column.text(KEY, "what was measured")
    learnt = column.price(OPTIONAL, "of what was learnt; none where there is not enough data")
    ruled = column.price(OPTIONAL, "of the order that rules give, on the same lines")
    judged_count = column.integer(REQUIRED, "lines judged, or labels where they do not suffice")
    is_used = column.boolean(REQUIRED, "the learnt order goes out; else the rules' does")
    verdict = column.text(REQUIRED, "the same in words")
    model_version = column.text(REQUIRED, "data and choices behind the figure")

    @rule
    def counts_are_not_negative(cls) -> pl.Expr:
        return not_negative("judged_count")
