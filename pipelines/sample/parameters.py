"""What the sample company is made of: its volumes, its distributions and the rates of its faults.

Every figure that shapes the story stands here, so that docs/sample-company.md can name it and a
reader who knows the trade can disagree with one number instead of with the code.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from pipelines.sample.faults.rates import FaultRates


@dataclass(frozen=True, slots=True)
class Demand:
    """How customers order."""

    orders_per_business_day: float = 6.4
    lines_per_order_weights: tuple[int, ...] = (34, 24, 16, 11, 8, 5, 2)
    yearly_growth: float = 0.12
    season_amplitude: float = 0.30
    popularity_exponent: float = 0.75
    sample_order_share: float = 0.012
    cancelled_line_share: float = 0.015
    backorder_patience_days: int = 45


@dataclass(frozen=True, slots=True)
class Market:
    """What moves demand from outside."""

    promotion_known_days: int = 21  # before a promotion begins
    # Mean daily temperature in tenths of a degree: yearly mean, half the swing, day of the
    # warmest day, daily persistence in per cent, spread of what is new each day.
    temperature: tuple[int, int, int, int, int] = (98, 95, 201, 75, 24)
    forecast_days: int = 3
    forecast_error_tenths: int = 9  # per day ahead
    weather_category: str = "Site supplies"
    weather_percent_per_degree: int = 3  # demand, for each degree off the season's usual
    intermittent_week_share: float = 0.14  # weeks in which an intermittent item is asked for
    intermittent_factor: int = 4
    launch_days: tuple[int, int] = (134, 243)  # from the first day to the two launches
    launch_ramp_days: int = 90


@dataclass(frozen=True, slots=True)
class Outbound:
    """How orders are entered, served and carried."""

    case_share: float = 0.5  # of lines for items that come in cases
    kit_weight_share: float = 0.02  # of all popularity, over the kits
    kits_kept: int = 6  # of an assembled kit; below it, on Tuesdays, so many are put together:
    kit_batch: int = 10
    warranty_order_share: float = 0.008
    free_goods_share: float = 0.06  # of lines large enough for the extra piece (twice usual)
    changed_line_share: float = 0.012  # before anything was picked
    pick_short_share: float = 0.010  # of picks in a full warehouse
    short_found_share: float = 0.65  # of those: the bin check finds the pieces
    cancelled_after_pick_share: float = 0.004
    split_shipment_share: float = 0.05  # of orders with three lines and more
    grams_per_carton: int = 15_000
    transit_days: tuple[tuple[str, int], ...] = (("DE", 1), ("CH", 3), ("US", 6))
    slow_delivery_share: float = 0.12  # one business day more
    overdue_days_to_hold: int = 6  # for customers with a credit limit
    lost_share: float = 0.02  # of shipments that are ours on the road and need a signature
    damaged_share: float = 0.012  # of the same: pieces arrive damaged and are accepted
    claim_days: tuple[int, int] = (2, 6)  # business days until the carrier is asked to pay
    drop_ships_a_day: int = 1  # at most: each happens with this share
    drop_ship_share_of_days: float = 0.16
    freight_cents: int = 690  # a shipment, and more for each kilogram
    freight_cents_per_kilogram: int = 28
    freight_markup_percent: int = 15
    hazmat_cents: int = 1_850


@dataclass(frozen=True, slots=True)
class Supply:
    """How stock is replenished."""

    review_weekdays: tuple[int, ...] = (0, 3)
    opening_cover_days: int = 55
    safety_days: int = 16  # and no less than so many usual orders of the item:
    safety_orders: int = 2
    order_cover_days: int = 32
    split_receipt_share: float = 0.10
    cancelled_line_share: float = 0.008  # of order lines: the supplier cannot deliver
    supplier_invoice_days: tuple[int, int] = (2, 9)
    # Items with a shelf life got a new recipe: a new price for all that is ordered from then on.
    reformulated_on: date = date(2025, 7, 1)
    reformulated_percent: int = 6


@dataclass(frozen=True, slots=True)
class Receiving:
    """What happens to goods between a supplier and the shelf, and to the papers with them."""

    transit_days: tuple[int, int] = (1, 4)  # business days after a supplier's notice
    short_share: float = 0.025  # of announced lines: fewer came, and all were billed
    short_percent: tuple[int, int] = (2, 8)
    inspection_days: tuple[int, int] = (1, 3)
    reject_share: float = 0.16  # of inspected lines
    reject_percent: tuple[int, int] = (4, 25)
    return_days: tuple[int, int] = (1, 2)  # rejected goods leave for the supplier
    credit_days: tuple[int, int] = (1, 3)  # the supplier's credit memo, after that


@dataclass(frozen=True, slots=True)
class Payables:
    """What suppliers and forwarders bill, and how they are paid."""

    price_variance_share: float = 0.05  # of billed lines
    price_variance_percent: tuple[int, int] = (-2, 4)
    parked_share: float = 0.05  # of bills: looked at before they are booked
    parked_days: tuple[int, int] = (1, 3)
    freight_percent: int = 3  # of the goods, and the least in cents
    freight_least: int = 2_500
    duty_percent: int = 4  # of goods from abroad
    final_cost_days: tuple[int, int] = (10, 25)
    final_cost_percent: tuple[int, int] = (90, 114)  # of the estimate


@dataclass(frozen=True, slots=True)
class Money:
    """How customers are billed and pay."""

    tax_percent: int = 19
    late_invoice_share: float = 0.04
    # An order that a price or a missing reference keeps from being billed is so old at the end
    # that it has shipped and is past its grace.
    blocked_before_end_days: int = 40
    unlinked_customer_every: int = 9
    price_rise_percent: int = 3
    price_rise_on: date = date(2025, 7, 1)
    days_late_weights: tuple[int, ...] = (4, 5, 9, 14, 18, 14, 10, 8, 6, 5, 4, 3)
    takes_discount_share: float = 0.75  # of invoices with a cash discount, paid in its days
    booked_later_share: float = 0.12  # of payments: booked a day after their value
    short_payment_share: float = 0.012  # of invoices paid
    cents_short_share: float = 0.008  # of invoices paid: some cents are missing, written off
    on_account_share: float = 0.025  # of payments: come without a reference, applied days later
    bounced_share: float = 0.03  # of direct debits
    allowance_share: float = 0.0025  # of invoice lines: part of the price is given up later
    cancelled_invoice_share: float = 0.006  # taken back and written again in the same month
    dispute_share: float = 0.006  # of invoices, beside those paid short
    dispute_days: tuple[int, int] = (4, 26)  # business days until it is decided
    dispute_accepted_share: float = 0.55


@dataclass(frozen=True, slots=True)
class Ledger:
    """How the ledger posts (domain.md A.4), and how long it takes.

    Periods of a module are closed so many business days after the month."""

    posting_profile: str = "control_transfer"
    interim_receipts: bool = False  # receipts wait on INV_INTERIM until they are put away
    transfer_cost: str = "expense"  # or capitalise
    posting_sla_days: int = 2
    returns_reserve: bool = False  # expected returns are reserved at sale (E28)
    expected_return_percent: int = 3
    close_days: tuple[tuple[str, int], ...] = (
        ("INV", 2), ("PUR", 2), ("AR", 3), ("AP", 3), ("GL", 5),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Charges:
    """Surcharges that the policy asks for without an event behind them; money in cents."""

    handling_customers: tuple[int, ...] = (19, 23)  # positions in the catalogue: small web buyers
    handling_fee: int = 450
    # Who gets goods on pallets that come back: a deposit on every so manieth shipment.
    packaging_customers: tuple[int, ...] = (2,)
    packaging_every: int = 4
    packaging_deposit: int = 1_200
    packaging_back_days: int = 18  # business days until the deposit is credited


@dataclass(frozen=True, slots=True)
class Promotion:
    """A price cut on every so manieth item, contracts apart; `percent` off the list price."""

    name: str
    first: date
    last: date
    percent: int
    first_item: int
    every: int
    lift_percent: int  # how much more is ordered while it lasts


@dataclass(frozen=True, slots=True)
class Pricing:
    """What the price lists hold besides a price per group."""

    contract_customers: int = 2
    contract_every: int = 7  # items
    contract_percent: int = 84  # of the list price
    scale_category: str = "Fasteners"
    scale_qty: int = 40
    scale_percent: int = 4
    promotions: tuple[Promotion, ...] = (
        Promotion("Spring weeks", date(2025, 4, 7), date(2025, 4, 26), 15, 3, 10, 45),
        Promotion("Autumn weeks", date(2025, 10, 6), date(2025, 10, 25), 15, 8, 10, 35),
    )


@dataclass(frozen=True, slots=True)
class Transfers:
    """Goods that the first warehouse sends to the others."""

    # From, to, days on the road (business days), cents a truck, cents a piece.
    lanes: tuple[tuple[str, str, int, int, int], ...] = (
        ("HAM", "LEJ", 2, 9500, 12),
        ("HAM", "AUG", 3, 14500, 18),
    )
    # On the way back trucks carry pallets and, where somebody asks for it, goods. Nobody did this year.
    lanes_back: tuple[tuple[str, str, int, int, int], ...] = (
        ("LEJ", "HAM", 2, 4500, 12),
        ("AUG", "HAM", 3, 6500, 18),
    )
    weekdays: tuple[int, ...] = (1, 3)  # a truck for each lane in turn
    lines_per_truck: int = 3
    moved_days: int = 12  # of the receiver's sales
    kept_days: int = 18  # of the sender's own sales, which never leave
    late_share: float = 0.10  # one business day more
    short_share: float = 0.03  # of lines: pieces missing at arrival


@dataclass(frozen=True, slots=True)
class Returns:
    """What customers send back."""

    line_share: float = 0.030  # of shipment lines
    days_until_back: tuple[int, int] = (5, 21)
    days_until_decided: tuple[int, int] = (1, 3)  # business days
    scrapped_share: float = 0.14
    reasons: tuple[str, ...] = ("ordered_wrong", "not_needed", "defect", "wrong_item")
    refused_days: int = 3  # business days until refused goods are back


@dataclass(frozen=True, slots=True)
class Care:
    """What happens to stock that just lies there; shares are per warehouse and round."""

    rounds_a_day: int = 1
    damage_share: float = 0.040
    days_until_reviewed: tuple[int, int] = (4, 16)
    written_down_share: float = 0.25  # of damages: to half their cost first, then scrapped
    hold_share: float = 0.035
    days_held: tuple[int, int] = (2, 9)
    hold_scrapped_share: float = 0.10
    own_use_share: float = 0.020
    wrong_booking_share: float = 0.012  # taken back within the hour
    relabel_day: int = 18  # of every other month
    bin_moves_a_day: int = 1
    approval_above: int = 100_000  # cents; policy_transition


@dataclass(frozen=True, slots=True)
class Counts:
    """Cycle counts every month, one whole warehouse once a year."""

    items_a_month: int = 6
    variance_share: float = 0.12  # of count lines, inside the tolerance of the class
    tolerated_percent: tuple[tuple[str, int], ...] = (("A", 1), ("B", 3), ("C", 5))
    whole_warehouse: str = "LEJ"
    whole_month: int = 6


@dataclass(frozen=True, slots=True)
class Before:
    """What lies before the first day of a story that begins in the middle of a company's life."""

    since: date  # lists of prices, policies and exchange rates hold from then on
    history_weeks: int = 104  # of demand, by item and place
    open_weeks: int = 13  # of which invoices may still be open
    week_spread: float = 0.35  # of what a customer is billed, or a supplier bills, in a week
    late_month_days: int = 3  # suppliers' bills of the last days are not there yet


@dataclass(frozen=True, slots=True)
class Partner:
    """Another company of the group, and the place where its goods come from or go to."""

    company_id: str
    name: str
    country: str
    currency: str
    place: str
    place_name: str
    timezone: str
    sells: bool = False  # to us; else it buys from us


@dataclass(frozen=True, slots=True)
class Trade:
    """Goods that one company of the group sells to another at a transfer price."""

    seller: str
    sender: str  # warehouse
    buyer: str
    receiver: str
    markup_percent: int = 12  # on the seller's cost when the order is written
    days_on_the_road: tuple[int, int] = (4, 6)
    spared_percent: int = 60  # of what lies free at the sender; the rest is for its own customers
    settled_day: int = 8  # of the month after, or the next day on which both work


@dataclass(frozen=True, slots=True)
class Parameters:
    """One sample company.

    A company with a `seller` has a part of that company's range and buys all of it from there."""

    size: str = "small"
    company_id: str = "NORDA"
    company_name: str = "Norda Werkbedarf GmbH"
    currency: str = "EUR"
    country: str = "DE"
    timezone: str = "Europe/Berlin"
    first_day: date = date(2025, 1, 1)
    last_day: date = date(2025, 12, 31)
    # Own warehouses and those of a 3PL: code, name, region, kind, does it report every step.
    warehouses: tuple[tuple[str, str, str, str, bool], ...] = (
        ("HAM", "Hamburg distribution centre", "HH", "dc", True),
        ("AUG", "Augsburg, run by a 3PL", "BY", "third_party", False),
        ("LEJ", "Leipzig regional warehouse", "SN", "warehouse", True),
    )
    warehouse_weights: tuple[int, ...] = (50, 30, 20)
    costing: str = "moving_average"  # or fifo
    first_numbers: int = 0  # added to where document numbers begin: one system, one range each
    before: Before | None = None  # None: the company begins with nothing but stock and cash
    seller: Parameters | None = None
    partners: tuple[Partner, ...] = ()
    items: int = 60
    customers: int = 30
    suppliers: int = 6
    kinds_every: int = 0  # customers with something special come again every so many; 0: once
    credit_percent: int = 100  # of the credit limits of the smallest company
    demand: Demand = field(default_factory=Demand)
    market: Market = field(default_factory=Market)
    outbound: Outbound = field(default_factory=Outbound)
    supply: Supply = field(default_factory=Supply)
    receiving: Receiving = field(default_factory=Receiving)
    payables: Payables = field(default_factory=Payables)
    money: Money = field(default_factory=Money)
    pricing: Pricing = field(default_factory=Pricing)
    charges: Charges = field(default_factory=Charges)
    ledger: Ledger = field(default_factory=Ledger)
    transfers: Transfers = field(default_factory=Transfers)
    returns: Returns = field(default_factory=Returns)
    care: Care = field(default_factory=Care)
    counts: Counts = field(default_factory=Counts)
    faults: FaultRates = field(default_factory=FaultRates)

    @property
    def since(self) -> date:
        """From when on what is decided once holds: prices, policies, spellings."""
        return self.before.since if self.before else self.first_day

    @property
    def known_since(self) -> date:
        """The first day of which anything is known, be it demand alone."""
        weeks = self.before.history_weeks if self.before else 0
        return min(self.since, self.first_day - timedelta(weeks=weeks))


@dataclass(frozen=True, slots=True)
class Sample:
    """What one size generates: its companies, and how their systems deliver."""

    size: str
    companies: tuple[Parameters, ...]
    # Months at whose end the systems deliver: the year so far when the product goes live, then
    # month by month.
    cut_months: tuple[int, ...] = (9, 10, 11, 12)
    file_format: str = "csv"
    daily: bool = False  # a delivery every day, else at the end of the cut months
    mishaps: tuple[str, ...] = ()  # files that go wrong on request (writers/mishaps.py)
    trades: tuple[Trade, ...] = ()
