"""Everything that is rendered from contracts and vocabulary, as text by path; writes nothing."""

from models.render.pages import page_files
from models.render.seeds import seed_files
from models.render.staging import staging_files

# Folders that hold rendered files only: whatever else is found there was left behind.
RENDERED_FOLDERS = ("dbt_project/models/staging", "dbt_project/seeds/vocabulary", "docs/tables")


def rendered_files() -> dict[str, str]:
    """Path from the root of the repository -> text."""
    return {**staging_files(), **seed_files(), **page_files()}
