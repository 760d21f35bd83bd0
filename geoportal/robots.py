"""What search engines may read."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

LINES = """User-agent: *
Disallow: /admin/
Disallow: /tiles/
Disallow: /exports/
Disallow: /data/snapshots/
Disallow: /*?
"""


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Pages yes, tiles and files no; where the sitemap is."""
    sitemap = request.build_absolute_uri("/sitemap.xml")
    return HttpResponse(f"{LINES}\nSitemap: {sitemap}\n", content_type="text/plain")
