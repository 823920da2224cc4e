"""Names, dates and figures, compared by code."""
