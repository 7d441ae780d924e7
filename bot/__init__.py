"""The program: what comes in, what is decided, what is said."""
