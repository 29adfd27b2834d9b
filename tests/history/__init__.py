"""The engine, told in stories: no test here needs a database."""
