"""Places where one tells others: plain links to the forms of each, which know the text and the address."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Network:
    """One of them: its name in counted links, what it is called, and its form."""

    source: str
    label: str | Promise
    form: str
    # Names of what the form takes; some take text and address together.
    text: str = ""
    address: str = ""

    def link(self, text: str, address: str) -> str:
        """The form with both."""
        asked = {self.text: text if self.address else f"{text} {address}"} if self.text else {}
        if self.address:
            asked[self.address] = address
        return self.form + urlencode(asked, quote_via=quote)


NETWORKS = (
    Network("mail", _("E-mail"), "mailto:?", text="subject", address="body"),
    Network("mastodon", "Mastodon", "https://share.joinmastodon.org/#", text="text"),
    Network("bluesky", "Bluesky", "https://bsky.app/intent/compose?", text="text"),
    Network("whatsapp", "WhatsApp", "https://wa.me/?", text="text"),
    Network("facebook", "Facebook", "https://www.facebook.com/sharer/sharer.php?", address="u"),
    Network("linkedin", "LinkedIn", "https://www.linkedin.com/sharing/share-offsite/?", address="url"),
)
