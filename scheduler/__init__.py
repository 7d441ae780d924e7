"""Time passing: APScheduler ticks, and the sweeps that they call."""
