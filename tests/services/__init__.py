"""Use cases on both real databases."""
