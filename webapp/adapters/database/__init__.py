"""The database: one file of SQLite or a PostgreSQL, by address; the rest of the house sees no difference."""
