-- Where goods that left and still are ours stand in the ledger: on the road, or in the cost of sales
-- of a ledger that takes cost at goods issue. A ledger that books nothing until the count counts them
-- as cost, as it did when they came.
select
    bookings.company_id,
    bookings.valid_from,
    bookings.valid_to,
    coalesce(nullif(rules.debit_role, ''), 'COGS') as issue_role
from {{ ref('int_ledger__booking') }} as bookings
inner join {{ ref('int_ledger__profile_rule') }} as rules
    on bookings.books_as = rules.books_as
where rules.telling = 'booked' and rules.event_code = 'E20' and rules.part = 'goods'
