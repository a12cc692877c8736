"""Hjerteven: waiting list, offers, proposals, matches."""
