"""The page's side of the server: its files, its state, its events, and everything that a phone can do, over HTTP."""
