"""Addresses: the admin for editors, everything else for readers."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("tracker.urls")),
]

handler500 = "config.unavailable.server_error"
