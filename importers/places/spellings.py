"""Names of towns as lists write them, and how a gazetteer may write the same: districts and provinces left out."""

import re

# What the post and large towns add: “Cedex 03”, “3e arrondissement”, “11e”, “Wien 7”.
POSTAL = re.compile(
    r"[\s,–-]+(?:cedex\b.*|\d{1,2}(?:\s?(?:e|er|ère|eme|[eè]me|nd|th)\b\.?)?(?:\s+arr\w*\.?)?)$",
    re.IGNORECASE,
)
# The number of a French department beside its town, the letters of an Italian province or a Swiss canton.
DEPARTMENT = r"(?P<code>0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[1-8]|98[678])"
DEPARTMENT_BEHIND = re.compile(
    rf"(?P<town>.+?)\s*(?:\({DEPARTMENT}\)|\s[–-]\s{DEPARTMENT.replace('code', 'last')})"
)
DEPARTMENT_BEFORE = re.compile(rf"\(?{DEPARTMENT}\)?\s*[\s–:-]\s*(?P<town>[^\W\d_].+)")
PROVINCE = re.compile(
    r"(?P<town>.*[a-zà-ÿ].*?)(?:\s*\([A-Z]{2}\)|\s+[A-Z]{2})|(?P<capitals>.+?)\s*\([A-Z]{2}\)"
)
BODY = re.compile(
    r"^(?:ville|commune|mairie|comune|ayuntamiento|municipio|ajuntament|city|town) (?:de |d['’]|di |of )"
    r"|^(?:stadt|gemeinde) (?:von )?|\s+(?:capitale|capital)$",
    re.IGNORECASE,
)
# What is written short, and in full; of saints in two languages.
SHORT = [
    (r"\bst(?:\.\s*|[\s-])", "Saint "),
    (r"\bste(?:\.\s*|[\s-])", "Sainte "),
    (r"\bst(?:\.\s*|[\s-])", "Sankt "),
    (r"\bsta\.?\s", "Santa "),
    (r"\bs/s[\s-]", "sous "),
    (r"\bs/(?!s[\s-])\s*", "sur "),
    (r"(?<=\w\w\w)/(?=\w\w\w)|\s+a\.\s*(?=\w\w\w)", " am "),
    (r"(?<=\w\w\w)/(?=\w\w\w)|\s+a\.\s*d\.\s*(?=\w\w\w)", " an der "),
    (r"(?<=\w\w\w)/(?=\w\w\w)|\s+i\.\s*(?=\w\w\w)", " im "),
    (r"\s+a\.?\s?m\.?$", " am Main"),
    (r"\s+a\.?\s?n\.?$", " am Neckar"),
    (r"\s+a\.?\s?rh\.?$", " am Rhein"),
    (r"\s+a\.?\s?d\.?\s?o\.?$", " an der Oder"),
    (r"\s+i\.?\s?br?\.?$", " im Breisgau"),
    (r"\s+i\.?\s?w\.?$", " in Westfalen"),
    (r"\s+o\.?\s?d\.?\s?t\.?$", " ob der Tauber"),
    (r"\s+v\.?\s?d\.?\s?h\.?$", " vor der Höhe"),
    (r"\s+b\.\s*(?=\w)", " bei "),
]
IN_FULL = [(re.compile(pattern, re.IGNORECASE), words) for pattern, words in SHORT]
# Of “Ixelles / Elsene” both are names; without blanks the second may be a river.
TWO_NAMES = re.compile(r"\s+/\s+")


def parted(locality: str) -> tuple[str, str]:
    """A town and the code of the French department that stands beside it: “Lyon (69)”, “69 - Lyon”; else none."""
    found = DEPARTMENT_BEHIND.fullmatch(locality) or DEPARTMENT_BEFORE.fullmatch(locality)
    if found is None:
        return locality, ""
    return found["town"].strip(), found["code"] or found["last"]


def spellings(locality: str) -> tuple[str, ...]:
    """Names to look for one after the other until there is a town: as it stands first, then in full, then parts."""
    plain = POSTAL.sub("", locality).strip() or locality
    names = [plain]
    if found := PROVINCE.fullmatch(plain):
        names.append(found["town"] or found["capitals"])
    names.append(BODY.sub("", names[-1]).strip())
    names += [full for pattern, words in IN_FULL if (full := pattern.sub(words, names[-1])) != names[-1]]
    names += TWO_NAMES.split(plain)[:1]
    return tuple(dict.fromkeys(name for name in names if name))
