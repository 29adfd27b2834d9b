"""Addresses of the first version of the interface. What stands under them is added to and never taken away from."""

from django.urls import path

from tracker.exports.lists.known import LISTINGS

from .answers import History, OneCell, Root, Row, Rows, WholeMatrix
from .described import SchemaAnswer, computed_operation, row_operation, rows_operation
from .page import documentation

app_name = "api"

HISTORY = computed_operation(
    "get_history",
    "The history of a commitment",
    "Everything known of a commitment up to a day: mentions with their passages and changes of wording, milestones, promised dates, cells and numbers.",
    "commitments",
    "History",
)
CELL = computed_operation(
    "get_cell",
    "One commitment at one meeting",
    "What the meeting is to the commitment, the rule that decided, and the rows that decided.",
    "commitments",
    "Explanation",
)
MATRIX = computed_operation(
    "get_matrix",
    "The matrix of a series",
    "Every commitment of a series at every held meeting of it, each cell with its rule and the rows that decided, and the numbers of each commitment.",
    "series",
    "Matrix",
)
#: How the rows of a list are named in addresses, where it is not by one slug.
KEYS = {"mentions": "<slug:commitment>/<slug:meeting>/", "deadlines": "<slug:commitment>/<slug:promise>/"}

urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", SchemaAnswer.as_view(), name="schema"),
    path("docs/", documentation, name="docs"),
    *(path(f"{name}/", Rows.as_view(listing=one, operation=rows_operation(one)), name=name) for name, one in LISTINGS.items()),
    *(
        path(f"{name}/{KEYS.get(name, '<slug:slug>/')}", Row.as_view(listing=one, operation=row_operation(one)), name=f"{name}_one")
        for name, one in LISTINGS.items()
    ),
    path("commitments/<slug:slug>/history/", History.as_view(operation=HISTORY), name="history"),
    path("commitments/<slug:slug>/at/<slug:meeting>/", OneCell.as_view(operation=CELL), name="cell"),
    path("series/<slug:slug>/matrix/", WholeMatrix.as_view(operation=MATRIX), name="matrix"),
]
