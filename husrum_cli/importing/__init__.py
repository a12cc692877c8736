"""Import: the content of a spreadsheet as rows of text, and from there into the file, all or nothing."""
