"""Rendering: records in, text out. The only package that knows Rich, and it knows nothing of the file."""
