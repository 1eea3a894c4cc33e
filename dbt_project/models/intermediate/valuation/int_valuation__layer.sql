{{ config(materialized='view') }}

-- what is left in the pools of cost, as the costing engine says
select * from {{ ref('stg_computed__cost_layer') }}
