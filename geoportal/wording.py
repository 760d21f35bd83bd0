"""Sentences of Django and allauth that this site says in its own way: gettext reads our catalogues before theirs.

Theirs call the reader du in German and usted in Spanish, and write Italian months with a capital.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

MONTHS = [
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
]
ACCOUNTS = [
    _("Already have an account? Then please %(link)ssign in%(end_link)s."),
    _("If you have not created an account yet, then please %(link)ssign up%(end_link)s first."),
    _("The email address and/or password you specified are not correct."),
    _("Forgot your password?"),
    _("Are you sure you want to sign out?"),
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("You are already logged in as %(user_display)s."),
    _("Enter your password:"),
    _("Please reauthenticate to safeguard your account."),
    _("Please type your current password."),
    _("You must type the same password each time."),
    _("Your password has been changed."),
    _("Your password is now changed."),
    _("Your password has been reset."),
    _("Please contact us if you have any trouble resetting your password."),
    _(
        "Forgotten your password? Enter your email address below, and we'll send you an email "
        "allowing you to reset it."
    ),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. "
        "Otherwise contact us if you do not receive it in a few minutes."
    ),
    _("Verify Your Email Address"),
    _("Please Confirm Your Email Address"),
    _(
        "We have sent an email to you for verification. Follow the link provided to finalize the signup "
        "process. If you do not see the verification email in your main inbox, check your spam folder. "
        "Please contact us if you do not receive the verification email within a few minutes."
    ),
    _("You have confirmed %(email)s."),
    _("The following email addresses are associated with your account:"),
    _("Do you really want to remove the selected email address?"),
    _("You cannot add more than %d email addresses."),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You cannot remove your primary email address."),
    _("Your primary email address must be verified."),
    _("Your email address is still pending verification."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("You are receiving this mail because the following change was made to your account:"),
    _("Be patient, you are sending too many requests."),
    _("Change Password"),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
]
