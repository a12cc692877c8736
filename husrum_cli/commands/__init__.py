"""One module per noun. Each command parses its options, calls one domain function and renders the result."""
