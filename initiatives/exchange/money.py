"""Currencies in which an amount of an offer or need may stand, and an amount in words."""

from decimal import Decimal

from django.utils.formats import number_format

# ISO 4217, of Europe; the euro comes first.
CURRENCIES = (
    *(
        "EUR",
        "ALL",
        "BAM",
        "BGN",
        "BYN",
        "CHF",
        "CZK",
        "DKK",
        "GBP",
        "GEL",
        "HUF",
        "ISK",
        "MDL",
        "MKD",
        "NOK",
    ),
    *("PLN", "RON", "RSD", "SEK", "TRY", "UAH"),
)
SIGNS = {"EUR": "€", "GBP": "£"}


def in_words(money: dict[str, str]) -> str:
    """An amount with its currency, without cents where there are none."""
    amount = Decimal(money["amount"])
    places = 0 if amount == amount.to_integral_value() else 2
    shown = number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{shown}\u202f{SIGNS.get(money['currency'], money['currency'])}"
