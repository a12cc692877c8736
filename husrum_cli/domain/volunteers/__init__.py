"""Volunteers, their roles and papers."""
