"""Addresses: the admin for editors, the doors through which they come, the interface for programs, everything else for readers."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("tracker.accounts.urls")),
    path("api/v1/", include("tracker.api.urls")),
    path("", include("tracker.urls")),
]

handler429 = "tracker.accounts.throttled.too_many"
handler404 = "tracker.api.problems.missing"
handler500 = "config.unavailable.server_error"
