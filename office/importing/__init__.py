"""Taking in follow-ups from elsewhere: spreadsheets, and notices of a meeting's conclusions.

`files` knows what a file is and how much of one is read, `tables` and `papers` read it, `columns`
finds what a spreadsheet's columns are, `rows` and `notices` make proposals of it, `batch` writes
those that a person wants. Nothing is imported twice, and no row is ever dropped without a word.
"""
