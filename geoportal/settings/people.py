"""Accounts, how people sign in, and how often they may do what costs others something."""

AUTH_USER_MODEL = "community.Member"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "map"
ACCOUNT_LOGOUT_REDIRECT_URL = "map"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
# Added to allauth's own: taking one's data away, trying passwords where an account is deleted, handing in initiatives,
# looking up addresses, founding and claiming collectives, inviting people to them, writing to groups, naming groups,
# making spaces, writing to members, reporting them, following what is on the map, answering offers and needs,
# nominating and taking into a jury, by ballot or address: liking, asking for codes, trying them; links of campaigns
# that are counted.
ACCOUNT_RATE_LIMITS = {
    "take_data": "5/h/user",
    "erase_account": "5/10m/user",
    "submit_initiative": "20/h/ip",
    "propose_change": "20/h/ip",
    "report_initiative": "20/h/ip",
    "find_address": "60/h/ip",
    "ask_again": "20/h/ip",
    "found_collective": "5/d/user",
    "claim_collective": "5/d/user",
    "invite_people": "20/d/user",
    "create_group": "10/d/user",
    "ask_to_join": "20/d/user",
    "write_post": "60/h/user",
    "report_post": "20/h/user",
    "announce_to_group": "5/d/user",
    "create_space": "20/d/user",
    "add_resource": "60/d/user",
    "name_group": "60/h/user",
    "follow": "60/h/user",
    "match": "300/h/user",
    "write_to_member": "20/d/user",
    "answer_member": "20/h/ip",
    "report_member": "10/d/user",
    "publish_exchange": "30/d/user",
    "change_exchange": "60/h/user",
    "write_on_exchange": "60/h/user",
    "report_exchange": "10/d/user",
    "nominate": "30/d/user",
    "seat_juror": "60/d/user",
    "like": "120/m/key",
    "ask_ballot_code": "5/h/key,20/h/ip",
    "enter_ballot_code": "20/h/key",
    "campaign_visit": "30/m/ip",
}
# Passkeys, an application that shows numbers, codes on paper. A passkey stands behind the password, never in its place.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = False
MFA_ADAPTER = "community.members.adapter.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "community.members.passkeys.AddForm",
    "authenticate_webauthn": "community.members.passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "community.members.passkeys.ConfirmForm",
    "edit_webauthn": "community.members.passkeys.RenameForm",
}
