"""Side-by-side measurements; figures are read, not asserted in tests."""
