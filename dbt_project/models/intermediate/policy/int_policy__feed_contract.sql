{{ config(materialized='view') }}

-- the site's agreements and the shipped ones; a row of the site goes before any that is shipped
{% set columns = 'feed, source_system, company_id, valid_from, valid_to, cadence_minutes, latency_minutes, owner_role, contact' %}
select {{ columns }}, 0 as is_shipped from {{ ref('stg_ingest__feed_contract') }}
union all
select {{ columns }}, 1 as is_shipped from {{ ref('feed_contract') }}
