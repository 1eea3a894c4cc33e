"""The suites themselves, without Great Expectations."""

import subprocess
import sys

import pytest

from expectations import SUITE_FEEDS
from expectations.expected import Kind, Severity, between, usual_share, usual_volume
from expectations.rendered import rendered_suite
from expectations.runner import suite_of
from expectations.suites import SUITES
from models.contracts import CONTRACTS

WRITTEN = [(feed, expected) for feed in SUITE_FEEDS for expected in SUITES[feed]]


@pytest.mark.parametrize("feed, expected", WRITTEN, ids=lambda part: str(part)[:60])
def test_a_written_expectation_names_columns_and_codes_of_its_contract(feed, expected):
    fields = {field.name: field for field in CONTRACTS[feed].fields()}
    assert expected.column in fields
    codes = fields[expected.column].values
    if expected.kind is Kind.NOT_BEFORE:
        assert expected.other in fields
    if expected.kind is Kind.USUAL_SHARE:
        assert expected.other in (codes or ("true", "false"))
    if expected.kind is Kind.HOLDS:
        assert set(expected.values) <= set(codes)


@pytest.mark.parametrize("feed", SUITE_FEEDS)
def test_no_feed_expects_the_same_twice_and_each_has_a_person_s_part(feed):
    sentences = [expected.sentence for expected in suite_of(feed)]
    assert len(sentences) == len(set(sentences))
    assert SUITES[feed]
    assert sum(expected.kind is Kind.USUAL_VOLUME for expected in SUITES[feed]) <= 1


def test_the_contract_s_part_is_required_columns_and_closed_lists():
    sentences = {expected.sentence for expected in rendered_suite("wms_shipment")}
    assert "shipment_id is given" in sentences
    assert "status is one of draft, planned, packed, shipped, delivered, cancelled" in sentences
    assert not any("customer_code" in sentence for sentence in sentences)
    assert {e.severity for e in rendered_suite("wms_shipment")} == {Severity.CRITICAL}


def test_sentences_read_as_sentences():
    assert between("qty", 0, None, mostly=0.98).sentence == (
        "qty lies between 0 and anything in 98.0% of the rows"
    )
    assert usual_share("status", "cancelled", 0.0, 0.15).sentence == (
        "0 to 15 % of a month's rows have status cancelled"
    )
    assert usual_volume("order_at").sentence == (
        "rows per month of order_at are 0.25 to 4 times the months before"
    )


def test_importing_the_room_does_not_import_great_expectations():
    code = (
        "import sys, expectations, expectations.runner as r, pathlib;"
        "assert r.validate_batches({}, docs_dir=pathlib.Path('nowhere')) == [];"
        "assert 'great_expectations' not in sys.modules and 'pandas' not in sys.modules;"
        "assert not pathlib.Path('nowhere').exists()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
