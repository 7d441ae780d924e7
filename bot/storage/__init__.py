"""The SQL. Storage takes a transaction, never commits, never decides."""
