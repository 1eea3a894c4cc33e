"""How much is asked for at a time: quantities of a day, per class of item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reporting.display import quantity
from reporting.figures.pictures import MOST_SERIES, Mark, Picture, Scope, Series, lacking
from reporting.published import Published
from reporting.rows import Selection, has_rows, where_clause

# Steps of the size classes in every power of ten: 1, 2 to 4, 5 to 9, 10 to 19 ...
STEPS = (1, 2, 5)
SMALLEST = Decimal("0.000001")
# First and last quantity of a size class, and its name.
Bound = tuple[Decimal, Decimal, str]


@dataclass(frozen=True, slots=True)
class ClassSize:
    """What is asked for in a day of an item and place, over the items of one class."""

    label: str
    opens: Selection
    items: int
    # Days of an item at a place on which something was asked for.
    days: int
    median: Decimal
    ninety_percent: Decimal
    largest: Decimal


@dataclass(frozen=True, slots=True)
class Sizes:
    """The distribution as a picture (per cent of a class's days) and as a line per class."""

    picture: Picture
    classes: tuple[ClassSize, ...] = ()
    # Every size class in order, also those that no quantity falls into.
    names: tuple[str, ...] = ()
    # What the quantities are in; the picture is in per cent.
    unit: str = ""


def demand_sizes(published: Published, scope: Scope) -> Sizes:
    """Quantities asked for per item, place and day, by ABC class; by category where items have none.

    Order lines are not a published table: several lines of one day count as one quantity.
    """
    title = "How much is asked for at a time"
    needs = ("company_id", "item_id", "demand_qty")
    everything = scope.rows_of("fct_demand")
    asked = everything.where("demand_qty", str(SMALLEST), operation="from")
    missing = lacking(published, asked, needs) or published.missing(
        "dim_item", ("company_id", "item_id", "abc_class", "category")
    )
    if missing:
        return Sizes(Picture(title, missing=missing))
    column = _class_column(published, asked)
    where, parameters = where_clause(published, asked)
    lines = published.rows(
        _CLASSES.format(where=where, column=column), {**parameters, "most": MOST_SERIES}
    )
    if column == "abc_class":  # A, B, C; categories stay by what is asked for most
        lines = sorted(lines, key=lambda row: row["class"] or "~")
    classes = tuple(
        ClassSize(
            label=_label(column, row["class"]),
            opens=asked.where(column, row["class"]),
            items=row["items"],
            days=row["n"],
            median=row["median"],
            ninety_percent=row["ninety"],
            largest=row["largest"],
        )
        for row in lines
    )
    bounds = tuple(
        _bounds(
            max(row["largest"] for row in lines), is_whole=all(row["is_whole"] for row in lines)
        )
    )
    counts = published.rows(
        _COUNTS.format(where=where, column=column, bounds=_as_values(bounds)), parameters
    )
    series = tuple(
        Series(
            one.label,
            one.label,
            tuple(
                _mark(
                    everything.where(column, row["class"]),
                    bounds[found["size"]],
                    days=found["n"],
                    of_days=one.days,
                )
                for found in counts
                if found["class"] == row["class"]
            ),
        )
        for one, row in zip(classes, lines, strict=True)
    )
    return Sizes(
        Picture(f"{title}, by {_said(column)}", series, "%"),
        classes,
        tuple(name for _first, _last, name in bounds),
        scope.unit_label,
    )


# The classes with the most days; a quantity is looked up (quantile_disc), never interpolated.
_CLASSES = """
    with asked as (select company_id, item_id, demand_qty from fct_demand{where})
    select
        coalesce(item.{column}, '') as class,
        count(distinct (asked.company_id, asked.item_id)) as items,
        count(*) as n,
        quantile_disc(asked.demand_qty, 0.5) as median,
        quantile_disc(asked.demand_qty, 0.9) as ninety,
        max(asked.demand_qty) as largest,
        bool_and(asked.demand_qty = floor(asked.demand_qty)) as is_whole
    from asked left join dim_item as item using (company_id, item_id)
    group by all
    order by n desc, class
    limit $most
"""

# Size classes are numbered from 0, in the order of their bounds.
_COUNTS = """
    with asked as (select company_id, item_id, demand_qty from fct_demand{where}),
    counted as (
        select coalesce(item.{column}, '') as class, asked.demand_qty, count(*) as n
        from asked left join dim_item as item using (company_id, item_id)
        group by all
    ),
    sizes as (select * from (values {bounds}) as bounds (size, first_qty, last_qty))
    select counted.class, sizes.size, cast(sum(counted.n) as bigint) as n
    from counted
    inner join sizes on counted.demand_qty between sizes.first_qty and sizes.last_qty
    group by all
    order by class, size
"""


def _class_column(published: Published, asked: Selection) -> str:
    """`abc_class` where any item that was asked for has one, else `category`."""
    has_class = has_rows(published, asked.where("abc_class", "", operation="not"))
    return "abc_class" if has_class else "category"


def _said(column: str) -> str:
    return "ABC class of the item" if column == "abc_class" else "category"


def _label(column: str, value: str) -> str:
    if not value:
        return "Class not given" if column == "abc_class" else "Category not given"
    return f"Class {value}" if column == "abc_class" else value


def _bounds(largest: Decimal, *, is_whole: bool) -> Iterator[Bound]:
    """First and last quantity of each size class, and its name, up to the largest quantity."""
    lower, power = Decimal(0), 1
    while lower <= largest:
        for step in STEPS:
            upper = Decimal(step * power)
            if upper > lower and lower <= largest:
                if lower or not is_whole:
                    yield _size(lower, upper, is_whole=is_whole)
                lower = upper
        power *= 10


def _size(lower: Decimal, upper: Decimal, *, is_whole: bool) -> Bound:
    last = upper - (1 if is_whole else SMALLEST)
    if is_whole:
        name = quantity(lower) if last == lower else f"{quantity(lower)}–{quantity(last)}"
    else:
        name = (
            f"{quantity(lower)} to under {quantity(upper)}" if lower else f"under {quantity(upper)}"
        )
    return max(lower, SMALLEST), last, name


def _as_values(bounds: Sequence[Bound]) -> str:
    return ", ".join(
        f"({number}, cast({first} as decimal(18, 6)), cast({last} as decimal(18, 6)))"
        for number, (first, last, _name) in enumerate(bounds)
    )


def _mark(opens: Selection, bound: Bound, *, days: int, of_days: int) -> Mark:
    first, last, name = bound
    lower = opens.where("demand_qty", str(first), operation="from")
    return Mark(
        at=name,
        quantity=(Decimal(100) * days / of_days).quantize(Decimal("0.1")),
        opens=lower.where("demand_qty", str(last), operation="to"),
        label=f"{name} a day",
        count=days,
    )
