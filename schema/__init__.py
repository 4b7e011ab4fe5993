"""What is kept: tables, records, the store that reads and writes them, and the mergeable texts."""
