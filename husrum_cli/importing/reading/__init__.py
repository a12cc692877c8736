"""From the bytes of a spreadsheet to sheets of typed cells, whatever program wrote it."""
