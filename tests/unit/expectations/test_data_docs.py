import re

from expectations.data_docs import write_data_docs
from expectations.verdict import Verdict, as_records


def verdict(feed="wms_shipment", *, success=False, observed="<b>'x'</b>") -> Verdict:
    return Verdict(
        feed, "status is one of shipped", success, "warning", "written", observed, 3, 10,
        "" if success else "broken",
    )  # fmt: skip


def test_pages_load_nothing_from_outside_and_run_no_script(tmp_path):
    write_data_docs(tmp_path, [verdict()], {"wms_shipment": 10})
    for page in tmp_path.glob("*.html"):
        text = page.read_text("utf-8")
        assert "://" not in text and "<script" not in text and "@import" not in text
        links = re.findall(r'(?:src|href)="([^"]+)"', text)
        assert all((tmp_path / link).is_file() for link in links)


def test_values_are_text_not_markup(tmp_path):
    write_data_docs(tmp_path, [verdict()], {"wms_shipment": 10})
    assert "&lt;b&gt;" in (tmp_path / "wms_shipment.html").read_text("utf-8")


def test_the_index_keeps_feeds_that_were_judged_earlier(tmp_path):
    write_data_docs(tmp_path, [verdict()], {"wms_shipment": 10})
    write_data_docs(tmp_path, [verdict("gl_balance", success=True)], {"gl_balance": 4})
    index = (tmp_path / "index.html").read_text("utf-8")
    assert 'href="wms_shipment.html"' in index and 'href="gl_balance.html"' in index


def test_records_are_plain():
    assert as_records([verdict(success=True)])[0]["expectation"] == "status is one of shipped"
