"""The one list of doors."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import index as sitemap_index
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.i18n import JavaScriptCatalog, set_language
from django.views.static import serve

from campaigns import urls as campaigns
from campaigns.buzz import doors as buzz
from campaigns.fairness import doors as counting
from campaigns.sitemaps import ALL as SITEMAPS
from community.agenda import urls as agenda
from community.collectives import urls as collectives
from community.groups import urls as groups
from community.ledger import urls as ledger
from community.members import urls as members
from community.relay import urls as relay
from community.spaces import urls as spaces
from community.topics import urls as topics
from importers import urls as imports
from initiatives import urls as initiatives
from initiatives.exchange import figures as exchange_figures
from initiatives.exchange import urls as exchange
from initiatives.figures import views as figures

from . import health, robots, source, views
from .api import views as describing
from .dev import mail
from .embedding import building, oembed
from .embedding import views as embedding
from .ogc import urls as ogc
from .problems import MACHINE, answers_problems, no_such_door

pages = [
    path("", views.home, name="map"),
    path("embed/", embedding.embed, name="embed"),
    path("embed/build/", building.build, name="embed_build"),
    # In the language of the page, but it answers programs: in problems.
    path(
        "figures/figures.csv",
        login_not_required(answers_problems(figures.figures_csv)),
        name="figures_csv",
    ),
    path(
        "figures/exchange.csv",
        login_not_required(answers_problems(exchange_figures.table)),
        name="exchange_figures_csv",
    ),
    *[
        path(address, login_not_required(answers_problems(view)), name=name)
        for address, (view, name) in counting.machine.items()
    ],
    *collectives.pages,
    *groups.pages,
    *spaces.pages,
    *initiatives.pages,
    *campaigns.pages,
    *imports.pages,
    path("about/", views.about, name="about"),
    path("glossary/", views.glossary_page, name="glossary"),
    path("legal/", views.legal, name="legal"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("exchange/", include(exchange)),
    *topics.pages,
    *agenda.pages,
    *members.pages,
    *relay.pages,
    *ledger.pages,
    path("accounts/", include("allauth.urls")),
    path("words.js", login_not_required(JavaScriptCatalog.as_view()), name="javascript_catalog"),
]

doors = [
    *[
        path(address, login_not_required(answers_problems(view)), name=name)
        for address, (view, name) in (initiatives.machine | agenda.machine | buzz.machine).items()
    ],
    *[
        path(address, login_not_required(view), name=name)
        for address, (view, name) in (initiatives.rest | campaigns.rest).items()
    ],
    path("api/schema/", login_not_required(describing.Schema.as_view()), name="api_schema"),
    path("api/docs/", login_not_required(answers_problems(describing.docs)), name="api_docs"),
]

urlpatterns = [
    *doors,
    *ogc.urlpatterns,
    path("oembed", login_not_required(answers_problems(oembed.oembed)), name="oembed"),
    path("admin/", admin.site.urls),
    path("language/", login_not_required(set_language), name="set_language"),
    path("source/", source.download, name="source"),
    path(
        "sitemap.xml",
        login_not_required(sitemap_index),
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"},
    ),
    path("sitemap-<section>.xml", login_not_required(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots.robots, name="robots"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    re_path(rf"^(?:{'|'.join(MACHINE)})/", no_such_door),
    *i18n_patterns(*pages),
]

# Only while DEBUG is on.
dev = [
    path("dev/mail/", mail.messages, name="dev_mail"),
    path("dev/mail/<str:name>/", mail.message, name="dev_mail_message"),
    re_path(r"^media/(?P<path>.*)$", login_not_required(serve), {"document_root": settings.MEDIA_ROOT}),
]
if settings.DEBUG:
    urlpatterns = [*dev, *urlpatterns]

handler400 = "geoportal.errors.bad_request"
handler404 = "geoportal.errors.not_found"
handler500 = "geoportal.errors.server_error"
