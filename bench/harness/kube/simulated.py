"""Many simulated proxies on one controller."""

PROXIES = 1000
