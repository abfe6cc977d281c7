"""The history of the tables, one file a change; what has run once is never edited."""
