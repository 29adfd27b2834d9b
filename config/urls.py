"""Addresses: the admin for editors, the doors through which they come, the interface for programs, everything else for readers."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path


def desk() -> list[URLPattern | URLResolver]:
    """Return the address of the admin and of the doors to it; a node for readers has none, and knows nothing of them."""
    if settings.READ_ONLY:
        return []
    from django.contrib import admin

    return [path("admin/", admin.site.urls), path("account/", include("tracker.accounts.urls"))]


urlpatterns = [
    *desk(),
    path("api/v1/", include("tracker.api.urls")),
    path("", include("tracker.urls")),
]

handler429 = "tracker.accounts.throttled.too_many"
handler404 = "tracker.api.problems.missing"
handler500 = "config.unavailable.server_error"
