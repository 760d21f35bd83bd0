"""Pages of reviewers: two entries side by side and made one, a merge undone, a pair told apart."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..models import Initiative, Merge
from ..reviews.actions import ChangedError, ClaimedError
from ..reviews.describing import in_words
from ..reviews.forms import LONGEST_REASON, version
from ..reviews.views import for_reviewers
from ..workflow import TransitionRefusedError
from . import actions, apart, uniting
from .describing import is_mergeable
from .forms import MergeForm, ReasonForm


def _both(request: HttpRequest, uuid: UUID, other: UUID) -> tuple[Initiative, Initiative]:
    """Two that the member may review; to others they are not there."""
    rows = Initiative.objects.reviewable_by(request.user).select_related("parent", "collective")
    return get_object_or_404(rows, uuid=uuid), get_object_or_404(rows.exclude(uuid=uuid), uuid=other)


def _trouble(merged: Initiative, kept: Initiative) -> str:
    """Why these two cannot be made one this way round."""
    if not kept.is_published:
        return _("The one that stays must be published.")
    if not is_mergeable(merged):
        return _("From where it stands it cannot be merged.")
    return ""


@for_reviewers
@require_http_methods(["GET", "HEAD", "POST"])
def merging(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """The first one and the one that it would live on in, value by value, and making them one."""
    merged, kept = _both(request, uuid, other)
    if request.method != "POST":
        return _page(request, merged, kept)
    form = MergeForm(request.POST, uuids=(uuid, other))
    if not form.is_valid():
        return _page(request, merged, kept, form, 400)
    sent = form.cleaned_data
    try:
        actions.merge(
            merged,
            into=kept,
            by=request.user,
            picks=form.picks,
            seen=(sent["merged"], sent["kept"]),
            reason=sent["reason"],
        )
    except (ChangedError, ClaimedError, TransitionRefusedError) as error:
        form.add_error(None, in_words(error))
        return _page(request, *_both(request, uuid, other), form, 409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, merged, kept, form, 400)
    messages.success(
        request,
        _("“%(merged)s” lives on in “%(kept)s”.") % {"merged": merged.name, "kept": kept.name},
    )
    return redirect("moderation_one", uuid=other)


def _page(
    request: HttpRequest,
    merged: Initiative,
    kept: Initiative,
    form: MergeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    trouble = _trouble(merged, kept)
    context = {
        "merged": merged,
        "kept": kept,
        "sides": [
            (_("Stays"), kept, version(kept)),
            (_("Is merged into it"), merged, version(merged)),
        ],
        "trouble": trouble,
        "choices": uniting.choices(kept, merged, form.picks if form else {}),
        "may_swap": merged.is_published and is_mergeable(kept),
        "form": form,
        "reason": form.data.get("reason", "") if form else "",
        "longest_reason": LONGEST_REASON,
        **apart.both(kept, merged),
    }
    return render(request, "initiatives/merging/merge.html", context, status=status)


@for_reviewers
@require_http_methods(["GET", "HEAD", "POST"])
def undoing(request: HttpRequest, pk: int) -> HttpResponse:
    """What was made one, and taking that back."""
    mine = Initiative.objects.reviewable_by(request.user).values("pk")
    rows = Merge.objects.filter(kept__in=mine, merged__in=mine).select_related("kept", "merged", "by")
    merge = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.split(merge, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Both are as they were before the merge."))
            return redirect("moderation_one", uuid=merge.merged.uuid)
    context = {"merge": merge, "form": form, "longest_reason": LONGEST_REASON}
    return render(request, "initiatives/merging/undo.html", context, status=409 if form.errors else 200)


@for_reviewers
@require_POST
def telling_apart(request: HttpRequest, uuid: UUID, other: UUID) -> HttpResponse:
    """Remember that two are not the same, or take that back; of the other one nothing is told but what all may see."""
    one = get_object_or_404(Initiative.objects.reviewable_by(request.user), uuid=uuid)
    mine = Initiative.objects.reviewable_by(request.user)
    rows = (mine | Initiative.objects.published()).exclude(pk=one.pk)
    second = get_object_or_404(rows, uuid=other)
    if request.POST.get("take_back"):
        actions.take_back(one, second, by=request.user)
        messages.success(request, _("“%(name)s” may be shown as similar again.") % {"name": second.name})
    else:
        actions.tell_apart(one, second, by=request.user)
        messages.success(request, _("“%(name)s” is no longer shown as similar.") % {"name": second.name})
    return redirect("moderation_one", uuid=uuid)
