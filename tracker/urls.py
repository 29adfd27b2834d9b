"""Public addresses, by record."""

from django.urls import path

from tracker.views import briefs, cell, citing, commitments, compare, home, meetings, methods, numbers, people, searching, series, sources, statements

app_name = "tracker"
urlpatterns = [
    path("", home.home, name="home"),
    path("series/", series.series_list, name="series_list"),
    path("series/<slug:slug>/", series.series, name="series"),
    path("series/<slug:slug>/brief/", briefs.series_brief, name="series_brief"),
    path("series/<slug:slug>/brief.md", briefs.series_brief_markdown, name="series_brief_markdown"),
    path("commitments/", commitments.commitment_list, name="commitment_list"),
    path("commitments/<slug:slug>/", commitments.commitment, name="commitment"),
    path("commitments/<slug:slug>/cite.<slug:form>", citing.commitment_citation, name="commitment_citation"),
    path("commitments/<slug:slug>/at/<slug:meeting>/", cell.cell, name="cell"),
    path("mentions/", statements.mention_list, name="mention_list"),
    path("deadlines/", statements.deadline_list, name="deadline_list"),
    path("meetings/", meetings.meeting_list, name="meeting_list"),
    path("meetings/<slug:slug>/", meetings.meeting, name="meeting"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/<slug:slug>/", sources.source, name="source"),
    path("participants/", people.participant_list, name="participant_list"),
    path("participants/<slug:slug>/", people.participant, name="participant"),
    path("parties/", people.party_list, name="party_list"),
    path("parties/<slug:slug>/", people.party, name="party"),
    path("compare/", compare.compare, name="compare"),
    path("compare.csv", compare.compare_csv, name="compare_csv"),
    path("compare.svg", compare.compare_svg, name="compare_svg"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/<slug:figure>.csv", numbers.numbers_csv, name="numbers_csv"),
    path("numbers/<slug:figure>.svg", numbers.numbers_svg, name="numbers_svg"),
    path("search/", searching.search_page, name="search"),
    path("methods/", methods.methods, name="methods"),
]
