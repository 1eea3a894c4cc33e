import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sample.world.books import StockBook
from pipelines.sample.world.costs import MovingAverageBook as CostBook

OUT, SHELF, RESERVED = (("L", "A", state, "") for state in ("EXT_ADJUST", "ON_HAND", "RESERVED"))
THEIRS, ROAD = ("L", "A", "CONSIGN_IN", "S100"), ("L", "A", "IN_TRANSIT_OUT", "")


def stocked(qty, *, lot=""):
    book = StockBook()
    book.shift("A", qty, OUT, SHELF, lot=lot)
    return book


def test_a_piece_cannot_leave_a_state_it_is_not_in():
    with pytest.raises(AssertionError, match=r"ON_HAND.*too few pieces"):
        stocked(3).shift("A", 4, SHELF, RESERVED)


def test_a_planted_fault_alone_may_take_books_below_zero():
    book = stocked(3)
    book.shift("A", 4, SHELF, RESERVED, may_go_negative=True)
    assert book.level("L", "A", "ON_HAND") == -1


def test_a_move_backward_is_a_move_the_other_way():
    with pytest.raises(AssertionError, match="moves forward"):
        stocked(3).shift("A", -1, SHELF, RESERVED)


def test_what_crosses_the_edge_is_counted_there():
    book = stocked(5)
    book.shift("A", 2, SHELF, OUT)
    assert (book.came_in["A"], book.went_out["A"], book.held("A")) == (5, 2, 3)


def test_goods_of_others_lie_in_the_building_and_not_in_our_pool():
    book = stocked(5)
    book.shift("A", 7, OUT, THEIRS)
    book.shift("A", 1, SHELF, ROAD)
    assert book.held("A") == 12
    assert book.pooled["A"] == 4
    assert book.in_building["L", "A"] == 4


def test_lots_of_a_cell_and_the_pieces_of_none():
    book = stocked(5, lot="2025-01")
    book.shift("A", 2, OUT, SHELF)
    book.shift("A", 1, SHELF, RESERVED, lot="2025-01")
    assert book.lots_of("L", "A", "ON_HAND") == [("2025-01", 4)]
    assert book.by_lot(SHELF) == [("", 2), ("2025-01", 4)]


def test_three_pieces_for_ten_leave_at_the_posted_figure():
    book = CostBook()
    book.receive("A", 3, 1000)
    assert [book.issue("A", 1) for _ in range(3)] == [333, 334, 333]


def test_a_count_gain_enters_at_the_last_known_cost():
    book = CostBook({"A": 250})
    assert book.count_in("A", 2) == 500
    book.receive("A", 4, 1200)
    assert book.count_in("A", 1) == 300


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
    if sum(parts):
        book.receive("A", sum(parts), value)
    assert sum(book.split("A", parts)) == book.value["A"]
