"""Outcomes: measurements, personal goals, suggestions and quotes of young people."""
