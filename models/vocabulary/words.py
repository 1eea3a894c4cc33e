"""Words that columns and pages use in one sense only."""

WORDS = (
    ("expected", "what we compute from events and policies"),
    ("actual", "what an extract shows"),
    ("difference", "always actual - expected: positive means that the source shows more"),
    ("contract", "what a delivered table must hold; rows that break it go to quarantine"),
    ("quarantine", "delivered rows that broke a rule, with raw text and every reason"),
    ("parked", "rejected for now: the header of the line has not come"),
    ("repeated", "delivered again without a change"),
    ("tombstone", "a row that says another is deleted; it leaves the marts, not the history"),
    ("watermark", "how far the data behind a figure really reaches"),
    ("as of", "the moment a run was asked for; rows later than it take no part"),
    ("unknown, waiting for data", "the feed that could answer has not reached the date yet"),
    ("gold id", "item_id, location_id, party_id after the cross-reference"),
    ("code", "the spelling of the source, or a value of a closed list"),
    ("sign of stock and of cost", "+ into stock, - out of it"),
    ("sign of journals", "debit +, credit -"),
    ("policy", "a dated decision of the business; every result cites the row it used"),
    ("exposure", "what an exception is worth if nobody deals with it"),
    ("leak", "money that is ours and does not come, or comes and is not ours"),
)
