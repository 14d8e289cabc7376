"""What the source of the lexicon does not say, or says wrongly: read by `build_lexicon` only.

The rules give a feminine its masculine where the source has both as own words: sénatrice, sénateur.
A rule holds for all words but some, or for some words only: « commune » is not the feminine of « commun ».
"""

from __future__ import annotations

from typing import NamedTuple

from searchkit.analysis.tables import words


class Feminine(NamedTuple):
    """Words in `ending` are feminines of words in `masculine`: only `these`, or all but `these`."""

    ending: str
    masculine: str
    only: bool
    these: frozenset[str]


def _rule(ending: str, masculine: str, how: str, table: str = "") -> Feminine:
    return Feminine(ending, masculine, how == "only", words(table))


FEMININES: tuple[Feminine, ...] = (
    _rule("trice", "teur", "all but", """
        matrice calculatrice locomotrice motrice excavatrice perforatrice automotrice
    """),
    _rule("euse", "eux", "all but", "tubéreuse"),
    _rule("euse", "eur", "all but", """
        pelleteuse mitrailleuse friteuse tronçonneuse tondeuse perceuse centrifugeuse moissonneuse
        liseuse trotteuse lessiveuse bétonneuse foreuse fraiseuse débroussailleuse
    """),
    _rule("eure", "eur", "all but", "heure demeure"),
    _rule("ive", "if", "all but", """
        perspective locomotive esquive ive incisive plumitive diapositive motive suive
    """),
    _rule("ienne", "ien", "all but", "césarienne péripatéticienne méridienne"),
    _rule("éenne", "éen", "all but"),
    _rule("onne", "on", "only", """
        espionne patronne piétonne baronne teutonne saxonne mignonne bretonne lionne championne maçonne
    """),
    _rule("elle", "el", "all but", "selle labelle girelle fontanelle factorielle différentielle"),
    _rule("ière", "ier", "only", """
        routière ouvrière meurtrière minière couturière sorcière journalière cuisinière fruitière
        meunière jardinière baleinière pompière bouvière chiffonnière cantonnière ferronnière
        infirmière policière pâtissière première dernière
    """),
    _rule("ère", "er", "only", "chère bergère vachère fourragère archère"),
    _rule("ale", "al", "all but", """
        capitale filiale morale sale cale spirale chorale régale étale pale bale abbatiale gale
        onciale pastorale cathédrale male
    """),
    _rule("ale", "al", "only", "égale inégale"),
    _rule("aise", "ais", "only", "bordelaise maltaise bolognaise"),
    _rule("oise", "ois", "all but", "moise"),
    _rule("aine", "ain", "only", "écrivaine romaine napolitaine châtelaine"),
    _rule("ine", "in", "only", "argentine sarrasine voisine"),
    _rule("ante", "ant", "only", """
        constante glissante vibrante débutante surintendante errante piquante collante roulante
        plaisante fuyante engageante claquante pendante
    """),
    _rule("ente", "ent", "only", """
        présente lente conséquente impatiente violente patiente fréquente apparente innocente
        mécontente contente absente
    """),
    _rule("ée", "é", "only", """
        députée prostituée fiancée jurée passée relevée prisée brisée vitrée pavée louée fauchée
        étouffée perchée honorée serrée plombée évaporée trempée piquée radiée momentanée pressée
        épaulée dorée coupée croisée avancée
    """),
    _rule("ette", "et", "only", "muette nette coquette cadette violette"),
    _rule("ète", "et", "only", "inquiète complète discrète secrète concrète"),
    _rule("que", "c", "only", "laïque"),
    _rule("che", "c", "only", "blanche"),
    _rule("èche", "ec", "only", "sèche"),
    _rule("ève", "ef", "only", "brève"),
    _rule("usse", "ux", "only", "fausse rousse"),
    _rule("ure", "ur", "only", "dure"),
    _rule("cte", "ct", "only", "suspecte"),
    _rule("ve", "f", "only", "veuve sauve"),
    _rule("esse", "e", "only", "suissesse"),
    _rule("ane", "an", "only", "sultane ottomane courtisane"),
    _rule("une", "un", "only", "brune"),
    _rule("ate", "at", "only", "candidate plate"),
    _rule("ite", "it", "only", "étroite gratuite cuite"),
    _rule("ute", "ut", "only", "brute"),
    _rule("erte", "ert", "only", "déserte"),
    _rule("rde", "rd", "only", "sourde bâtarde hussarde"),
    _rule("nde", "nd", "only", "blonde normande seconde marchande gourmande"),
    _rule("lle", "l", "only", "nulle"),
    _rule("sse", "s", "only", "basse métisse"),
    _rule("se", "s", "only", "ourse"),
    _rule("tte", "t", "only", "chatte"),
    _rule("ude", "ud", "only", "chaude"),
    _rule("aire", "air", "only", "claire"),
    _rule("ainte", "aint", "only", "sainte"),
    _rule("ie", "i", "only", "amie munie rôtie demie"),
    _rule("ue", "u", "only", "accrue nue ingénue joufflue floue taboue"),
    _rule("igue", "igu", "only", "ambiguë"),
    _rule("ise", "is", "only", "soumise"),
)

# lemmas that a reader takes for one word, and no rule finds: (name, other), folded
JOINED: tuple[tuple[str, str], ...] = (
    ("pret", "preter"), ("payer", "paie"), ("offre", "offrir"), ("ouvrir", "ouvert"), ("vivre", "vecu"),
    ("eteindre", "eteint"), ("elire", "elu"), ("disparaitre", "disparu"), ("rouvrir", "rouvert"),
    ("recouvrir", "recouvert"), ("redecouvrir", "redecouvert"), ("conquerir", "conquis"),
    ("acquerir", "acquis"), ("requerir", "requis"), ("accroitre", "accru"), ("emouvoir", "emu"),
    ("decevoir", "decu"), ("resoudre", "resolu"), ("survenir", "survenue"), ("asseoir", "assis"),
    ("convenir", "convenu"), ("dechoir", "dechu"), ("assaillir", "assailli"), ("courir", "couru"),
    ("coudre", "cousu"), ("cuire", "cuit"), ("clore", "clos"), ("defaire", "defait"),
)

# regular verbs of the news that the source lacks, or of which it has little more than the infinitive
VERBS: frozenset[str] = words("""
acter amnistier automatiser autopsier bâcher badger baguer bitumer bizuter caillasser cartographier
cloner coopter covoiturer crasher customiser déconfiner décontaminer défiscaliser dématérialiser
densifier désacraliser désincarcérer diaboliser diligenter dupliquer estampiller euthanasier exfiltrer
féminiser flasher fluidifier fossiliser fuiter géolocaliser hélitreuiller impacter infantiliser
informatiser islamiser labelliser militariser modéliser mondialiser motoriser nominer outiller pâturer
plastifier plébisciter polliniser précariser reconditionner reconfiner rediriger référencer reformuler
réinsérer reprogrammer revisiter robotiser scénariser sponsoriser squatter surdimensionner surendetter
surexploiter surfacturer synthétiser systématiser télétravailler titulariser urbaniser vandaliser vapoter
verglacer tweeter retweeter réinstaurer ringardiser déclassifier candidater catégoriser dysfonctionner
formater héliporter budgéter présélectionner dimensionner aseptiser paramétrer complexifier liker taser
hacker mixer cagouler millimétrer sigler genrer sourcer texturer minuter compacter innocenter phagocyter
""")

# nouns in -er that are not the verb of the noun in -e: a butcher is no mouth
NOUNS_IN_ER: frozenset[str] = words("boucher plancher clocher")

# nouns in -er that are far from the verb with the same form: their other forms are the noun's alone
NOUNS_LIKE_VERBS: frozenset[str] = words("conseiller reporter supporter")

# verbs whose form in -e is far more often another word: contre, entre, jeune, Chine, attente, Orne
VERBS_APART: frozenset[str] = words("contrer entrer jeuner chiner attenter orner")

# forms of two words of which the source has one: folded form → the term of the other
ALSO: dict[str, str] = {
    "croit": "croitre", "fondent": "fondre", "fondait": "fondre", "fondaient": "fondre", "fondant": "fondre",
    "revit": "revivre", "peignent": "peindre",
    "aille": "aller", "pressent": "presser", "subit": "subite",
}

# participles that live as nouns of their own, far from the verb in -ir
NOUNS_IN_I: frozenset[str] = words("parti mari ami demi pari lundi mardi jeudi samedi")

# nouns in -ée that are more than the participle of a verb
NOUNS_IN_EE: frozenset[str] = words("""
armée assemblée entrée arrivée montée remontée fumée levée tournée pensée durée équipée visée coulée
flambée poussée retombée cordée mêlée jetée gelée rangée croisée renommée gorgée bouchée foulée rosée
nichée traversée rentrée plongée envolée veillée percée pesée virée traînée fusée lignée saignée huée
bouffée pincée poignée portée dictée tranchée trouée échappée risée lancée enjambée couvée cuvée
chevauchée chambrée giclée allée avancée coordonnée bourrée ondée menée
ruée donnée contrée musée chaussée cheminée
""")

# forms in -ant that are more than the present participle of a verb, though the source has no plural of them
NOUNS_IN_ANT: frozenset[str] = words("""
autant durant maintenant moyennant ardant aidant alternant apprenant cogérant copartageant écoutant encadrant
ferrant huant identifiant récoltant
""")

# present participles of which the source has a plural, and news hardly has one
PRESENT: frozenset[str] = words("""
abaissant analysant appelant approchant brisant causant célébrant commençant commettant déambulant désirant
incitant interprétant invitant liant marchant nageant obligeant ouvrant plaidant pleurant prévenant ravageant
remontant rentrant riant sautant surplombant tirant traînant tuant chantant entendant pensant plongeant
prévoyant regardant tombant
""")

# lemmas in -é whose folded form belongs to another verb: ouvré (ouvrer) folds to ouvre (ouvrir)
NOT_PARTICIPLES: frozenset[str] = frozenset(["ouvré"])

# feminines of one letter more, mostly of peoples, that the source lacks
WITH_E: frozenset[str] = words("""
andorrane bahreïnie bengalie bigoudène cévenole cheminote consule dreyfusarde émiratie flemmarde gardiane
gazaouie harkie inuite kazakhe kényane kirghize kosovare monténégrine ouïghoure ouzbèke paysagère poitevine
qatarie sahraouie smicarde soufie talibane tamoule tatare végane yézidie
""")

# words whose singular ends in -s, or that are otherwise missing in the source: form → lemma
MISSING: dict[str, str] = {word: word for word in sorted(words("""
précis gris univers accès succès progrès décès avis poids repas abus paradis tennis ours bras mars vers
près puits remords palais relais printemps excès débris tapis colis devis radis jus talus bonus malus
campus lys huis matelas verglas gâchis châssis parvis brebis palmarès concours secours discours parcours
recours amas fracas revers précieux creux époux préavis surpoids héros chaos treize quatorze quarante
cinquante soixante embarras cadenas canevas plâtras frimas logis sursis maquis compromis acquis surplus
refus reclus obus cactus corpus lapsus processus consensus prospectus rictus terminus hiatus papyrus
stimulus cursus blocus crocus lotus rébus typhus
"""))} | {
    "certains": "certain", "certaine": "certain", "certaines": "certain", "traite": "traite",
    "traites": "traite",
    "balais": "balai", "mâles": "mâle", "tournois": "tournoi", "alentours": "alentour", "propos": "propos",
    "travers": "travers",
    "repos": "repos", "suspens": "suspens", "télécommunications": "télécommunication", "terrasse": "terrasse",
    "terrasses": "terrasse", "remplie": "remplir", "remplies": "remplir", "répartie": "répartir",
    "réparties": "répartir", "ressortie": "ressortir", "ressorties": "ressortir", "rentrait": "rentrer",
    "rentraient": "rentrer", "fondu": "fondre", "fondue": "fondre", "fondus": "fondre", "fondues": "fondre",
    "précise": "précis", "précises": "précis", "grise": "gris", "grises": "gris", "moyenne": "moyen",
    "moyennes": "moyen", "grès": "grès", "aigue": "aigu", "booste": "booster",
    "creusée": "creuser", "creusées": "creuser",
    "contenue": "contenir", "contenues": "contenir", "permise": "permettre", "permises": "permettre",
    "revenue": "revenir", "revenues": "revenir", "assise": "assis", "rouvre": "rouvrir",
    "rouvres": "rouvrir", "recouvre": "recouvrir", "recouvres": "recouvrir", "recouvrent": "recouvrir",
    "ouvrez": "ouvrir", "ouvrons": "ouvrir", "ouvraient": "ouvrir", "saurait": "savoir",
    "saurais": "savoir", "sauraient": "savoir", "saurons": "savoir", "saurez": "savoir",
    "saurions": "savoir", "sauriez": "savoir", "saurai": "savoir", "sauras": "savoir",
    "croit": "croire", "croît": "croître", "rit": "rire", "effraie": "effrayer", "effraies": "effrayer",
    "repartie": "repartir", "reparties": "repartir", "parfaites": "parfait", "antérieurs": "antérieur",
    "persistent": "persister", "insurgent": "insurger", "coïncident": "coïncider", "rentrais": "rentrer",
    "rêverait": "rêver", "rêveraient": "rêver", "usagère": "usager", "usagères": "usager", "homes": "home",
    "dément": "démentir", "abat": "abattre", "cueille": "cueillir", "cueilles": "cueillir",
    "pâtissent": "pâtir", "dépeignent": "dépeindre", "dépeignait": "dépeindre", "dépeignant": "dépeindre",
    "défends": "défendre", "recouvrant": "recouvrir", "recouvrait": "recouvrir", "recouvraient": "recouvrir",
    "planché": "planche", "planchés": "planche", "dominant": "dominant", "dominante": "dominant",
    "dominants": "dominant", "dominantes": "dominant", "male": "mâle", "males": "mâle", "entres": "entrer",
    "tracas": "tracas", "chaussée": "chaussée", "chaussées": "chaussée", "compromises": "compromettre",
    "prévenu": "prévenu", "prévenus": "prévenu", "prévenue": "prévenu", "prévenues": "prévenu",
    "serve": "servir", "serves": "servir", "sors": "sortir", "encoure": "encourir",
    "décroît": "décroître", "cossus": "cossu", "fichue": "fichu", "fichues": "fichu",
    "usagée": "usagé", "usagées": "usagé", "bise": "bise", "bises": "bise",
    "subite": "subite", "subites": "subite", "subits": "subite",
    # a present participle has no feminine and no plural: these are the noun
    "passant": "passant", "passante": "passant", "passants": "passant", "passantes": "passant",
    "voyante": "voyant", "voyants": "voyant", "voyantes": "voyant", "contenants": "contenant",
    "dépendante": "dépendant", "dépendants": "dépendant", "dépendantes": "dépendant",
    "volante": "volant", "volantes": "volant",
} | {noun + ending: noun for noun in ("accompagnant", "doctorant") for ending in ("", "e", "s", "es")} | {
    feminine + s: feminine.removesuffix("e") for feminine in sorted(WITH_E) for s in ("", "s")
}
