"""Tests of what surrounds the tracker: settings, middleware, the server."""
