"""Words that must agree between systems."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, not_negative, positive
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Extract, rule
from models.vocabulary.account_roles import ACCOUNT_ROLE_CODES
from models.vocabulary.codes import (
    ABC_CLASSES,
    CHARGE_TYPES,
    FOB_POINTS,
    INVOICE_POLICIES,
    PARTY_ROLES,
)
from models.vocabulary.costing_methods import COSTING_METHOD_CODES


class MasterItem(Extract):
    """One row per item."""

    item_id = column.text(KEY, "our id")
    description = column.text(REQUIRED, "text")
    item_type = column.code(
        REQUIRED,
        ("stock", "kit", "phantom_kit", "service", "packaging", "consumable"),
        "what kind of item; only stock, kit and packaging have stock",
    )
    base_uom = column.text(REQUIRED, "base unit")
    category = column.text(OPTIONAL, "product group")
    brand = column.text(OPTIONAL, "brand")
    abc_class = column.code(OPTIONAL, ABC_CLASSES, "class by value of demand")
    status = column.code(
        OPTIONAL, ("active", "blocked", "phase_out", "inactive"), "whether it is traded"
    )
    cost_method = column.code(OPTIONAL, COSTING_METHOD_CODES, "override of valuation policy")
    valuation_class = column.text(OPTIONAL, "class for account map")
    tax_class = column.text(OPTIONAL, "tax")
    price_group = column.text(OPTIONAL, "pricing")
    lot_controlled = column.boolean(OPTIONAL, "batches")
    serial_controlled = column.boolean(OPTIONAL, "serials")
    catch_weight = column.boolean(OPTIONAL, "variable weight")
    shelf_life_days = column.integer(OPTIONAL, "days")
    weight = column.quantity(OPTIONAL, "per base unit")
    weight_uom = column.text(OPTIONAL, "unit")
    volume = column.quantity(OPTIONAL, "per base unit")
    hazmat_class = column.text(OPTIONAL, "dangerous goods")
    gtin = column.text(OPTIONAL, "GS1")
    mpn = column.text(OPTIONAL, "manufacturer part")
    successor_item_id = column.text(OPTIONAL, "replacement")
    launch_date = column.date(OPTIONAL, "launch")
    safety_stock = column.quantity(OPTIONAL, "current policy")
    reorder_point = column.quantity(OPTIONAL, "current policy")
    moq = column.quantity(OPTIONAL, "minimum order")
    order_multiple = column.quantity(OPTIONAL, "pack")
    valid_from = column.date(OPTIONAL, "validity")
    valid_to = column.date(OPTIONAL, "validity")
    changed_by = column.text(OPTIONAL, "who")
    approved_by = column.text(OPTIONAL, "approver")

    @rule
    def replenishment_figures_are_not_negative(cls) -> pl.Expr:
        return not_negative("safety_stock", "reorder_point", "moq", "order_multiple")

    @rule
    def shelf_life_is_not_negative(cls) -> pl.Expr:
        return not_negative("shelf_life_days")


class MasterItemXref(Extract):
    """One row per code that a system, customer or supplier uses for an item, and date from which it holds."""

    xref_source = column.text(KEY, "system, customer or supplier that uses the code")
    source_code = column.text(KEY, "code")
    item_id = column.text(REQUIRED, "item")
    source_uom = column.text(OPTIONAL, "default unit in that source")
    pack_qty = column.quantity(OPTIONAL, "base units per code unit")
    valid_from = column.date(KEY, "from")
    valid_to = column.date(OPTIONAL, "to")
    match_method = column.code(
        OPTIONAL, ("gtin", "mpn", "manual", "rule"), "how code and item were brought together"
    )
    approved_by = column.text(OPTIONAL, "approver")

    @rule
    def pack_quantity_is_positive(cls) -> pl.Expr:
        return positive("pack_qty")


class MasterUom(Extract):
    """One row per conversion of one unit into another, for one item or in general, and date from which it holds."""

    item_id = column.text(OPTIONAL_KEY, "null = general conversion")
    from_uom = column.text(KEY, "unit")
    to_uom = column.text(KEY, "unit")
    numerator = column.integer(REQUIRED, "exact ratio")
    denominator = column.integer(REQUIRED, "exact ratio")
    valid_from = column.date(KEY, "from")
    valid_to = column.date(OPTIONAL, "to")
    unece_code = column.text(OPTIONAL, "UN/ECE Rec 20")

    @rule
    def ratio_is_positive(cls) -> pl.Expr:
        return (pl.col("numerator") > 0) & (pl.col("denominator") > 0)


class MasterLocation(Extract):
    """One row per location code of a source."""

    location_code = column.text(KEY, "code in source")
    location_id = column.text(REQUIRED, "our id")
    location_name = column.text(REQUIRED, "name")
    location_type = column.code(
        REQUIRED,
        (
            "dc",
            "warehouse",
            "store",
            "third_party",
            "in_transit",
            "consignment_site",
            "quarantine",
            "customer",
            "supplier",
            "production",
        ),
        "what kind of place",
    )
    parent_location_id = column.text(OPTIONAL, "parent")
    valuation_area = column.text(OPTIONAL, "plant/valuation unit")
    cost_center = column.text(OPTIONAL, "cost centre")
    gln = column.text(OPTIONAL, "GS1")
    country = column.text(OPTIONAL, "ISO 3166")
    region = column.text(OPTIONAL, "state")
    timezone = column.text(REQUIRED, "IANA name")
    sellable = column.boolean(OPTIONAL, "counts for ATP")
    channel_group = column.text(OPTIONAL, "channels served")
    operator_party = column.text(OPTIONAL, "3PL")
    valid_from = column.date(OPTIONAL, "from")
    valid_to = column.date(OPTIONAL, "to")


class MasterParty(Extract):
    """One row per party code of a source and role of the party."""

    party_code = column.text(KEY, "code in source")
    party_role = column.code(KEY, PARTY_ROLES, "what the party is to us")
    party_name = column.text(REQUIRED, "name")
    parent_party_code = column.text(OPTIONAL, "group")
    bill_to_code = column.text(OPTIONAL, "payer")
    payment_terms_code = column.text(OPTIONAL, "terms")
    credit_limit = column.amount(OPTIONAL, "limit")
    currency = column.text(OPTIONAL, "ISO 4217")
    tax_id = column.text(OPTIONAL, "tax")
    tax_exempt_until = column.date(OPTIONAL, "certificate end")
    fob_default = column.code(OPTIONAL, FOB_POINTS, "origin/destination/Incoterm")
    pod_required = column.boolean(OPTIONAL, "needs POD")
    po_required = column.boolean(OPTIONAL, "needs customer PO")
    invoice_policy = column.code(OPTIONAL, INVOICE_POLICIES, "how invoices are grouped")
    invoice_days = column.text(OPTIONAL, "weekday names or days of the month, comma between")
    partial_billing = column.code(
        OPTIONAL, ("allowed", "hold_until_complete"), "whether part of an order may be billed"
    )
    price_group = column.text(OPTIONAL, "group")
    customer_segment = column.text(OPTIONAL, "segment")
    country = column.text(OPTIONAL, "ISO 3166")
    region = column.text(OPTIONAL, "state/province")
    gln = column.text(OPTIONAL, "GS1")
    edi_id = column.text(OPTIONAL, "EDI")
    lead_time_days = column.integer(OPTIONAL, "supplier default")
    active = column.boolean(OPTIONAL, "active")
    valid_from = column.date(OPTIONAL, "from")
    valid_to = column.date(OPTIONAL, "to")

    @rule
    def lead_time_is_not_negative(cls) -> pl.Expr:
        return not_negative("lead_time_days")


class MasterPartyXref(Extract):
    """One row per party code of a source and role, with the party it stands for."""

    party_code = column.text(KEY, "code in the source")
    party_role = column.code(KEY, PARTY_ROLES, "what the party is to us")
    party_id = column.text(REQUIRED, "gold id")
    valid_from = column.date(OPTIONAL, "from")
    valid_to = column.date(OPTIONAL, "to")
    approved_by = column.text(OPTIONAL, "approver")


class MasterPrice(Extract):
    """One row per price or charge in force from a date."""

    price_id = column.text(KEY, "id")
    price_kind = column.code(
        REQUIRED,
        ("contract", "customer", "group", "list", "promo", "charge"),
        "contract wins over customer, group, list, promo",
    )
    source_of_truth = column.text(OPTIONAL, "CRM, ERP, sheet")
    customer_code = column.text(OPTIONAL, "customer")
    price_group = column.text(OPTIONAL, "group")
    item_code = column.text(OPTIONAL, "SKU (null for charges)")
    charge_type = column.code(OPTIONAL, CHARGE_TYPES, "which charge the price is for")
    uom = column.text(REQUIRED, "unit")
    currency = column.text(REQUIRED, "ISO 4217")
    unit_price = column.price(REQUIRED, "price")
    price_basis_qty = column.quantity(OPTIONAL, "per n units")
    tax_inclusive = column.boolean(OPTIONAL, "gross")
    min_qty = column.quantity(OPTIONAL, "scale")
    discount_pct = column.price(OPTIONAL, "percent")
    valid_from = column.date(REQUIRED, "from")
    valid_to = column.date(OPTIONAL, "to")
    created_at = column.timestamp(OPTIONAL, "entered (retroactive check)")
    approved_by = column.text(OPTIONAL, "approver")
    version = column.integer(OPTIONAL, "version")

    @rule
    def price_basis_quantity_is_positive(cls) -> pl.Expr:
        return positive("price_basis_qty")

    @rule
    def minimum_quantity_is_not_negative(cls) -> pl.Expr:
        return not_negative("min_qty")


class MasterItemCost(Extract):
    """One row per item, location, lot, type of cost and date from which it holds."""

    item_code = column.text(KEY, "SKU")
    location_code = column.text(OPTIONAL_KEY, "valuation area")
    lot_number = column.text(OPTIONAL_KEY, "lot cost")
    cost_type = column.code(
        KEY,
        ("standard", "last", "average", "planned", "replacement", "transfer"),
        "what kind of cost; last comes before standard where a receipt has none",
    )
    unit_cost = column.price(REQUIRED, "per base unit")
    currency = column.text(REQUIRED, "ISO 4217")
    valid_from = column.date(KEY, "from")
    valid_to = column.date(OPTIONAL, "to")
    components_json = column.text(OPTIONAL, "material, freight, duty, labour split")
    approved_by = column.text(OPTIONAL, "approver")


class MasterAccount(Extract):
    """One row per account of the chart."""

    account = column.text(KEY, "number")
    account_name = column.text(REQUIRED, "name")
    account_type = column.code(
        REQUIRED,
        ("asset", "liability", "equity", "revenue", "expense", "memo"),
        "class of the account",
    )
    account_role = column.code(
        OPTIONAL,
        ACCOUNT_ROLE_CODES,
        "several accounts may share a role: tie-out is by account and by role; policy_account_role says where an entry goes",
    )
    is_control = column.boolean(OPTIONAL, "subledger control account")
    match_item_class = column.text(OPTIONAL, "role applies to class")
    match_location = column.text(OPTIONAL, "role applies to location")
    parent_account = column.text(OPTIONAL, "hierarchy")
    fs_caption = column.text(OPTIONAL, "statement line")
    valid_from = column.date(OPTIONAL, "from")
    valid_to = column.date(OPTIONAL, "to")


class MasterFiscalPeriod(Extract):
    """One row per fiscal period and module that opens and closes it."""

    fiscal_year = column.integer(KEY, "year")
    fiscal_period = column.integer(KEY, "period")
    module = column.code(
        KEY,
        ("GL", "AR", "AP", "INV", "PUR", "ALL"),
        "which part of the books the period opens and closes",
    )
    start_date = column.date(REQUIRED, "start")
    end_date = column.date(REQUIRED, "end")
    status = column.code(
        REQUIRED, ("open", "closing", "closed"), "whether entries may still be posted"
    )
    opened_at = column.timestamp(OPTIONAL, "opened")
    closed_at = column.timestamp(OPTIONAL, "closed")
    closed_by = column.text(OPTIONAL, "who")

    @rule
    def period_ends_on_or_after_its_start(cls) -> pl.Expr:
        return not_before("end_date", "start_date")


class MasterBom(Extract):
    """One row per component of a parent item and date from which it holds."""

    parent_item_code = column.text(KEY, "kit")
    component_item_code = column.text(KEY, "component")
    qty_per = column.quantity(REQUIRED, "per parent")
    uom = column.text(REQUIRED, "unit")
    bom_type = column.code(
        REQUIRED, ("kit", "phantom", "production"), "kit and phantom are sold, production is made"
    )
    price_share = column.price(OPTIONAL, "revenue share")
    scrap_pct = column.price(OPTIONAL, "scrap")
    valid_from = column.date(KEY, "from")
    valid_to = column.date(OPTIONAL, "to")

    @rule
    def quantity_per_parent_is_not_zero(cls) -> pl.Expr:
        return pl.col("qty_per") != 0


class MasterFxRate(Extract):
    """One row per kind of rate, pair of currencies and date."""

    rate_type = column.code(
        KEY, ("spot", "month_end", "average", "document"), "the last rate on or before a date holds"
    )
    from_currency = column.text(KEY, "ISO 4217")
    to_currency = column.text(KEY, "ISO 4217")
    rate_date = column.date(KEY, "date")
    rate = column.price(REQUIRED, "1 from = rate to")

    @rule
    def rate_is_positive(cls) -> pl.Expr:
        return positive("rate")


class MasterCompany(Extract):
    """One row per legal entity."""

    company_name = column.text(REQUIRED, "legal entity")
    currency = column.text(REQUIRED, "functional currency, ISO 4217")
    country = column.text(OPTIONAL, "ISO 3166")
    timezone = column.text(REQUIRED, "IANA name, for business days")
    chart = column.text(OPTIONAL, "chart of accounts")
    accounting_framework = column.code(
        OPTIONAL, ("us_gaap", "ifrs", "local"), "rules the books follow"
    )
    intercompany_party_code = column.text(
        OPTIONAL, "party code that stands for this company elsewhere"
    )
