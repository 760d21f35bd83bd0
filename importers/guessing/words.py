"""Word stems of column headers in five languages; a stem that ends in * takes any ending.

Longer stems win over shorter ones, and of the same length the one listed first.
"""


def set_of(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


STEMS: dict[str, str] = {
    # Persons and figures: personal data that nobody gave us, or nothing for the map.
    "ignore": """
    president* presidente* responsable* referent* ansprechp* kontaktperson* contact+person*
    persona+contacto contact+name nom+contact nombre+contacto prenom* vorname* nachname* surname*
    first+name last+name apellido* cognome* representant* rappresentant* directeur* directric* director*
    geschaftsfuhr* gerant* legale+rappresentante dirigeant* fax facebook twitter instagram linkedin
    youtube mastodon insee istat ags surface flache superficie effectif* salarie* socios employe*
    mitarbeit* mitglieder* members+number number+members nb* how+many wie+viele combien cuantos cuantas
    quanti quante wheelchair accessib* score lastpage seed startdate time amplitude* ignore* dissolved*
    dissolution* avancement entry+cost bemerkung* remark* observac* osservaz* poi+type post+type
    numero+socios numero+soci volunteer* children free+entry population pop+com iban capital budget
    turnover umsatz chiffre+affaires notes note version person* persona* tresorier* secretaire* consent*
    rgpd gdpr privacy datenschutz* status estado moderation* geo+shape public+accueilli startlanguage
    linkedin whatsapp tiktok type+adress* accept* acept* accett* akzept* autoris* agree stimme+zu
    redes+sociales fecha+alta data+alta fonction funktion epci iris qpv hear+about heard+about nom+fichier
    file+name filename dateiname ip adresse+ip ip+address intercommunal* accepte+informations
    """,
    "external_id": """
    id ids number+registered identifi* identific* uuid guid code+bib kenn* kennung registernummer
    register+number registered+number registration+number company+number charity+number
    companies+house+number siret siren rna numero+rna cif nif vat partita+iva codice+fiscale ref reference
    referenz* record+id recordid objectid object+id oid slug numero+fiche cle key schlussel* codigo number
    nummer organisation+id organization+id structure+id place+id location+id register+nummer registro
    no+registro numero+registro matricul* vereinsregister* handelsregister* fid ogc+fid gid ident
    """,
    "latitude": """
    lat latit* latt* breitengrad* breite coord+y coordenada+y geolocation+lat geo+lat coordonnee+y y
    y+lambert northing nord utm+n utm+y geo+y rechtswert+y hochwert point+y ycoord y+coord n+koordinat*
    y+koordinat* n+coordinat*
    """,
    "longitude": """
    geolocation+lon geo+lon lon lng long longit* longt* langengrad* laengengrad* lange laenge coord+x
    coordenada+x coordonnee+x x x+lambert easting utm+e utm+x geo+x rechtswert point+x xcoord x+coord
    e+koordinat* x+koordinat* e+coordinat*
    """,
    "position": """
    coordonnees* coordinat* coordenad* koordinat* geoloc* geo+point geopoint geom geometr* gps lat+long
    lat+lon lat+lng latlng latlong latlon position posicion posizione standort+koordinat*
    carte+google wkt the+geom geolocation punto+geo* point geoposition geo+position geokoordinat*
    ubicacion geolokalis* geolocaliz* lon+lat lonlat latitude+longitude lat+longitude geojson geo+json
    geo+koordinat*
    """,
    "postcode": """
    code+post* codepost* cp c+p cp+structure zip zipcode post+code* postcode* postal+code* codigo+postal*
    plz postleitz* cap codice+postale codice+avviamento* codi+postal cod+post cod+postal* postnr postal
    """,
    "country": """
    pays country countr* pais land landercode laendercode landercod* nation* paese stato+estero staat
    stato landes* country+code codigo+pais code+pays iso+country
    """,
    "region": """
    region* departement* dept dep county counties provinc* comunidad* ccaa comarca* kreis landkreis kanton
    canton* bundesland* state regierungsbezirk* sigla* regione admin1 distri* uk+nation nuts*
    federal+state prov nom+reg etat distretto
    """,
    "locality": """
    ville commune* city town* locality localite localit* localidad* municip* ort ortschaft ortsname
    gemeinde* stadt* citta poblacion* comune* village lieu+dit settlement nom+com lib+com lib+commune
    libelle+commune
    pueblo municipi stadtteil nom+commune ciudad* wohnort* lugar* frazione suburb borough post+town
    posttown comuna standort* quartier ortsteil* bourg
    """,
    "street": """
    adresse* address* addresse* street* rue voie direccion* calle strasse* str anschrift* street+location
    hausnr hausnummer* housenumber house+number indirizzo* via comp+adress* complement+adress* numero+voie
    civico numero+civico building adr portal no+portal n num+voie nom+voie libelle+voie lib+voie num+voie
    carrer* nom+carrer nombre+via nombre+calle addr type+voie tipo+via tipus+via tipo+calle adr+num
    street+number streetnumber house+no housenr domicili* adress numero+rue no+rue road avenue piazza
    plaza viale platz address+line street+name strassenname premises indirizz* anschr
    """,
    "website": """
    site+web site+internet* sito* website* web web+address webs* url urls homepage internet* www page+web
    pagina* sitio* enlace* link lien adresse+web adresse+internet adresse+site netzseite webseite*
    webadress* site netzadresse* weblink webpage home+page siteweb sitoweb site+officiel direccion+web
    indirizzo+web
    """,
    "email": """
    mail* email* e+mail courriel* correo* mel adresse+mail adresse+email posta+elettronica pec
    electronic+mail adresse+messagerie correu* email+address mail+address correo+electronico
    adresse+electronique adress+electronique indirizzo+email indirizzo+mail buzon e+post
    """,
    "phone": """
    tel telephone* telefon* phone* mobile* portable movil* rufnummer* handy* cellulare* tlf tlfn
    recapito+telefonico numero+telephone gsm tfno telf fono recapit* festnetz* fixe fijo fisso landline
    vorwahl contact+number numero+joindre fon rufnr
    """,
    "founded": """
    annee* creation* creee* cree fondation* fonde* founded* founding* established* incorporat* since
    anno+fondaz* ano+fundac* ano+creac* fundacion* constituc* gegrundet* gruendung* grundung* grundungs*
    fondaz* costituz* start+year year+founded ano+constituc* fecha+creac* fecha+constituc* date+creation
    start+date date+ouverture fecha+inicio ano+inicio eroffnung* seit seit+wann desde+cuando depuis+quand
    depuis activite+depuis gegr opened opening+date ano+fundo anno+fondat* data+inizio registration+date
    """,
    "updated": """
    mis+jour maj date+maj dat+maj dat+ma+j modif* derniere+modif* updated* update* last+modif*
    last+update* actualiz* ultima+actualiz* aktualis* letzte+anderung* stand anderungsdatum aggiorn*
    ultimo+aggiorn* datestamp timestamp horodateur zeitstempel marca+temporal informazioni+cronologiche
    changed fecha+actualiz* date+modif* ultima+modif* modified
    """,
    "opening_hours": """
    horaire* horario* hours opening* openhours ouverture* offnungszeit* oeffnungszeit* geoffnet* orari*
    apertura* offen heures+ouverture* quand+ouvert* when+open wann+geoffnet* open
    """,
    "image": """
    photo* image* picture* imagen* bild* foto* immagin* logo* thumbnail* img illustration* visuel* visual*
    thumb cover* banner* vignette icone icono icona fotograf* image+licen* photo+licen* bild+lizenz*
    """,
    "licence": """
    licen* lizenz* droits* rights* diritti derechos* nutzungs*
    """,
    "legal_form": """
    statut+jurid* forme+jur* regime+jur* statut legal+form* legal+structure org+type orgtype legal+stat*
    legal+type type+structure* organisational+structure organizational+structure juridique* rechtsform*
    tragerform* traegerform* natura+giurid* forma+giurid* forma+jurid* tipo+entidad* personalidad*
    organisationsform* unternehmensform* ownership* ragione+giuridica company+type form+jurid*
    organisation+type organization+type entity+type type+organisme figura+jurid* tipologia+ente tipo+ente
    tipo+organi* forma+societaria gesellschaftsform* type+entite organisationsart* legal+entity
    art+organisation
    """,
    "network": """
    reseau* federation* source sources member+of membership* affiliat* member mitglied red red+pertenencia
    netzwerk* verband* dachverband* mitglied+bei rete* network* federaz* federac* adhesion* quelle
    partner* consorzi* consorci* consorti* zusammenschluss groupement* coordinamento coordinadora*
    plateforme
    """,
    "tags": """
    mot+cle* mots+cle* motcle* motscle* mots+clef* mot+clef* tag* keyword* free+keyword* label* etiquet*
    etichett* schlagw* stichw* palabras+clave* parole+chiave* hashtag* labels qualifier* services servizi
    servicios dienstleistung* prestations
    """,
    "themes": """
    themat* theme* tema temas tematic* categor* kategor* activite* activit* attivit* actividad* branche*
    sect* secteur* settor* sector* type typ tipo tipolog* type+initiative* domaine* rubrique* rubrik* naf
    ape code+naf nace ateco sic cnae ambit* area+tem* themenf* handlungsf* primary+term main+tag subject*
    what+type field+activity field bereich* tatigkeit* taetigkeit* ss+cat cat icon filiere* classific*
    arbeitsfeld* schwerpunkt* aufgabenfeld* famille* metier* ramo rama kind klasse class art+einricht*
    amenity
    """,
    "summary": """
    accroche resume* bref en+bref objet* short+desc* abstract* one+line* oneline* tagline* slogan* lema
    descripcion+breve breve+desc* kurzbeschr* kurztext* teaser* riassunto* sommario* summary* zusammenf*
    sintesi* resumen* description+courte descrizione+breve subtitle untertitel* motto chapo intro* excerpt
    kurz*+beschreib* sous+titre nutshell quelques+mots presentation+resum* presentation+courte
    descripcion+corta brief* kurzinf* in+breve pitch headline chapeau short+text
    """,
    "description": """
    descript* descripc* descrip* descript* descrit* beschreib* projektbeschr* descriz* details* detail*
    mission* presentation* presentac* presentaz* presentazione about activites+proposees chi+siamo
    uber+uns ueber+uns decriv* decriv*+activite descrivi*+attivita describe describa* descriv* propos
    qui+sommes quienes+somos actividad+principal+texto long+desc* texte text content contenu comment*
    commentaire* texto testo informations* infos what+we que+hacemos cosa+facciamo was+wir
    descrizione+attivita descripcion+actividad* description+activit* objectif* objetivo* obiettiv* ziele
    purpose aims goals
    """,
    "name": """
    nom noms name nombre nome denominat* denominac* denominaz* raison+soc* razon+soc* ragione+soc* titre*
    title* titulo* titolo* libelle* enseigne* company* organisation+name organization+name organisation
    organization organizacion organizzazione group+name trading+name registered+name projektname*
    intitule* bezeichn* nom+lieu nom+struct* name+initiative nom+asso* entidad* einrichtung* initiative*
    association project+name projekt projet proyecto progetto firma outlet+name nombre+entidad
    nom+structure* business+name titel* firmen* firmenname* vereinsname* einrichtungsname*
    organisationsname* organisme* etablissement* nom+complet display+name place+name shop+name societa
    denomin* asociacion* associazione* cooperativa* verein structure+name
    """,
}
# Words that only say whose column it is.
FILLERS = set_of(
    """
    de du des la le les l d da di del della dei el los las the of a an and et und der die das den dem en
    in au aux sur bei for bf addr registered
    """
)
# Words that say whose a value is, where others say what it is.
OWNERS = set_of(
    """
    structure association organisation organization organisme organizacion organizzazione verein entidad
    initiative iniciativa iniziativa etablissement projet project projekt proyecto progetto lieu place
    group groupe gruppe grupo gruppo entite ente entitat collectif colectivo collettivo asociacion
    associazione realta number nummer registro
    """
)
# An address goes on in such a column: it is not the street.
GOES_ON = {"comp", "complement", "complemento", "zusatz", "adresszusatz", "extra", "region", "state", "line2"}
