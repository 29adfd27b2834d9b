"""Public addresses, by record."""

from django.urls import path

from tracker.views import briefs, cell, citing, commitments, home, meetings, methods, people, searching, series, sources, statements

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
    path("search/", searching.search_page, name="search"),
    path("search/suggestions.json", searching.search_suggestions, name="search_suggestions"),
    path("methods/", methods.methods, name="methods"),
]
