"""Benchmarks of builds: the casebook's and those of its peers."""
