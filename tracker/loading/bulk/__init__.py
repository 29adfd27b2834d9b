"""Large loads of JSON Lines: some thousand lines at a time, in memory that does not grow with them. Why: docs/decisions/0014-one-loader-two-speeds.md"""
