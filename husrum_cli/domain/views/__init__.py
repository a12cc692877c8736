"""The records behind lists, pages and `today`."""
