"""The site with a plain page where that of a campaign stands."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.urls import path

from geoportal.urls import handler400, handler404, handler500
from geoportal.urls import urlpatterns as site

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]


@login_not_required
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Messages alone."""
    told = Template("{% for message in messages %}<p>{{ message }}</p>{% endfor %}")
    return HttpResponse(told.render(Context({"messages": request._messages})))


urlpatterns = [*i18n_patterns(path("campaigns/<slug:slug>/", page, name="campaign")), *site]
