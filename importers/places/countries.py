"""Country names and codes in many spellings, read as ISO 3166-1 alpha-2."""

from collections.abc import Sequence
from functools import lru_cache

import phonenumbers

from ..text import fold

# Spellings beside the names that territories carry in five languages; parted by commas.
OTHERS = """
AL: Albanie, Shqipëria, ALB; AD: AND; AT: Österreich, Autriche, AUT; BA: Bosna i Hercegovina, Bosnia, BIH
BE: België, Belgique, Belgien, BEL; BG: България, BGR; BY: Беларусь, BLR
CH: Suisse, Schweiz, Svizzera, Svizra, CHE; CY: Κύπρος, CYP
CZ: Česko, Česká republika, Czech Republic, République tchèque, Tchéquie, Czechia, CZE
DE: Deutschland, Allemagne, BRD, DEU; DK: Danmark, DNK;
EE: Eesti, EST; ES: España, Espanya, ESP; FI: Suomi, FIN
FR: France métropolitaine, République française, FRA
GB: UK, United Kingdom, Great Britain, England, Scotland, Wales, Northern Ireland, Grande-Bretagne, GBR
GR: EL, Hellas, Ellada, Ελλάδα, GRC; HR: Hrvatska, HRV; HU: Magyarország, HUN
IE: Éire, Republic of Ireland, IRL
IM: Isle of Man, IMN; IS: Ísland, ISL; IT: Italia, ITA; LI: LIE; LT: Lietuva, LTU; LU: Lëtzebuerg, LUX
LV: Latvija, LVA; MC: MCO; MD: Moldova, Moldavie, MDA; ME: Crna Gora, MNE; MK: Macedonia, North Macedonia, MKD
MT: MLT; NL: Nederland, The Netherlands, Netherlands, Holland, Pays-Bas, NLD
NO: Norge, Noreg, NOR; PL: Polska, POL
PT: PRT; RO: România, ROU; RS: Srbija, Србија, SRB; SE: Sverige, SWE; SI: Slovenija, SVN; SK: Slovensko, SVK
SM: SMR; TR: Türkiye, Turkey, Turquie, TUR; UA: Україна, Украина, UKR; XK: Kosova
FR: France; DE: Germany; IT: Italy, Italie; ES: Spain, Espagne; AT: Austria; BE: Belgium; CH: Switzerland
PT: Portugal; IE: Ireland, Irlande; GR: Greece, Grèce; PL: Poland, Pologne; LU: Luxembourg; RO: Romania, Roumanie
DK: Denmark; SE: Sweden; NO: Norway; FI: Finland; HU: Hungary; HR: Croatia; SI: Slovenia; SK: Slovakia; BG: Bulgaria
US: USA, United States, United States of America, États-Unis; CA: Canada, CAN
MA: Maroc, Morocco; TN: Tunisie, Tunisia; DZ: Algérie, Algeria
"""
NUTS_TO_ISO = {"EL": "GR", "UK": "GB"}
# Of cars, as they stand in lists and before postcodes; most others are those of ISO. In capitals only: a small letter
# is a word of some language.
OF_CARS = {
    "A": "AT",
    "B": "BE",
    "D": "DE",
    "E": "ES",
    "F": "FR",
    "FL": "LI",
    "H": "HU",
    "I": "IT",
    "IRL": "IE",
    "L": "LU",
    "N": "NO",
    "P": "PT",
    "S": "SE",
    "SLO": "SI",
}


def _own_names() -> dict[str, str]:
    entries = (entry.split(":") for entry in OTHERS.replace("\n", ";").split(";") if entry.strip())
    return {fold(name): code.strip() for code, names in entries for name in names.split(",")}


@lru_cache(maxsize=1)
def _three_letters() -> dict[str, str]:
    return {name.upper(): code for name, code in _own_names().items() if len(name) == 3}


def iso_code(code: str) -> str:
    """A code of a country as alpha-2: from NUTS (EL, UK) or three letters; others unchanged."""
    return NUTS_TO_ISO.get(code) or _three_letters().get(code, code)


class Countries:
    """Names of countries: the usual ones, and those that territories carry."""

    def __init__(self, rows: Sequence[tuple[str, dict[str, str]]]) -> None:
        """`rows`: code and names by language of each that has a territory."""
        self._names = _own_names()
        for code, names in rows:
            self._names.update({fold(name): code for name in names.values()})
        self._codes = phonenumbers.SUPPORTED_REGIONS | {code for code, _names in rows}
        self.code = lru_cache(maxsize=10_000)(self._code)

    def _code(self, text: str) -> str:
        """Alpha-2 code of a name or code; empty where nothing is known."""
        upper = text.strip().upper()
        upper = NUTS_TO_ISO.get(upper, upper)
        if len(upper) == 2 and upper in self._codes:
            return upper
        return self._names.get(fold(text), "") or OF_CARS.get(text.strip(), "")
