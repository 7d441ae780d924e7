"""Rules: plain values and functions, tried with whatever people and time may do."""
