"""How to cite a page of this collection: as plain text, BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)  # fmt: skip
SITE = "Reaffirmed"


@dataclass(frozen=True, slots=True)
class Citable:
    """One page. ``as_of`` is the day whose state it shows, ``changed`` the day on which its record last changed, ``url`` its permanent address."""

    key: str
    title: str
    series: str
    url: str
    as_of: date
    changed: date


def plain(page: Citable) -> str:
    """Return the citation as one sentence."""
    said = _("%(site)s, “%(title)s” (%(series)s), as of %(day)s, record changed %(changed)s. %(url)s")
    days = {"day": page.as_of.isoformat(), "changed": page.changed.isoformat()}
    return said % {"site": SITE, "title": page.title, "series": page.series, "url": page.url, **days}


def plain_list(title: str, asked: str, found: tuple[object, object], url: str, day: date) -> str:
    """Return the citation of a list as one sentence: ``asked`` are its filters in words, ``found`` the rows found and those there are."""
    rows = {"number": found[0], "all": found[1], "asked": asked, "site": SITE, "title": title, "day": day.isoformat(), "url": url}
    said = (
        _("%(site)s, “%(title)s” (%(asked)s), %(number)s of %(all)s, as of %(day)s. %(url)s")
        if asked
        else _("%(site)s, “%(title)s”, %(all)s in all, as of %(day)s. %(url)s")
    )
    return said % rows


def plain_page(title: str, asked: str, url: str, day: date) -> str:
    """Return the citation of a page of many records, as it stands on one day, as one sentence; ``asked`` are its filters in words."""
    said = {"site": SITE, "title": f"{title} ({asked})" if asked else title, "day": day.isoformat(), "url": url}
    return _("%(site)s, “%(title)s”, as of %(day)s. %(url)s") % said


def bibtex(page: Citable) -> str:
    """Return a BibTeX entry; special characters are escaped, letters of any script stay (biber and current BibTeX read UTF-8)."""
    fields = {
        "author": f"{{{SITE}}}",
        "title": f"{{{_one_line(page.title).translate(_BIBTEX)}}}",
        "howpublished": _one_line(page.series).translate(_BIBTEX),
        "year": f"{page.as_of.year:04d}",
        "month": str(page.as_of.month),
        "note": f"As of {page.as_of.isoformat()}, record changed {page.changed.isoformat()}",
        "url": page.url,
        "urldate": page.as_of.isoformat(),
    }
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{reaffirmed-{page.key}-{page.as_of.isoformat()},\n{body}\n}}\n"


def ris(page: Citable) -> str:
    """Return an RIS record of the type web page, with the line ends that the format wants."""
    fields = (
        ("TY", "ELEC"),
        ("AU", SITE),
        ("TI", _one_line(page.title)),
        ("T2", _one_line(page.series)),
        ("PY", f"{page.as_of.year:04d}"),
        ("DA", page.as_of.strftime("%Y/%m/%d/")),
        ("Y2", page.as_of.strftime("%Y/%m/%d/")),
        ("N1", f"As of {page.as_of.isoformat()}, record changed {page.changed.isoformat()}"),
        ("UR", page.url),
        ("ER", ""),
    )
    return "".join(f"{name}  - {value}\r\n" for name, value in fields)


def csl_json(page: Citable) -> str:
    """Return a list of one CSL-JSON item of the type webpage."""
    day = [[page.as_of.year, page.as_of.month, page.as_of.day]]
    item = {
        "id": f"reaffirmed-{page.key}-{page.as_of.isoformat()}",
        "type": "webpage",
        "author": [{"literal": SITE}],
        "title": page.title,
        "container-title": SITE,
        "collection-title": page.series,
        "issued": {"date-parts": day},
        "accessed": {"date-parts": day},
        "note": f"Record changed {page.changed.isoformat()}",
        "URL": page.url,
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


#: The files, by the end of their names: the media type and what writes them.
FORMS: Mapping[str, tuple[str, Callable[[Citable], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", bibtex),
    "ris": ("application/x-research-info-systems; charset=utf-8", ris),
    "json": ("application/vnd.citationstyles.csl+json", csl_json),
}


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
