"""From sheets of cells to rows of a kind and grids of people by dates: headings, totals, spellings, names. Nothing here writes to a file."""
