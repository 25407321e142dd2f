"""Sluice's benchmarks. Only the standard library; every process is started, pinned and ended here."""
