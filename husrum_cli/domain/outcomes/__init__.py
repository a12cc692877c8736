"""What comes of it: measurements, personal goals, suggestions and quotes of young people."""
