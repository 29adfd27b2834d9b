"""Documents made up for the tests, in the forms in which papers come. Nothing in them is a fact."""

from __future__ import annotations

from collections.abc import Sequence

TITLE = "Northmark and Southland talk of a ferry"
ARTICLE = (
    TITLE,
    "By Our Reporter Published May 12, 2021 | 08:15 PM",
    "OAKPORT, (Harbour Wire / Northmark Post - 12th May, 2021) Chancellor Ada Vane of Northmark met First Minister Bo Lind of Southland in Oakport on Monday.",
    "The Chancellor stressed the importance of the ferry line, which she called a bridge for both shores and for the people who live along them.",
    "Both leaders agreed to look into a night train before the end of the year, and to let their officials meet again in autumn.",
)
MENU = ("Home", "World", "Business", "Sport")
BUTTONS = ("Share on Facebook", "Tweet", "WhatsApp")
AFTER = (
    "Related News",
    "Salt mill to open its doors next spring, says owner",
    "River pipeline: what is known so far",
    "Leave a reply",
    "Your email address will not be published.",
    "© 2021 Harbour Wire. All rights reserved.",
)


def pasted() -> str:
    """Return the article as somebody copies it from the page of a paper, with all that stands round it."""
    return "\n\n".join((*MENU, *ARTICLE[:2], *BUTTONS, *ARTICLE[2:4], "Also Read: Salt mill to open its doors", *ARTICLE[4:], *AFTER))


def page(*, charset: str = "utf-8") -> bytes:
    """Return the article as the page of a paper."""
    menu = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in MENU)
    body = "".join(f"<p>{line}</p>" for line in ARTICLE[2:])
    after = "".join(f'<li><a href="/{number}">{line}</a></li>' for number, line in enumerate(AFTER[1:3]))
    return (
        f'<!doctype html><html lang="en"><head><meta charset="{charset}"><title>{TITLE} - Harbour Wire</title>'
        f'<meta property="og:site_name" content="Harbour Wire"><meta property="og:title" content="{TITLE}">'
        f'<meta property="article:published_time" content="2021-05-12T20:15:00+00:00"></head>'
        f"<body><nav><ul>{menu}</ul></nav><main><article><h1>{TITLE}</h1>{body}</article></main>"
        f'<aside class="related"><h2>{AFTER[0]}</h2><ul>{after}</ul></aside><footer>{AFTER[-1]}</footer></body></html>'
    ).encode(charset)


def pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF of one page with ``lines``, in letters that its own fonts have."""
    shown = " ".join(f"({line.replace(chr(92), chr(92) * 2).replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*" for line in lines)
    content = f"BT /F1 11 Tf 14 TL 72 760 Td {shown} ET".encode("latin-1")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    written, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj %s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return written + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (table, len(written))
