"""Control totals of deliveries, and who may do what."""

import polars as pl

from models.contracts import column
from models.contracts.conditions import not_before, not_negative
from models.contracts.fields import KEY, OPTIONAL, REQUIRED
from models.contracts.kernel import Extract, rule


class ControlFeedManifest(Extract):
    """One row per batch a sender says it produced, with its control totals."""

    feed_name = column.text(KEY, "canonical table or raw feed")
    batch_id = column.text(KEY, "id")
    produced_at = column.timestamp(REQUIRED, "produced")
    schema_version = column.text(REQUIRED, "contract version")
    row_count = column.integer(REQUIRED, "rows")
    sum_qty = column.quantity(OPTIONAL, "control total")
    sum_amount = column.amount(OPTIONAL, "control total")
    first_sequence = column.integer(OPTIONAL, "sequence")
    last_sequence = column.integer(OPTIONAL, "sequence")
    watermark_at = column.timestamp(OPTIONAL, "source complete up to")
    checksum = column.text(OPTIONAL, "file hash")
    sender = column.text(OPTIONAL, "vendor")
    is_test = column.boolean(OPTIONAL, "sandbox")

    @rule
    def row_count_is_not_negative(cls) -> pl.Expr:
        return not_negative("row_count")

    @rule
    def last_sequence_is_not_before_the_first(cls) -> pl.Expr:
        return not_before("last_sequence", "first_sequence")


class ControlAccess(Extract):
    """One row per user and role in a system."""

    system_name = column.text(KEY, "system")
    user_id = column.text(KEY, "user")
    user_name = column.text(OPTIONAL, "name")
    role_name = column.text(KEY, "role")
    privilege = column.code(
        OPTIONAL, ("read", "post", "maintain_master", "approve", "admin"), "what the role may do"
    )
    granted_date = column.date(OPTIONAL, "since")
    last_used_at = column.timestamp(OPTIONAL, "last use")
    mfa_enabled = column.boolean(OPTIONAL, "MFA")
    is_generic = column.boolean(OPTIONAL, "shared/service user")
