"""Forms about members."""

from django import forms
from django.contrib.auth.forms import UserChangeForm, UserCreationForm

from .models import AccessToken, Member


class MemberCreationForm(UserCreationForm):
    """A new member, by the administration."""

    class Meta:
        model = Member
        fields = ["email", "public_name", "language"]
        field_classes = {}


class MemberChangeForm(UserChangeForm):
    """A member, by the administration."""

    class Meta:
        model = Member
        fields = "__all__"
        field_classes = {}


class AccessTokenForm(forms.ModelForm):
    """What a new access token is for."""

    class Meta:
        model = AccessToken
        fields = ["name"]
