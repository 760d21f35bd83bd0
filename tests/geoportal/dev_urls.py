"""The doors as they are while DEBUG is on."""

from geoportal import urls

urlpatterns = [*urls.dev, *urls.urlpatterns]
