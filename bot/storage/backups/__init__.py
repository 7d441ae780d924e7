"""Backups: copied while the program writes, sealed on the way, checked before one takes the place of what is there."""
