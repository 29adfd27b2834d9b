"""Measurements that are run by hand: see docs/running.md."""
