"""Tests of the loader, in the order of its floors."""
