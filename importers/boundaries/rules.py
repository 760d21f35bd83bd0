"""Who may bring in boundaries: they are everybody's, so the administration alone."""

import rules
from django.core.exceptions import PermissionDenied

from community.models import Member

RIGHT = "importers.import_territories"

rules.add_perm(RIGHT, rules.is_authenticated & rules.is_active & rules.is_superuser)


def check_may_import(by: Member | None) -> None:
    """PermissionDenied; nobody is the house itself, on a command line."""
    if by is not None and not by.has_perm(RIGHT):
        raise PermissionDenied("This member does not bring in boundaries.")
