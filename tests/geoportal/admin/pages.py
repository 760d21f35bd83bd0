"""Addresses of the administration, and forms filled in as a browser fills them."""

from django.urls import reverse

from initiatives.models import Initiative


def page(model, view, *args):
    """Address of a page of a model."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def fields_of(form):
    """What a browser would send of a bound or unbound form."""
    data = {}
    for bound in form:
        value = bound.value()
        parts = bound.field.widget.decompress(value) if hasattr(bound.field.widget, "decompress") else None
        if parts is not None:
            data |= {f"{bound.html_name}_{index}": part or "" for index, part in enumerate(parts)}
        elif hasattr(value, "geojson"):
            data[bound.html_name] = value.geojson
        elif isinstance(value, list):
            prepared = bound.field.prepare_value(value)
            data[bound.html_name] = (
                prepared if isinstance(prepared, str) else [getattr(x, "pk", x) for x in value]
            )
        elif value is not None and value is not False and not hasattr(value, "open"):
            data[bound.html_name] = value
    return data


def form_of(client, initiative=None, **changes):
    """The page of an initiative filled in as it is, with some changes."""
    address = page(Initiative, "change", initiative.pk) if initiative else page(Initiative, "add")
    context = client.get(address).context
    data = fields_of(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        data |= fields_of(inline.formset.management_form)
        for form in inline.formset.initial_forms:
            data |= fields_of(form)
    return data | changes


def row(prefix, number, **values):
    """A new row of an inline, and the count that announces it."""
    return {f"{prefix}-TOTAL_FORMS": number + 1} | {
        f"{prefix}-{number}-{name}": v for name, v in values.items()
    }
