"""Tests of signing in: who gets in, how often one may try, how long one stays."""
