"""The build: a database over the lake, dbt in process, and what a run was asked for."""
