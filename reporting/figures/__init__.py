"""The figures people look at, each with the rows it was computed from."""
