"""The phones' page."""
