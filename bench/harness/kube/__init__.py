"""A cluster for benchmarks: an API server, objects, controller and proxies."""
