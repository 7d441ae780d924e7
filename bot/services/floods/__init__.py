"""Floods: who is let through and who waits (`gate`), and whose turn it is, by time or by the word of whoever is in charge
(`turns`)."""
