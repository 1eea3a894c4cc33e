"""Pure folds over ordered events that SQL says badly: no Dagster, no SQL, no files."""
