#!/usr/bin/env python
"""Run a command of the project."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

#: What a shell reports of a command whose output nobody reads any more (128 + SIGPIPE).
CUT_OFF = 141


def main() -> None:
    """Run the command named on the command line. Wrong settings end it with a sentence, not a traceback; so does `| head` when it has seen enough."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as problem:
        sys.exit(str(problem))
    except BrokenPipeError:
        # What the command did is done; only its report ends here. Python would tell of it once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(CUT_OFF)


if __name__ == "__main__":
    main()
