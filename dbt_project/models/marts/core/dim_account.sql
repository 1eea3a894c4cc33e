select
    company_id,
    account_code,
    account_name,
    account_type,
    account_role,
    is_control,
    parent_account,
    fs_caption,
    tie_group,
    is_in_master,
    valid_from,
    valid_to
from {{ ref('int_ledger__account') }}
