"""Mails about collectives, each in the language of who gets it, sent by the worker after the change is there."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from ..members.enums import CollectiveRole
from ..members.models import CollectiveMembership, Member
from . import links
from .models import CONFIRM_WITHIN, CollectiveClaim, Invitation

TASK = "tell_of_collective"


def announce(kind: str, pk: int, to: int | None = None) -> None:
    """Have a mail sent: in the transaction of the change, so that the task is there if and only if the change is."""
    app.configure_task(TASK).defer(kind=kind, pk=pk, to=to)


def tell(kind: str, pk: int, to: int | None) -> bool:
    """Send the mail; whether it was sent. What it is about may be gone meanwhile."""
    return KINDS[kind](pk, to)


def _send(template: str, subject: str, to: str, context: dict) -> bool:
    # A name may hold anything; a subject may not hold a line break.
    EmailMessage(
        f"[{settings.SITE_NAME}] {' '.join(subject.split())[:150]}",
        render_to_string(template, {"site_name": settings.SITE_NAME, **context}),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    return True


def _claim(pk: int) -> CollectiveClaim | None:
    rows = CollectiveClaim.objects.select_related("collective", "member").defer("collective__perimeter")
    return rows.filter(pk=pk, member__is_active=True).first()


def _invite(pk: int, to: int | None) -> bool:
    """To whom a collective invites."""
    rows = Invitation.objects.pending().select_related("collective").defer("collective__perimeter")
    invitation = rows.filter(pk=pk).first()
    if invitation is None or invitation.has_expired:
        return False
    with translation.override(links.language_of(invitation.language)):
        shown = {
            "name": invitation.collective.name,
            "role": invitation.get_role_display(),
            "until": invitation.expires_at,
            "link": links.whole(
                "invitation",
                links.invitation_token(invitation),
                language=links.language_of(invitation.language),
            ),
        }
        subject = _("%(name)s invites you") % {"name": invitation.collective.name}
        return _send("community/mails/invitation.txt", subject, invitation.email, shown)


def _prove(pk: int, to: int | None) -> bool:
    """To the address at the domain of the website: the link that proves it."""
    claim = _claim(pk)
    if claim is None or not claim.email or claim.has_expired or claim.confirmed_at:
        return False
    language = links.language_of(claim.member.language)
    with translation.override(language):
        token = links.claim_token(claim)
        shown = {
            "name": claim.collective.name,
            "days": CONFIRM_WITHIN.days,
            "link": links.whole("collective_claim_confirm", claim.collective.slug, token, language=language),
        }
        subject = _("Do you run %(name)s?") % {"name": claim.collective.name}
        return _send("community/mails/claim_link.txt", subject, claim.email, shown)


def _ask(pk: int, to: int | None) -> bool:
    """To one of those who run the collective: somebody else says that it is theirs."""
    claim, member = _claim(pk), Member.objects.filter(pk=to, is_active=True).first()
    if claim is None or member is None or not claim.is_waiting:
        return False
    language = links.language_of(member.language)
    with translation.override(language):
        page = links.whole("collective_claim_decide", claim.collective.slug, claim.pk, language=language)
        shown = {"name": claim.collective.name, "claim": claim, "link": page}
        subject = _("Somebody wants to run %(name)s") % {"name": claim.collective.name}
        return _send("community/mails/claim_waits.txt", subject, member.email, shown)


def _answer(pk: int, to: int | None) -> bool:
    """To who claimed: what was decided."""
    claim = _claim(pk)
    if claim is None or claim.decided_at is None:
        return False
    language = links.language_of(claim.member.language)
    with translation.override(language):
        name, accepted = claim.collective.name, claim.state == "accepted"
        page = links.whole("collective", claim.collective.slug, language=language) if accepted else ""
        again = ""
        if claim.is_founding and not accepted:
            again = links.whole("collective_again", claim.collective.slug, language=language)
        shown = {"name": name, "claim": claim, "accepted": accepted, "page": page, "again": again}
        return _send(
            "community/mails/claim_decided.txt",
            _("Your collective: %(name)s") % {"name": name},
            claim.member.email,
            shown,
        )


def _change(pk: int, to: int | None) -> bool:
    """To a member whose role another changed, or ended."""
    rows = CollectiveMembership.objects.select_related("collective", "member")
    membership = rows.defer("collective__perimeter").filter(pk=pk, member__is_active=True).first()
    if membership is None:
        return False
    with translation.override(links.language_of(membership.member.language)):
        shown = {
            "name": membership.collective.name,
            "ended": membership.ended_on is not None,
            "runs": membership.role == CollectiveRole.FACILITATOR,
        }
        subject = _("Your place in %(name)s") % {"name": membership.collective.name}
        return _send("community/mails/membership.txt", subject, membership.member.email, shown)


KINDS = {"invite": _invite, "prove": _prove, "ask": _ask, "answer": _answer, "change": _change}
