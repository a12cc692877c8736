"""Merging files: the SQL of a union of branches."""
