"""Lists of whoever is in charge: looked through, turned over, and made into files."""
