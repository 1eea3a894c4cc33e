"""Names of goods and parties: made up, one after the other, without chance."""

from __future__ import annotations

from pipelines.sample.bulk.arrays import Array
from pipelines.sample.bulk.company import CATEGORIES

SURNAMES = (
    "Albers", "Brandt", "Claussen", "Dorn", "Eggers", "Faber", "Gerlach", "Hinrichs", "Iwers",
    "Jessen", "Kroll", "Lindner", "Marquardt", "Niemann", "Ohlsen", "Petri", "Quast", "Reimers",
    "Sander", "Thoms", "Ulrich", "Voss", "Wiechert", "Zander",
)  # fmt: skip
TRADES = (
    "Metallbau", "Dachdecker", "Elektro", "Sanitär", "Tischlerei", "Gartenbau", "Hochbau",
    "Malerbetrieb", "Fensterbau", "Werkzeuge", "Landtechnik",
)  # fmt: skip
FORMS = ("GmbH", "KG", "e.K.", "GbR", "AG")
MAKERS = ("Stahl", "Norm", "Alpin", "Rhein", "Elb", "Weser", "Main", "Donau", "Harz", "Taunus")
MAKES = ("werk", "technik", "schrauben", "textil", "chemie", "licht", "form")


def item_names(category: Array) -> list[str]:
    return [
        f"{CATEGORIES[kind][0]} {number // 40 + 1}-{number % 40 * 5 + 10}"
        for number, kind in enumerate(category.tolist())
    ]


def customer_names(count: int) -> list[str]:
    return [
        f"{TRADES[n % len(TRADES)]} {SURNAMES[n % len(SURNAMES)]} {n + 1} {FORMS[n % len(FORMS)]}"
        for n in range(count)
    ]


def supplier_names(count: int) -> list[str]:
    return [f"{MAKERS[n % len(MAKERS)]}{MAKES[n % len(MAKES)]} {n + 1} GmbH" for n in range(count)]
