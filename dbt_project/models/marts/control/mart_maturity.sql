with

run as (

    select * from {{ ref('int_control__run') }}

),

gates as (

    select * from {{ ref('maturity_gate') }}

),

companies as (

    select company_id from {{ ref('int_master__company') }}

),

scopes as (

    select company_id, '' as scope from companies
    union
    select company_id, scope from {{ ref('int_control__scope_rule') }}

),

stacked as (

    select facts.company_id, cells.scope, facts.gate, facts.met_count, facts.all_count
    from {{ ref('int_control__maturity_fact') }} as facts
    inner join {{ ref('int_control__scope_cell') }} as cells
        on
            facts.company_id = cells.company_id
            and facts.location_id = cells.location_id
            and facts.category = cells.category
            and facts.order_type = cells.order_type
    union all
    -- a ledger closes for the company; no pilot has books of its own
    select
        company_id, '', 'ledger_agreement',
        case when status = 'explained' and not is_above_materiality then 1 else 0 end, 1
    from {{ ref('fct_gl_tieout') }}
    where status <> 'no_subledger'
    union all
    select company_id, '', 'clean_history', case when is_censored then 0 else 1 end, 1
    from {{ ref('fct_demand') }}

),

added as (

    select
        company_id,
        scope,
        gate,
        sum(met_count) as met_count,
        sum(all_count) as all_count
    from stacked
    group by company_id, scope, gate

),

measured as (

    select
        scopes.company_id,
        scopes.scope,
        gates.*,
        cast(added.met_count as bigint) as numerator,
        cast(added.all_count as bigint) as denominator,
        {{ divide_exact(
            'cast(100 * added.met_count as decimal(18, 0))',
            'cast(added.all_count as decimal(18, 0))', 2, from_scale=0, by_scale=0
        ) }} as value_pct,
        100 * added.met_count >= gates.target_pct * added.all_count as is_met
    from scopes
    cross join gates
    left join added
        on
            scopes.company_id = added.company_id
            and scopes.scope = added.scope
            and gates.gate = added.gate

)

select
    measured.company_id,
    measured.scope,
    measured.phase,
    measured.phase_name,
    measured.gate,
    measured.gate_number,
    measured.numerator,
    measured.denominator,
    measured.value_pct,
    measured.target_pct,
    measured.is_met,
    -- a phase is reached when every gate of it is, and one that nobody can measure is not
    min(case when coalesce(measured.is_met, false) then 1 else 0 end) over (
        partition by measured.company_id, measured.scope, measured.phase
    ) = 1 as is_phase_met,
    case
        when measured.denominator is null then concat('not available: needs ', measured.needs)
        when measured.is_met
            then concat(measured.value_pct, ' % is at or above ', measured.target_pct, ' %')
        else concat(measured.value_pct, ' % is below ', measured.target_pct, ' %')
    end as reason,
    measured.meaning as definition,
    run.policy_version,
    run.as_of_at,
    run.watermark_at
from measured
cross join run
