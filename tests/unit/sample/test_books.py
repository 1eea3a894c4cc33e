import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sample.books import OUTSIDE, CostBook, StockBook


def test_a_piece_cannot_leave_a_state_it_is_not_in():
    book = StockBook()
    book.shift("L", "A", 3, leaves=OUTSIDE, enters="available")
    with pytest.raises(AssertionError, match="too few pieces in available"):
        book.shift("L", "A", 4, leaves="available", enters="reserved")


def test_three_pieces_for_ten_leave_at_the_posted_figure():
    book = CostBook()
    book.receive("A", 3, 1000)
    assert [book.issue("A", 1) for _ in range(3)] == [333, 334, 333]


@given(
    st.lists(st.tuples(st.integers(1, 400), st.integers(0, 90_000)), min_size=1, max_size=8),
    st.lists(st.integers(1, 90), max_size=30),
)
def test_value_in_is_cost_out_plus_value_held(receipts, issues):
    book, spent = CostBook(), 0
    for qty, value in receipts:
        book.receive("A", qty, value)
    for qty in issues:
        if qty <= book.qty["A"]:
            spent += book.issue("A", qty)
    assert spent + book.value["A"] == sum(value for _, value in receipts)
    if book.qty["A"] == 0:
        assert book.value["A"] == 0


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.integers(0, 99_999))
def test_shares_of_a_pool_add_up_to_the_pool(parts, value):
    book = CostBook()
    book.receive("A", sum(parts), value if sum(parts) else 0)
    assert sum(book.split("A", parts)) == book.value["A"]
