"""Whoever runs the program: what it says of itself, and what can be copied to run it."""
