-- Links that keys of documents prove, as questions: which goods would be suggested for the invoice line,
-- were its keys not there? A spread of lines that does not depend on their order in any file.

with

settings as (

    select * from {{ ref('int_control__billing_setting') }}

),

links as (

    select
        matches.*,
        count(*) over (
            partition by company_id, source_system, invoice_id, invoice_line
        ) as goods_count,
        count(*) over (partition by expected_billing_id) as invoice_count
    from {{ ref('int_billing__match') }} as matches

),

spread as (      -- one line of goods, one line of an invoice, both whole

    select
        links.company_id, links.source_system, links.invoice_id, links.invoice_line,
        links.expected_billing_id,
        row_number() over (
            partition by links.company_id
            order by
                md5(concat_ws('|', links.source_system, links.invoice_id, links.invoice_line)),
                links.expected_billing_id
        ) as place
    from links
    inner join {{ ref('int_billing__claim_use') }} as claims
        on
            links.company_id = claims.company_id
            and links.source_system = claims.source_system
            and links.invoice_id = claims.invoice_id
            and links.invoice_line = claims.invoice_line
    where
        links.match_level in ('M1', 'M2')
        and links.goods_count = 1 and links.invoice_count = 1
        and claims.surplus_qty = 0

)

select
    spread.company_id,
    spread.source_system,
    spread.invoice_id,
    spread.invoice_line,
    spread.expected_billing_id,
    spread.place <= settings.hidden_count as is_asked
from spread
cross join settings
