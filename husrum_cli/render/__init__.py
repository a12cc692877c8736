"""What is shown: records in, text out. The only place that knows Rich, and it knows nothing of the file."""
