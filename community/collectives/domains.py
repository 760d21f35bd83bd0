"""Which addresses prove that somebody speaks for a website: those at its own domain, and no others."""

from ipaddress import ip_address
from urllib.parse import urlsplit

# Anyone gets an address or a page there; what is below one of them counts as well.
# fmt: off
OF_ANYONE = frozenset({
    # Mail for everyone.
    "163.com", "abv.bg", "alice.it", "aol.com", "arcor.de", "azet.sk", "bbox.fr", "bluewin.ch", "bol.com.br",
    "centrum.cz", "disroot.org", "email.cz", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch",
    "gmx.com", "gmx.de", "gmx.fr", "gmx.net", "googlemail.com", "hey.com", "hotmail.be", "hotmail.com", "hotmail.de",
    "hotmail.es", "hotmail.fr", "hotmail.it", "icloud.com", "inbox.lv", "interia.pl", "laposte.net", "libero.it",
    "live.be", "live.com", "live.fr", "live.it", "live.nl", "mac.com", "mail.com", "mail.de", "mail.ru", "mailbox.org",
    "mailo.com", "me.com", "msn.com", "neuf.fr", "net-c.com", "numericable.fr", "o2.pl", "onet.pl", "orange.fr",
    "outlook.com", "outlook.de", "outlook.es", "outlook.fr", "outlook.it", "pm.me", "posteo.de", "posteo.net",
    "proton.me", "protonmail.ch", "protonmail.com", "riseup.net", "sapo.pt", "seznam.cz", "sfr.fr", "skynet.be",
    "systemli.org", "t-online.de", "telenet.be", "tiscali.it", "tuta.com", "tutanota.com", "tutanota.de", "virgilio.it",
    "wanadoo.fr", "web.de", "wp.pl", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.es", "yahoo.fr", "yahoo.it",
    "yandex.com", "yandex.ru", "ymail.com", "zaclys.net", "zoho.com",
    # Pages for everyone: the address of one says nothing about mail at the same name.
    "assoconnect.com", "blogspot.com", "blogspot.fr", "canalblog.com", "e-monsite.com", "eklablog.com", "facebook.com",
    "framasite.org", "framer.website", "github.io", "gitlab.io", "gogocarto.fr", "google.com", "helloasso.com",
    "hypotheses.org", "instagram.com", "jimdo.com", "jimdofree.com", "jimdosite.com", "linkedin.com", "linktr.ee",
    "mailchimpsites.com", "medium.com", "meetup.com", "mobirisesite.com", "netlify.app", "noblogs.org", "notion.site",
    "over-blog.com", "pagesperso-orange.fr", "site123.me", "squarespace.com", "strikingly.com", "substack.com",
    "t.me", "tumblr.com", "twitter.com", "vercel.app", "webador.com", "webflow.io", "webnode.com", "webnode.fr",
    "weebly.com", "wixsite.com", "wordpress.com", "x.com", "yolasite.com", "youtube.com",
})
# fmt: on


def plain(host: str) -> str:
    """A domain as machines write it: small letters, ASCII; empty where it is none."""
    try:
        name = host.strip().rstrip(".").lower().encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if "." in name and not _is_number(name) else ""


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _is_of_anyone(domain: str) -> bool:
    parts = domain.split(".")
    return any(".".join(parts[place:]) in OF_ANYONE for place in range(len(parts)))


def domain_of(website: str) -> str:
    """The domain whose addresses speak for a website: its host without `www.`; empty where none does.

    Neither what lies above it nor below: whoever has a page under a town's domain is not the town, and
    where domains begin that belong to different people, no rule without a list tells.
    """
    try:
        host = urlsplit(website).hostname or ""
    except ValueError:
        return ""
    domain = plain(host).removeprefix("www.")
    return "" if "." not in domain or _is_of_anyone(domain) else domain


def is_at(email: str, domain: str) -> bool:
    """Whether an address is at exactly this domain."""
    return bool(domain) and plain(email.rpartition("@")[2]) == domain
