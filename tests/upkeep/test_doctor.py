"""Whatever is changed behind the application's back is found, and named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from io import StringIO
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, models
from django.test import Client

from tests.edits import edited
from tests.universe import Universe
from tracker.models import Commitment, Edit, Load, Meeting, Seal, Source, Summary
from tracker.models.edit import versions_of
from tracker.upkeep import contents, doctor, following, seals
from tracker.upkeep.findings import Tally, named

SEED, FLIPS = 8, 24


def told(*names: str) -> str:
    """Return what the checks of these names say."""
    return "\n".join(sentence for check in doctor.checks() if check.name in names for sentence in doctor.faults(check, Tally()))


def run(*arguments: str) -> tuple[int, str]:
    """Return how the command ends and what it says."""
    said = StringIO()
    try:
        call_command("doctor", *arguments, stdout=said, stderr=said)
    except SystemExit as end:
        return int(end.code or 0), said.getvalue()
    return 0, said.getvalue()


def free_texts(table: type[models.Model]) -> Iterator[str]:
    """Yield the columns of ``table`` that hold words of people, in which the database itself can find nothing wrong."""
    for field in table._meta.concrete_fields:
        if type(field) in {models.CharField, models.TextField} and not (field.choices or field.unique or field.name in {"terms", "locator", "text_sha256"}):
            yield str(field.column)


def flip(table: type[models.Model], key: int, column: str, chance: Random) -> bool:
    """Flip one bit of one character of a value, past the application; return whether there was any."""
    quoted, own = connection.ops.quote_name, table._meta.pk
    assert own is not None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quoted(column)} FROM {table._meta.db_table} WHERE {own.column} = %s", [key])
        (value,) = cursor.fetchone()
        if not value:
            return False
        at = chance.randrange(len(value))
        flipped = f"{value[:at]}{chr(ord(value[at]) ^ 1)}{value[at + 1 :]}"
        cursor.execute(f"UPDATE {table._meta.db_table} SET {quoted(column)} = %s WHERE {own.column} = %s", [flipped, key])
    return True


def test_every_flipped_character_of_a_row_or_of_the_history_is_found_and_named(universe: Universe) -> None:
    edited(*Meeting.objects.all(), summary="They met, and more was said than written.", reason="Told more of it.")
    assert seals.seal() == Edit.objects.count() == 2
    assert run()[0] == 0
    chance, places = Random(SEED), []
    for table in contents.TABLES:
        for model in (table, versions_of(table)):
            places += [(model, key, column) for key in model._default_manager.values_list("pk", flat=True) for column in free_texts(model)]
    chance.shuffle(places)
    expected: list[str] = []
    while len(expected) < FLIPS:
        model, key, column = places.pop()
        name = edit_of(model, key) if model not in contents.TABLES else named(model, key)
        if name not in expected or name.startswith("edit "):
            expected += [name] * flip(model, key, column, chance)
    assert sum(name.startswith("edit ") for name in expected) > 5
    sentences = told("rows", "history")
    assert [name for name in expected if f"{name}: " not in sentences] == []


def edit_of(version: Any, key: int) -> str:
    return f"edit {version._default_manager.get(pk=key).edit.key}"


def test_a_chain_that_was_shortened_or_written_anew_is_found(universe: Universe) -> None:
    for day in (1, 2, 3):
        edited(Meeting.objects.get(slug="oakport-21"), day=day, summary=f"Told on day {day}.")
    seals.seal()
    last = seals.head()
    assert (last.number, seals.seal()) == (4, 0)
    kept = Seal.objects.get(number=2)
    Seal.objects.filter(number=2).delete()
    assert list(seals.broken(Tally())) == ["edit chain: links 2 to 2 were taken away"]
    kept.save()
    Load.objects.update(reason="Another reason")
    assert [sentence.partition(":")[0] for sentence in seals.broken(Tally())] == [f"edit {Edit.objects.earliest('pk').key}"]
    Seal.objects.all().delete()
    seals.seal()
    assert list(seals.broken(Tally())) == []
    assert list(seals.broken(Tally(), last)) == ["edit chain: link 4 is another than the backup wrote down; the history up to there was written anew"]
    Seal.objects.filter(number=4).delete()
    assert list(seals.broken(Tally(), last)) == ["edit chain: it ends at link 3, and the backup knew 4"]


def test_rows_written_or_taken_away_past_the_application_are_named(universe: Universe) -> None:
    pipeline = Commitment.objects.get(slug="river-pipeline")
    pairs = Commitment.parties.through.objects
    pairs.filter(commitment=pipeline).order_by("pk")[:1].get().delete()
    Commitment.objects.filter(slug="salt-mill").update(kind="process")
    Meeting.objects.get(slug="reed-24").reports.all()._raw_delete(using="default")
    Summary.objects.filter(commitment=pipeline).update(statements=77)
    sentences = told("rows", "roll-ups").splitlines()
    assert "commitment river-pipeline: parties differs from the last version" in sentences
    assert "commitment salt-mill: kind differs from the last version" in sentences
    assert any(sentence.endswith("it is gone, and its last version does not say so") for sentence in sentences)
    assert "commitment river-pipeline: its roll-up is not what its rows say" in sentences


def test_what_follows_from_the_records_is_found_wrong_and_made_anew(universe: Universe, client: Client) -> None:
    Summary.objects.filter(commitment__slug="ferry-line").update(read=99)
    Commitment.objects.filter(slug="night-train").update(name_key="nothing like it")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tracker_searchword WHERE entry_id IN (SELECT place FROM tracker_searchentry WHERE commitment_id IS NOT NULL)")
        cursor.execute("DELETE FROM tracker_searchentry WHERE commitment_id IS NOT NULL")
    code, said = run()
    assert code == 1
    assert re.findall(r"^(?:commitment \S+|search): (?:.* )?(?:roll-up|name_key|texts)", said, re.MULTILINE) == [
        "commitment night-train: name_key",
        "commitment ferry-line: its roll-up",
        f"search: {Commitment.objects.count() + 1} texts",
    ]
    assert 'commitments/salt-mill/"' not in client.get("/search/?q=salt mill").content.decode()
    code, said = run("--repair")
    assert (code, said.count("made anew")) == (0, 3), said
    assert run()[0] == 0
    assert 'commitments/salt-mill/"' in client.get("/search/?q=salt mill").content.decode()


def test_keys_texts_and_phrases_that_lead_nowhere_are_named(universe: Universe) -> None:
    text = "They spoke.\nNorthmark signed the memorandum.\n"
    checksum = hashlib.sha256(text.encode()).hexdigest()
    Source.objects.filter(slug="north-24").update(text=text.replace("memorandum", "memorandun"), text_sha256=checksum)
    meeting = Meeting.objects.get(slug="oakport-21")
    Meeting.objects.filter(pk=meeting.pk).update(series_id=10**6)
    try:
        assert list(following.orphans(Tally())) == ["meeting oakport-21: series leads to series number 1000000, which is not there"]
    finally:
        # The constraint looks at the end of the transaction.
        Meeting.objects.filter(pk=meeting.pk).update(series_id=meeting.series_id)
    assert told("texts") == "source north-24: its text is not the one of its checksum"
    assert "milestone river-pipeline/memorandum, citation north: it stands nowhere in the text" in told("phrases")


def test_a_long_list_of_faults_is_cut_and_counted(universe: Universe, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.management.commands.doctor.NAMED", 2)
    Meeting.objects.update(place="Elsewhere")
    number = Meeting.objects.count()
    code, said = run()
    assert code == 1
    assert f"rows: {number - 2} more." in said
