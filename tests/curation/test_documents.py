"""What is read of a pasted text, a text file, a page and a PDF; and that no file of any sort is an error of the server."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.curation.papers import AFTER, ARTICLE, BUTTONS, MENU, TITLE, page, pasted, pdf
from tracker.curation.intake import documents
from tracker.curation.intake.documents import Document, UnreadableError, read_file, read_pasted
from tracker.curation.intake.furniture import Reason, is_prose, parted
from tracker.evidence import checksum

WRAPPED = (
    "The Chancellor of Northmark stressed the importance of the ferry line for both",
    "shores, and asked that the two govern-",
    "ments meet again.",
    "The First Minister of Southland agreed with that, and said that he would come to",
    "Oakport in autumn.",
)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(UnreadableError) as refused:
        read_file(name, content)
    return str(refused.value)


def test_of_a_pasted_page_the_article_is_left_and_each_other_line_has_its_reason() -> None:
    divided = parted(read_pasted(pasted()).lines)
    assert divided.article == ARTICLE
    reasons = {left.line: left.reason for left in divided.left_out}
    assert {reasons[line] for line in MENU} == {Reason.MENU}
    assert {reasons[line] for line in BUTTONS} == {Reason.BUTTON}
    assert {reasons[line] for line in AFTER} <= {Reason.AFTER, Reason.RIGHTS}
    assert reasons["Also Read: Salt mill to open its doors"] is Reason.LINK


def test_a_list_of_headlines_that_closes_a_text_is_left_out_without_a_head() -> None:
    divided = parted([*ARTICLE, *AFTER[1:3], "Chancellor opens school"])
    assert divided.article == ARTICLE
    assert {left.reason for left in divided.left_out} == {Reason.HEADLINES}


@pytest.mark.parametrize("close", ["Oakport, 12 May 2021", "Done at Oakport\nAda Vane"])
def test_a_place_and_a_signature_at_the_end_stay(close: str) -> None:
    assert parted([*ARTICLE, *close.split("\n")]).article == (*ARTICLE, *close.split("\n"))


def test_a_sentence_that_begins_like_a_head_is_no_head() -> None:
    lines = (*ARTICLE[:3], "More from the two sides is expected in autumn, when the officials who were named today meet again in Southland.", ARTICLE[4])
    assert parted(lines).article == lines


def test_a_head_over_most_of_the_writing_does_not_end_the_article() -> None:
    lines = ("Latest news", *ARTICLE)
    assert parted(lines).article == ARTICLE


def test_what_is_all_furniture_stays_as_it_is() -> None:
    assert parted(["Share", "Tweet", "Print"]).article == ("Share", "Tweet", "Print")


def test_a_text_file_is_read_as_it_is_pasted() -> None:
    read = read_file("paper.TXT", pasted().encode())
    assert read.lines == read_pasted(pasted()).lines
    assert read.digest == checksum(pasted().encode())
    assert read_file("paper.txt", pasted().encode("utf-16")).lines == read.lines
    assert read_file("paper.txt", pasted().encode("utf-8-sig")).lines == read.lines


@pytest.mark.parametrize("charset", ["utf-8", "windows-1251", "utf-16"])
def test_of_a_page_the_article_and_what_it_says_of_itself_is_read(charset: str) -> None:
    read = read_file("paper.html", page(charset=charset))
    assert [line for line in ARTICLE[2:] if line not in read.lines] == []
    assert [line for line in (*MENU, *AFTER[1:3]) if line in read.lines] == []
    assert (read.title, read.publisher, str(read.published), read.language) == (TITLE, "Harbour Wire", "2021-05-12", "en")


def test_of_a_pdf_the_lines_of_a_paragraph_are_joined() -> None:
    read = read_file("paper.pdf", pdf(WRAPPED))
    assert read.lines == (
        "The Chancellor of Northmark stressed the importance of the ferry line for both shores, and asked that the two governments meet again.",
        "The First Minister of Southland agreed with that, and said that he would come to Oakport in autumn.",
    )


def test_what_cannot_be_read_is_refused_with_a_sentence() -> None:
    whole = pdf(WRAPPED)
    assert "Only .txt, .html and .pdf" in refusal("paper.exe", b"MZ")
    assert "empty" in refusal("paper.txt", b" \n")
    assert "UTF-8" in refusal("paper.txt", "Встреча в Москве".encode("cp1251"))
    assert "no text has" in refusal("paper.txt", b"Talks\x00were held")
    assert "UTF-8" in refusal("paper.html", b'<meta charset="no-such-letters"><p>x</p>')
    assert "broken or locked" in refusal("paper.pdf", whole[:200])
    assert "broken or locked" in refusal("paper.pdf", b"no PDF at all")
    assert "pictures" in refusal("paper.pdf", pdf([]))
    assert "No article" in refusal("paper.html", b"<html><body></body></html>")


def test_what_is_too_large_is_refused_before_it_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = b"<div>" * (documents.MOST_TAGS + 1)
    assert "too large" in refusal("paper.html", deep)
    assert "300,000" in refusal("paper.txt", b"word " * documents.LONGEST_TEXT)
    monkeypatch.setattr(documents, "LARGEST_FILE", 100)
    assert "10 MB" in refusal("paper.txt", b"x" * 101)
    monkeypatch.setattr(documents, "MOST_PAGES", 0)
    monkeypatch.setattr(documents, "LARGEST_FILE", 10_000)
    assert "80 pages" in refusal("paper.pdf", pdf(WRAPPED))


def test_a_page_nested_without_end_is_read_or_refused() -> None:
    nested = b"<html><body>" + b"<div>" * 20_000 + b"<p>" + ARTICLE[3].encode() + b"</p>"
    with suppress(UnreadableError):
        assert read_file("paper.html", nested).lines


@given(
    name=st.sampled_from(["a.txt", "a.html", "a.pdf", "a"]),
    start=st.sampled_from([b"", b"%PDF-1.7\n", b"<html><body><p>", b"\xff\xfe"]),
    rest=st.binary(max_size=300),
)
@settings(max_examples=60, deadline=None)
def test_no_file_whatever_is_an_error_of_the_server(name: str, start: bytes, rest: bytes) -> None:
    with suppress(UnreadableError):
        read = read_file(name, start + rest)
        assert isinstance(read, Document)
        assert all(line.strip() and "\x00" not in line for line in read.lines)


@given(st.lists(st.sampled_from([*ARTICLE, *MENU, *BUTTONS, *AFTER, "-", "Also read: x"]), min_size=1, max_size=25))
@settings(max_examples=80, deadline=None)
def test_every_line_is_in_the_article_or_left_out_and_none_of_it_twice(lines: list[str]) -> None:
    divided = parted(lines)
    assert sorted((*divided.article, *(left.line for left in divided.left_out))) == sorted(lines)
    assert divided.article


def test_prose_is_a_sentence_written_out() -> None:
    assert is_prose(ARTICLE[3])
    assert not is_prose(AFTER[1])
