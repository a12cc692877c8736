"""People: enquiries and interviews, partners, consents, leaving, joining two entries."""
