"""The rules, alone: no database, no network."""
