"""What ingestion says of itself: deliveries, rejected rows, how far each feed reaches."""

from models.contracts import column
from models.contracts.fields import KEY, OPTIONAL, OPTIONAL_KEY, REQUIRED
from models.contracts.kernel import Contract

DELIVERY_STATUSES = ("loaded", "repeated", "refused", "superseded")
COLUMN_ODDITIES = ("unknown", "missing", "type")
WATERMARK_BASES = ("manifest", "mapping", "file_name", "latest_event")


class FeedDelivery(Contract):
    """One row per file delivered and contract table it feeds.

    Accepted, rejected, repeated and filtered rows add up to the rows read.
    """

    feed = column.text(KEY, "canonical table that the file feeds")
    source_system = column.text(KEY, "which system sent it")
    company_id = column.text(KEY, "legal entity; * for data shared by all")
    batch_id = column.text(KEY, "the batch, named by its content")
    file_name = column.text(KEY, "name as delivered")
    file_hash = column.text(REQUIRED, "hash of the bytes")
    delivered_at = column.timestamp(REQUIRED, "when the file was taken in")
    due_at = column.timestamp(OPTIONAL, "when it was due")
    rows_read = column.integer(REQUIRED, "rows in the file")
    rows_accepted = column.integer(REQUIRED, "rows that came in")
    rows_rejected = column.integer(REQUIRED, "rows in quarantine, parked ones included")
    rows_repeated = column.integer(REQUIRED, "rows that were there already, unchanged")
    rows_filtered = column.integer(REQUIRED, "rows that the mapping leaves out")
    control_total_expected = column.quantity(OPTIONAL, "total the sender says")
    control_total_actual = column.quantity(OPTIONAL, "total of the rows read")
    status = column.code(REQUIRED, DELIVERY_STATUSES, "what became of the file")
    message = column.text(OPTIONAL, "why, in a sentence")


class RejectedRow(Contract):
    """One row per delivered row in quarantine, with every reason and its raw text."""

    feed = column.text(KEY, "canonical table it was meant for")
    source_system = column.text(KEY, "which system sent it")
    company_id = column.text(KEY, "legal entity; * for data shared by all")
    batch_id = column.text(KEY, "the batch it came with")
    file_name = column.text(KEY, "name as delivered")
    row_number = column.integer(
        KEY,
        "row in the file as a spreadsheet counts it, the header being row 1; in Parquet the first row is 1",
    )
    business_key = column.text(OPTIONAL, "key parts as delivered")
    reasons = column.text(REQUIRED, "broken rules, '; ' between them")
    raw_text = column.text(REQUIRED, "the row as delivered, as JSON")
    order_id = column.text(OPTIONAL, "document it names")
    order_line = column.text(OPTIONAL, "document it names")
    shipment_id = column.text(OPTIONAL, "document it names")
    shipment_line = column.text(OPTIONAL, "document it names")
    invoice_id = column.text(OPTIONAL, "document it names")
    invoice_line = column.text(OPTIONAL, "document it names")
    journal_id = column.text(OPTIONAL, "document it names")
    journal_line = column.text(OPTIONAL, "document it names")
    receipt_id = column.text(OPTIONAL, "document it names")
    movement_id = column.text(OPTIONAL, "document it names")
    sequence_no = column.integer(
        OPTIONAL, "number in the sequence of its feed: it came, though refused"
    )


class OddColumns(Contract):
    """One row per delivered file, contract table and way in which its columns are not those agreed."""

    feed = column.text(KEY, "canonical table that the file feeds")
    source_system = column.text(KEY, "which system sent it")
    company_id = column.text(KEY, "legal entity; * for data shared by all")
    batch_id = column.text(KEY, "the batch, named by its content")
    file_name = column.text(KEY, "name as delivered")
    oddity = column.code(
        KEY,
        COLUMN_ODDITIES,
        "unknown: kept beside the contract; missing: the file is refused; type: no value can be read",
    )
    odd_names = column.text(REQUIRED, "the columns, ', ' between them")


class FeedContract(Contract):
    """One row per feed, source, company and first day in force: when its deliveries are due."""

    feed = column.text(KEY, "canonical table; * for every feed")
    source_system = column.text(KEY, "which system sends it; * for every system")
    company_id = column.text(KEY, "legal entity; * for every company")
    valid_from = column.date(KEY, "in force from")
    valid_to = column.date(OPTIONAL, "in force to, inclusive; null = open")
    cadence_minutes = column.integer(
        OPTIONAL, "longest time from one delivery's data to the next; empty = none agreed"
    )
    latency_minutes = column.integer(
        REQUIRED, "longest time from the end of the data to its delivery"
    )
    owner_role = column.text(OPTIONAL, "who answers for the feed; empty = the owner of FEED_LATE")
    contact = column.text(OPTIONAL, "whom to call")
    approved_by = column.text(OPTIONAL, "approver")
    approved_at = column.timestamp(OPTIONAL, "when")
    note = column.text(OPTIONAL, "why")


class MaintenanceWindow(Contract):
    """One row per agreed pause of a feed: what is due or delivered inside it is on time."""

    feed = column.text(KEY, "canonical table; * for every feed")
    source_system = column.text(KEY, "which system pauses; * for every system")
    company_id = column.text(KEY, "legal entity; * for every company")
    starts_at = column.timestamp(KEY, "begin")
    ends_at = column.timestamp(REQUIRED, "end")
    approved_by = column.text(OPTIONAL, "approver")
    note = column.text(OPTIONAL, "why")


class OutdatedRow(Contract):
    """One row per accepted row that holds no more: a later version or a tombstone took its place."""

    feed = column.text(KEY, "canonical table")
    _batch_id = column.text(KEY, "batch it came with")
    _source_file = column.text(KEY, "file it came in")
    _row_number = column.integer(KEY, "row in that file")
    _row_hash = column.text(KEY, "hash of its content")


class RowVersion(Contract):
    """One row per accepted row of a key that came more than once, or that a tombstone took away."""

    feed = column.text(KEY, "canonical table")
    _batch_id = column.text(KEY, "batch it came with")
    _source_file = column.text(KEY, "file it came in")
    _row_number = column.integer(KEY, "row in that file")
    _row_hash = column.text(KEY, "hash of its content")
    superseded_at = column.timestamp(
        OPTIONAL, "delivery of the newer version that took its place; empty where none did"
    )
    first_delivered_at = column.timestamp(REQUIRED, "delivery of the first version of its key")
    is_current = column.boolean(REQUIRED, "whether this version holds now")


class FeedWatermark(Contract):
    """One row per feed, source and company: how far its data is complete."""

    feed = column.text(KEY, "canonical table")
    source_system = column.text(KEY, "which system sends it")
    company_id = column.text(KEY, "legal entity; * for data shared by all")
    watermark_at = column.timestamp(OPTIONAL, "complete up to")
    basis = column.code(REQUIRED, WATERMARK_BASES, "what says so")
    rows = column.integer(REQUIRED, "rows in the lake")


class Declaration(Contract):
    """One row per statement that a mapping makes about its source, such as which feed is the ledger."""

    source_system = column.text(KEY, "which system it is about")
    company_id = column.text(KEY, "legal entity; * for all")
    location_code = column.text(OPTIONAL_KEY, "location it is about; empty = all")
    declaration = column.text(KEY, "what is declared")
    value = column.text(REQUIRED, "as what")


class RunParameter(Contract):
    """One row per run: the only row, what the run was asked for."""

    as_of_at = column.timestamp(KEY, "rows later than this take no part")
    watermark_at = column.timestamp(OPTIONAL, "how far the data behind the run reaches")
    policy_version = column.text(REQUIRED, "hash of the policies in force")
