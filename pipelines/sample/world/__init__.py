"""What the story lives in: calendar, catalogue, books, chart of accounts, and the company itself."""
