"""Links of invitations: nothing is stored that would open them, a signature proves them."""

from django.core import signing
from django.db.models import QuerySet

from .models import MailedInvitation


class Links:
    """Those of one kind of invitation; the salt keeps a link of one kind from opening another."""

    def __init__(self, salt: str) -> None:
        self._signer = signing.Signer(sep=".", salt=salt)

    def token(self, invitation: MailedInvitation) -> str:
        """What stands in the address of an invitation; each mail has its own."""
        return self._signer.sign(f"{invitation.pk}-{invitation.mails}")

    def find(self, token: str, rows: QuerySet) -> MailedInvitation | None:
        """The one that a token names; None for a forged one, one of a former mail, or one that is gone."""
        try:
            pk, _dash, mails = self._signer.unsign(token).partition("-")
        except signing.BadSignature:
            return None
        return rows.filter(pk=int(pk), mails=int(mails)).first()
