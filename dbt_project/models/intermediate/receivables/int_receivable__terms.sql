-- Terms are words: what they say is read from the usual spellings (2/10 NET 30, N30, 30 DAYS, EOM,
-- 30 DAYS EOM, 15TH PROX, COD). A word that says nothing to us is not guessed at.

with

codes as (

    select company_id, payment_terms_code as terms_code from {{ ref('stg_billing__invoice') }}
    union
    select company_id, payment_terms_code from {{ ref('stg_billing__order_line') }}
    union
    select company_id, payment_terms_code from {{ ref('int_master__party') }}

),

words as (

    select company_id, terms_code, upper(trim(terms_code)) as word
    from codes
    where terms_code is not null and company_id <> '*'

),

parts as (

    select
        company_id,
        terms_code,
        nullif(regexp_extract(word, '([0-9]+([.][0-9]+)?) *%? *[/] *[0-9]+', 1), '') as pct,
        nullif(regexp_extract(word, '[0-9]+([.][0-9]+)? *%? *[/] *([0-9]+)', 2), '')
            as discount_days,
        coalesce(
            nullif(regexp_extract(word, '(NETTO|NET|NT|N) *[/-]? *([0-9]+)', 2), ''),
            nullif(regexp_extract(word, '[0-9]+ *[/] *[0-9]+ *[/] *([0-9]+)$', 1), ''),
            nullif(regexp_extract(word, '(^|[ ,])([0-9]+) *(DAYS|DAY|TAGE|D|T)($|[ ,])', 2), ''),
            nullif(regexp_extract(word, '^([0-9]+)$', 1), ''),
            case
                when
                    word in ('COD', 'CIA', 'PIA', 'CASH', 'IMMEDIATE', 'PREPAID', 'SOFORT')
                    or word like '%ON RECEIPT%' then '0'
            end
        ) as net_days,
        coalesce(
            nullif(regexp_extract(word, '([0-9]+) *(TH|ST|ND|RD)', 1), ''),
            nullif(regexp_extract(word, '([0-9]+) *PROX', 1), '')
        ) as day_of_month,
        word like '%PROX%' as is_next_month,
        word like '%EOM%' or word like '%ULTIMO%' or word like '%END OF MONTH%' as is_end_of_month,
        word like '%DELIVERY%' or word like '%ROG%' as is_from_delivery
    from words

)

select
    company_id,
    terms_code,
    cast(pct as decimal(18, 4)) as discount_pct,
    cast(discount_days as integer) as discount_days,
    cast(
        coalesce(
            net_days,
            case when is_end_of_month or day_of_month is not null then '0' end
        ) as integer
    ) as net_days,
    cast(day_of_month as integer) as day_of_month,
    is_next_month,
    is_end_of_month,
    is_from_delivery,
    coalesce(net_days, day_of_month) is not null or is_end_of_month as is_understood
from parts
