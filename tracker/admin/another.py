"""One record after the other: what the next one has in common with the last is filled in, and a record leads to adding what hangs on it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode


class AnotherAdmin:
    """``carries`` names the fields that “Save and add another” fills in as they were saved.

    ``hung_on`` names the kinds of records that are added from a record, each with its key to it.
    """

    model: Any
    admin_site: Any
    carries: ClassVar[tuple[str, ...]] = ()
    hung_on: ClassVar[tuple[tuple[Any, str], ...]] = ()

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        return self._filled_in(request, obj, super().response_add(request, obj, post_url_continue))  # type: ignore[misc]  # an admin's

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._filled_in(request, obj, super().response_change(request, obj))  # type: ignore[misc]

    def _filled_in(self, request: HttpRequest, obj: Any, answer: HttpResponse) -> HttpResponse:
        if "_addanother" not in request.POST or not isinstance(answer, HttpResponseRedirect):
            return answer
        kept = {name: value for name in self.carries if (value := getattr(obj, self.model._meta.get_field(name).attname))}
        return HttpResponseRedirect(f"{answer.url}{'&' if '?' in answer.url else '?'}{urlencode(kept)}") if kept else answer

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if row := context.get("original"):
            context["hung_on"] = [
                (model._meta.verbose_name, f"{reverse(f'admin:tracker_{model._meta.model_name}_add')}?{urlencode({name: row.pk})}")
                for model, name in self.hung_on
                if self.admin_site.get_model_admin(model).has_add_permission(request)
            ]
        page: HttpResponse = super().render_change_form(request, context, *args, **kwargs)  # type: ignore[misc]
        return page
