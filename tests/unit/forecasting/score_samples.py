"""Histories whose pattern is known: who pays back, what words mean, who is late."""

from datetime import date, datetime, timedelta

import polars as pl

START = date(2025, 1, 1)
MOMENT = datetime(2025, 1, 1)
LINE = {
    "company_id": pl.String, "subject_id": pl.String, "order_date": pl.Date,
    "shipment_id": pl.String, "party_id": pl.String, "item_id": pl.String,
    "location_id": pl.String, "channel": pl.String, "order_type": pl.String, "has_po": pl.Boolean,
    "qty": pl.Float64, "uom": pl.String, "unit_price_doc": pl.Float64, "currency_doc": pl.String,
    "charges": pl.String, "is_waiting": pl.Boolean, "is_late": pl.Boolean,
    "late_known_date": pl.Date, "is_proof_late": pl.Boolean, "proof_known_date": pl.Date,
}  # fmt: skip


def line(number: int, day: int, **changed: object) -> dict[str, object]:
    return {
        "company_id": "A", "subject_id": f"{number:05}", "order_date": START + timedelta(days=day),
        "shipment_id": f"S{number}", "party_id": f"C{number % 20}", "item_id": f"I{number % 7}",
        "location_id": "L", "channel": "web", "order_type": "standard", "has_po": True,
        "qty": 2.0, "uom": "EA", "unit_price_doc": 10.0 + (number % 7), "currency_doc": "EUR",
        "charges": "freight", "is_waiting": False, "is_late": False,
        "late_known_date": START + timedelta(days=day + 3), "is_proof_late": False,
        "proof_known_date": START + timedelta(days=day + 2),
    } | changed  # fmt: skip


def billing_lines() -> pl.DataFrame:
    """Ten a day for 200 days. Proofs of customers C0 to C3 never come, and their lines are late,
    most of all where no order number is known; of the others one in twenty-five is."""
    rows = []
    for number in range(2000):
        day, customer = number // 10, number % 20
        is_slow, has_po = customer < 4, number % 3 > 0
        rows.append(
            line(
                number, day, has_po=has_po, is_proof_late=is_slow,
                is_late=(is_slow and (not has_po or number % 7 < 3)) or number % 25 == 24,
            )
        )  # fmt: skip
    return pl.DataFrame(rows, schema=LINE)


def waiting(number: int, **changed: object) -> dict[str, object]:
    """Ordered on the last day of the history; nothing is known of how it goes."""
    unknown = dict.fromkeys(("is_late", "late_known_date", "is_proof_late", "proof_known_date"))
    return line(number, 200, **unknown, is_waiting=True, **changed)


def with_waiting(*rows: dict[str, object]) -> pl.DataFrame:
    return pl.concat([billing_lines(), pl.DataFrame(list(rows), schema=LINE)])


WORDS = {
    "damage": ("boxes", "crushed", "broken", "contents", "wet", "pallet", "torn", "arrival"),
    "price": ("price", "agreed", "discount", "contract", "lower", "sales", "list", "quoted"),
}
EVERYWHERE = ("please", "our", "order", "delivery")


def complaint(reason: str, number: int) -> str:
    pool = WORDS[reason]
    return f"{EVERYWHERE[number % 4]} {pool[number % 8]} {pool[(3 * number + 1) % 8]}, 2025"


def disputes(each: int, *, asked: tuple[str, ...] = ()) -> pl.DataFrame:
    """`each` closed disputes of either reason in turn, then open ones that name none."""
    rows = [
        {
            "company_id": "A", "source_system": "erp", "dispute_id": f"D{number:05}",
            "opened_at": MOMENT + timedelta(hours=number),
            "closed_at": MOMENT + timedelta(hours=number + 5),
            "reason_code": reason, "is_open": False,
            # one in fifty was filed under the other reason
            "free_text": complaint(reason if number % 50 else _other(reason), number // 2),
        }
        for number in range(2 * each)
        for reason in [("damage", "price")[number % 2]]
    ]  # fmt: skip
    rows += [
        {
            "company_id": "A", "source_system": "erp", "dispute_id": f"OPEN{number}",
            "opened_at": MOMENT + timedelta(days=200), "closed_at": None, "reason_code": "other",
            "is_open": True, "free_text": text,
        }
        for number, text in enumerate(asked)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def _other(reason: str) -> str:
    return "price" if reason == "damage" else "damage"


def closed_exceptions(each: int) -> pl.DataFrame:
    """Of UNBILLED nine in ten came back, of GL_TIMING, ten times as large, one in ten."""
    return pl.DataFrame([
        {
            "company_id": "A", "exception_id": f"E{number:05}", "party_id": f"C{number % 10}",
            "code": code, "exposure_amount": float(100 + number % 37) * (10 if code == "GL_TIMING" else 1),
            "is_recovered": (number // 2 % 10 > 0) == (code == "UNBILLED"),
            "found_at": MOMENT + timedelta(hours=number),
            "closed_at": MOMENT + timedelta(hours=number + 10),
        }
        for number in range(2 * each)
        for code in [("UNBILLED", "GL_TIMING")[number % 2]]
    ])  # fmt: skip
