"""The STATUS report: its chapters as plain blocks."""
