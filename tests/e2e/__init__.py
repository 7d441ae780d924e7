"""The demo as a stranger meets it: a real process, a real browser."""
