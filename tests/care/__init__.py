"""Care from end to end: rounds, answers, alerts, the ladder, duty."""
