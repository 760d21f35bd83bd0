"""Words of headers that are questions, whom they speak of, and stems that only values can confirm."""

from .words import set_of

# Pronouns, verbs that help and what else makes a question: they say nothing of what is asked for.
ASKING = set_of(
    """
    quel quelle quels quelles que quoi qu est sont etes vous votre vos nous notre nos tu ton ta tes il
    elle ils elles on avez as ont ete etre peut pouvez c s t ce cette ces si dans par pour avec ou un une
    appelle nomme veuillez svp intervenez travaillez merci indiquer indiquez preciser precisez actif actifs
    implante implantes situe situes

    what which is are was were has have had they you your yours we our us their it its i my can could
    would should please to on at by active based located with from this that these will be been any or as
    called work

    cual cuales como se llama es son vuestro vuestra vuestros vuestras su sus nuestro nuestra teneis
    tienes tiene tienen ha han sois nos os te lo una con por para activos trabajais

    was wie welche welcher welchem welchen welches ist sind war wurde wird ihr ihre ihrer ihres ihrem
    ihren euer eure eurer eurem euren sie wir uns unser unsere hat haben habt seid kann es man ein eine
    einer eines einem einen im am zum zur von mit fur bitte lautet heisst arbeitet nennt sich aktiv ansassig

    che cosa quale quali qual come chiama e vostro vostra vostri vostre tuo tua suo sua nostro nostra
    siete sono avete hai ha hanno vi ci mi lo gli uno nel nella per attivi operate

    fr en de es it nl
    """
)
# “What does your group do?” asks for no name: whom it speaks of is not what it asks for.
DOING = set_of("do does did faites faisons fait haceis hace macht machen fate dedicais occupate")
# Whose the answer is: “your name” asks for a person's.
YOURS = set_of("votre your ihr ihre tu su tuo vostro vuestro")
NAMES = set_of("nom noms name nombre nome")
# Beginnings of words for persons: what is theirs becomes never public.
PERSONS = (
    *set_of(
        """
        president responsab referent ansprechp kontaktperson person prive privat privad particul gerant
        geschaftsfuhr directeur directric director dirigeant tresorier secretaire representant
        rappresentant author auteur autor porteur porteuse leader manager coordinateur coordinatric
        coordinador creator createur created contribut submit editor moderat user utilisateur username
        owner benevole volunteer
        """
    ),
)
# Stems that are believed where no clearer header is found and values agree.
LAST_RESORT: dict[str, str] = {
    "position": "location",
    "name": """
    structure project entite entitat ente group groupe gruppe grupo gruppo iniciativa iniziativa collectif
    collectiu colectivo collettivo kollektiv realta lieu place luogo
    """,
    "street": "location sede sede+legale sede+operativa siege+social siege sitz",
    "locality": """
    lieu place location luogo sede sede+legale sede+operativa siege+social siege where wo donde dove sitz
    implantation lieu+implantation
    """,
    "themes": """
    area areas art topic* industry industries folder layer carpeta ordner cartella sparte sparten focus
    champ+action champs+action campo+accion focus+area focus+areas
    """,
    "legal_form": "structure",
    "description": """
    what+do que+faites que+faisons que+haceis que+dedicais was+macht was+machen cosa+fate cosa+occupate
    """,
}
# Headers made of nothing else name a town, an address or the initiative itself: values tell.
SITES = set_of(
    """
    lieu place location luogo sede legale operativa siege social sitz where wo donde dove implantation based
    """
)
GIVEN_NAMES = set_of(
    """
    prenom prenoms vorname vornamen firstname forename surname nachname apellido apellidos cognome
    """
)
# Forms begin their tables with when somebody answered, and then say who: folded headers.
STAMPS = frozenset(
    {
        "horodateur",
        "timestamp",
        "zeitstempel",
        "marca temporal",
        "informazioni cronologiche",
        "start time",
        "completion time",
        "heure de debut",
        "heure de fin",
        "hora de inicio",
        "hora de finalizacion",
        "startzeit",
        "fertigstellungszeit",
        "ora di inizio",
        "ora di completamento",
        "submitted at",
        "submission date",
        "date de soumission",
    }
)
# An address or name of nobody in particular: of the person who answered.
ANSWERING = set_of(
    """
    e mail email adresse address courriel electronique messagerie direccion correo electronico indirizzo
    posta elettronica mailadresse username utilisateur nom name nombre nome
    """
)
# Remarks, often for those who made the table: a description only where they read like one.
REMARKS = set_of(
    """
    note notes remark remarks remarque remarques bemerkung bemerkungen observaciones osservazioni
    """
)
# Of several columns that tell themes these come first, and those last.
MAIN = ("main", "princip", "primar", "primaire", "haupt")
SECOND = ("second", "secund", "neben", "autre", "other", "weitere", "otra", "otro", "altri", "altre")
