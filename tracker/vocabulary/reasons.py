"""The sentences of reasons. They are no words of files: files and addresses name the rule, and these say what its rows say."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Why(TextChoices):
    """What a row that decided a cell says of it. The values that its sentence names come with the row."""

    NO_MENTION = "no_mention", _("no mention known")
    FIRST_MENTION = "first_mention", _("first known mention, %(when)s")
    MENTIONED = "mentioned", _("%(reach)s, %(act)s")
    VOICED_BY = "voiced_by", _("voiced by %(party)s")
    VOICED_BY_BOTH = "voiced_by_both", _("voiced by both sides")
    VOICED_BY_UNNAMED = "voiced_by_unnamed", _("voiced by somebody not named")
    ON_LINE = "on_line", _("line %(locator)s")
    ON_LINES = "on_lines", _("lines %(locator)s")
    STATES = "states", _("%(what)s, %(when)s")
    ABSENT = "absent", _("%(party)s recorded absent")
    HELD_AT_LEVEL = "held_at_level", _("held at the level of %(level)s")
    NEEDS_LEVEL = "needs_level", _("needs %(level)s")
    CALLED_FOR = "called_for", _("called for %(things)s")
    CALLED_FOR_HIDDEN = "called_for_hidden", _("called for something not published")
    NO_REPORT = "no_report", _("no report")
    HELD = "held", _("%(extent)s")
    NOT_READ = "not_read", _("not read")
    READ_ON = "read_on", _("read on %(day)s")
    BEFORE_LISTED = "before_listed", _("before this was listed on %(day)s")
