"""Benchmarks: the whole program beside a bare echo bot, on the same Telegram of our own, in the same run."""
