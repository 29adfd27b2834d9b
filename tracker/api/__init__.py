"""The door for programs: the public record as JSON, read-only, under /api/v1/. How it is asked: docs/api.md"""
