"""What the rules of French cannot know: closed tables, reviewed by hand. Keys are folded, unless noted."""

from __future__ import annotations


def words(table: str) -> frozenset[str]:
    """The words of a table written as text."""
    return frozenset(table.split())


# names that a lexicon of common words would inflect, and words whose last letter is no mark of the plural
PROTECTED: frozenset[str] = words("""
paris reims cannes gaza seine somme loire nantes vosges ardennes landes lens angers vannes troyes rennes
chartres meaux dreux sceaux sens tours caen creuse vienne alpes calais marseille lyon nice mans havre var
ain aisne orne halles flandres galles asturies indes
fois mois port pays mais jamais puis plus cours os gens bus virus temps corps
usa ira chu mit insee cnrs nupes pacs igas cnes cpas dals ccas pfas tass dass iris semis anis
plu aie dut oit anses
tende valais casa salers rider vilaine
may jura rodez axa elise maria corsa coste isle fourest brossat moussa rama terra demy carrera formula levante
mina pista
suez huez mons chalons corbieres trappes island islande
allier provins limoges castres saintes tournai lima mende casher
dauphine tamise river riva pais brava aida ries carrez bouchez singer privas duras costes fossey tournier
lavera hua forez dora humez delay barra musa massa berna peta meir mestre tapie fisher rima ducher archie puys
vias renes pat luis ill marquez ferrer mura jeans china mall contreras
hollande matisse pence tanger bayer wilders bruni cambrai kante macha
fia bea sema crea rea data feta plancha donna isola viola huma nappa banda
soulages gates barbes damiens daniels collins stevens frances andres poitiers vaux michaux rousseaux minions
nais ait baya nassera lia
i ie re
aura ete est or car son pas ton oui
""")

# given names that a rule would take for another: Françoise is not François
GIVEN_NAMES: frozenset[str] = words("""
christiane emmanuelle francoise michelle michele danielle daniele gabrielle joelle juliette louise simone
nicole martine pascale frederique lucienne fabienne adrienne vivienne julienne etienne jeanne andree renee
josee germaine sylvaine ghislaine marine carole paule raphaelle axelle maelle
armelle isabelle estelle christelle noelle murielle arielle pierrette antoinette henriette bernadette laure
carla angela alexandra alexandre alexandrine laurence florence clemence valerie sylvie marie rose pierre
victoire olive constance marcelle mireille georgette claudine josiane eliane gaelle cyrielle solene
celine aline pauline justine augustine clementine leontine ernestine capucine emilienne aurelienne bastienne
sebastienne maxime denise yvonne simeone andrea louis louisa jacques jacqueline charles charlene georges yves
gilles jules agnes ines
christophe christopher stephane helene karine adele angele luce liliane raymonde leone floriane jocelyne
valentine micheline alice alicante denis regis lucas carlos marcos andreas william williams elie elias abbas
perrine yassine carles barthes xavier didier peter parker walter sanders miller becker kohler castaner adams
roberts johns edwards philips jacobs angeles rivera fonda guetta verdi sala lise dina
""")

# numerals that are written out, and in figures: « premier tour » is the 1er tour
_ORDINALS = ("premier premiere", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme",
             "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme", "treizieme", "quatorzieme",
             "quinzieme", "seizieme", "dixseptieme", "dixhuitieme", "dixneuvieme", "vingtieme")
# feminines and spellings that no rule finds, and their plurals: term → forms
_VARIANTS = {
    "manceau": "mancelle", "touareg": "touaregue", "judoka": "judokate", "karateka": "karatekate",
    "epoux": "epouse", "poete": "poetesse", "pretre": "pretresse", "dealer": "dealeur dealeuse",
    "manager": "manageur manageuse",
    "trader": "trader tradeur tradeuse", "tsigane": "tzigane", "tsar": "tzar", "yaourt": "yogourt",
    "cuillere": "cuiller", "peul": "peulh", "ouighour": "ouigour ouigoure",
    "skipper": "skippeur skippeuse", "sprinter": "sprinteur sprinteuse", "streamer": "streameur streameuse",
    "youtubeur": "youtuber", "rockeur": "rocker", "paiement": "payement", "gaite": "gaiete",
    "fioul": "fuel", "tshirt": "teeshirt", "cacahuete": "cacahouete", "madame": "mme", "mademoiselle": "mlle",
}
EXCEPTIONS: dict[str, str] = {
    **{word + s: f"{n}e" for n, ordinal in enumerate(_ORDINALS, 1) for word in words(ordinal)
       for s in ("", "s")},
    **{form + s: term for term, forms in _VARIANTS.items() for form in words(forms) for s in ("", "s")},
    "second": "2e", "seconds": "2e", "mgr": "monseigneur",
    "benins": "benigne", "benigne": "benigne", "benignes": "benigne",  # not the term of the Bénin
    "st": "saint", "ste": "saint", "sts": "saint", "stes": "saint", "clef": "cle", "clefs": "cle",
    "cheffe": "chef", "cheffes": "chef", "messieurs": "monsieur", "autrice": "auteur", "autrices": "auteur",
    "bel": "beau", "vieil": "vieux", "fol": "fou", "folle": "fou", "folles": "fou", "mol": "mou",
    "molle": "mou", "favorite": "favori", "favorites": "favori", "copine": "copain", "copines": "copain",
    "baux": "bail", "etes": "ete", "sommes": "somme",
    "sure": "sure", "sures": "sure",  # sûre: not the term of « sur »
    "vit": "vivre", "vivent": "vivre", "ouvre": "ouvrir", "ouvres": "ouvrir", "ouvrent": "ouvrir",
    "tenu": "tenir", "tenus": "tenir", "bat": "battre", "battue": "battre", "battues": "battre",
    "recu": "recevoir", "recus": "recevoir", "ferment": "ferme", "faite": "faire", "faites": "faire",
    "fera": "faire", "jointe": "joindre", "jointes": "joindre", "privee": "prive", "privees": "prive",
    "sauve": "sauver", "sauves": "sauver",
    "doyenne": "doyen", "doyennes": "doyen",
    "essuie": "essuyer", "essuient": "essuyer",
    # words that the press spells in two ways
    "djihad": "jihad", "djihadisme": "jihadisme", "djihadiste": "jihadiste", "djihadistes": "jihadiste",
    "supporteur": "supporters", "supporteurs": "supporters", "supporteuse": "supporters",
    "hackeur": "hacker", "hackeurs": "hacker", "hackeuse": "hacker", "hackeuses": "hacker",
    "leadeur": "leader", "leadeurs": "leader",
    "bistro": "bistrot", "bistros": "bistrot", "burka": "burqa", "burkas": "burqa", "hidjab": "hijab",
    "hidjabs": "hijab", "cheik": "cheikh", "cheiks": "cheikh", "haschisch": "haschich", "kasbah": "casbah",
    "sandwiches": "sandwich", "boxes": "box", "lobbies": "lobby", "royalties": "royalty",
    "huskies": "husky", "ladies": "lady", "raveparties": "raveparty", "djs": "dj", "cds": "cd",
    "granite": "granit", "granites": "granit", "jumelle": "jumeau", "jumelles": "jumeau",
    "kasher": "casher", "kascher": "casher", "platesformes": "plateforme",
    "seller": "seller", "sellers": "seller", "planchas": "plancha", "dauphines": "dauphine", "come": "come",
    "helas": "helas", "mimai": "mimai", "kms": "km", "clementines": "clementine",
    "molles": "mou", "interpelee": "interpeller", "interpelees": "interpeller",
    # spellings of 1990 that folding does not make one
    "ognon": "oignon", "ognons": "oignon", "relai": "relais", "nenufar": "nenuphar", "nenufars": "nenuphar",
    "joailler": "joaillier", "joaillers": "joaillier", "interpeler": "interpeller",
    "interpele": "interpeller", "charriot": "chariot", "charriots": "chariot", "combattif": "combatif",
    "combattive": "combatif", "imbecilite": "imbecillite", "assoir": "asseoir", "sursoir": "surseoir",
}

# endings that make another word: an unknown word keeps them, whatever Snowball would take
DERIVED: tuple[str, ...] = (
    "isme", "iste", "ation", "ition", "ution", "ssion", "ite", "ete", "ment", "age", "able", "ible", "phobe",
    "phobie", "logie", "logue", "ance", "ence", "ure", "eur", "erie", "ique", "aire", "oire", "ade", "esque",
    "ois", "ais",
)

# what may stand before a known verb to make another: coécrire, surréagir
PREFIXES: tuple[str, ...] = (
    "re", "de", "co", "pre", "sur", "sous", "inter", "contre", "auto", "retro", "tele",
)

# feminine → masculine endings of words that no table knows; the first that fits
UNKNOWN_FEMININES: tuple[tuple[str, str], ...] = (
    ("trice", "teur"), ("euse", "eur"), ("eure", "eur"), ("ienne", "ien"), ("eenne", "een"), ("iere", "ier"),
    ("ive", "if"), ("elle", "el"), ("aise", "ais"), ("oise", "ois"), ("aine", "ain"), ("ale", "al"),
    ("ante", "ant"), ("ente", "ent"),
)

# what Snowball may take from an unknown word: the endings of verbs, and -e; not of names (Obama, Suarez)
VERBAL: frozenset[str] = words("""
e es ee ees er ent ait ais aient ant ants ante antes era erai eras erez erons eront erait erais eraient
""")

# an accent that tells a content word from a stop word, a name or a word far more frequent: accented word →
# accented term (20 at most)
ACCENTED: dict[str, str] = {
    "sûr": "sûr", "sûre": "sûr", "sûrs": "sûr", "sûres": "sûr", "dû": "dû", "maïs": "maïs",
    "mème": "mème", "mèmes": "mème", "né": "naitre", "marié": "marier", "limogés": "limoger",
    "entré": "entrer", "contré": "contrer", "jeûne": "jeuner", "misé": "miser", "creusé": "creuser",
    "creusés": "creuser", "thé": "thé", "thés": "thé", "vénus": "vénus",
}

# written exactly so these may be another word (or two), too: in capitals without accents, or in small letters
# what is else a name. A text that has them stands for all, a query asks for the first
WRITTEN: dict[str, str] = {
    "MAIS": "maïs",
    "paris": "pari", "marie": "marier", "ira": "aller", "vienne": "venir", "mit": "mettre",
    "creuse": "creuser", "halles": "halle", "rennes": "renne", "landes": "lande", "cannes": "canne",
    "allier": "allie",
    "plu": "plaire pleuvoir", "dut": "devoir", "vilaine": "vilain",
    "sauve": "sauf", "sauves": "sauf",  # not « sauvé »
    "soulagés": "soulager", "gâtés": "gate", "barbes": "barbe",
    "bénin": "benigne", "Dr": "docteur", "Pr": "professeur",
}

# words that share their form with another, mostly a verb, word → the other: they are not made one word. A
# text that has the form (livre, livres, livré) stands for both; a query for that form asks for the first, one
# for a participle whose accent tells it (livré) for the verb
SHARED: dict[str, str] = {
    **{noun: noun + "r" for noun in sorted(words("""
        livre mine greve cite voile tente boite poste somme marche presse cote sale file plaque gare rame
        prive masse cave caisse loge manche fosse botte cane dure suspecte precise coupe regle couche statue
        empire flotte enseigne asperge epouse menage equipe peine force grave foule table serre taille
    """))},
    "prise": "prendre", "reprise": "reprendre", "surprise": "surprendre", "mise": "mettre",
    "remise": "remettre", "conduite": "conduire", "atteinte": "atteindre", "sortie": "sortir",
    "entree": "entrer", "arrivee": "arriver", "venue": "venir", "tenue": "tenir", "vue": "voir",
    "partie": "partir", "saisie": "saisir", "garantie": "garantir", "mort": "mourir", "lit": "lire",
    "court": "courir", "sort": "sortir", "part": "partir", "decouverte": "decouvrir", "levee": "lever",
    "poussee": "pousser", "pensee": "penser", "montee": "monter", "plainte": "plaindre",
    "crainte": "craindre", "contrainte": "contraindre", "tranchee": "trancher", "retombee": "retomber",
    "avancee": "avancer", "equipee": "equiper", "visee": "viser", "jetee": "jeter", "gelee": "geler",
    "melee": "meler", "rangee": "ranger", "portee": "porter", "dictee": "dicter", "tournee": "tourner",
    "coulee": "couler", "menee": "mener", "etendue": "etendre",
    "rentree": "rentrer", "remontee": "remonter", "traversee": "traverser", "plongee": "plonger",
    "envolee": "envoler", "percee": "percer", "pesee": "peser", "trainee": "trainer",
    "reconduite": "reconduire",
    "prevenu": "prevenir", "prevenue": "prevenir",
    "issue": "issu", "tours": "tour", "vannes": "vanne", "creuse": "creux", "detenu": "detenir",
    "revenu": "revenir", "fait": "faire", "privee": "priver", "permis": "permettre", "contenu": "contenir",
    "cru": "croire", "joint": "joindre", "morte": "mourir", "detenue": "detenir", "passant": "passer",
    "donnee": "donner", "allee": "aller", "revue": "revoir", "compromis": "compromettre", "parti": "partir",
    "rue": "ruer", "voyant": "voir", "contenant": "contenir",
    "dependant": "dependre", "offrant": "offrir", "repondant": "repondre",
    "arrivant": "arriver", "revenant": "revenir", "tenant": "tenir", "entrant": "entrer",
    "dominant": "dominer", "suivant": "suivre", "sortant": "sortir", "restant": "rester", "partant": "partir",
    "tentant": "tenter", "reconnaissant": "reconnaitre", "qualifiant": "qualifier", "menacant": "menacer",
    "touchant": "toucher", "battant": "battre", "accueillant": "accueillir", "exigeant": "exiger",
    "criant": "crier", "changeant": "changer", "marquant": "marquer", "integrant": "integrer",
    "inspirant": "inspirer", "frappant": "frapper", "hesitant": "hesiter", "insistant": "insister",
    "attirant": "attirer", "fuyant": "fuir", "blessant": "blesser", "ecoutant": "ecouter",
    "descendant": "descendre", "levant": "lever", "coupant": "couper", "votant": "voter",
    "pratiquant": "pratiquer", "poursuivant": "poursuivre", "constituant": "constituer",
    "repoussant": "repousser", "cassant": "casser", "concluant": "conclure", "exposant": "exposer",
    "engageant": "engager", "deposant": "deposer", "possedant": "posseder", "aggravant": "aggraver",
    "accelerant": "accelerer", "accompagnant": "accompagner", "gagnant": "gagner",
    "participant": "participer", "payant": "payer", "figurant": "figurer", "pesant": "peser",
    "existant": "exister", "intervenant": "intervenir",
    "croyant": "croire", "flottant": "flotter", "roulant": "rouler", "defiant": "defier", "perdant": "perdre",
    "consistant": "consister", "isolant": "isoler", "ressemblant": "ressembler", "confiant": "confier",
    "gisant": "gesir", "culminant": "culminer", "occupant": "occuper", "traitant": "traiter",
    "encourageant": "encourager", "opposant": "opposer", "representant": "representer",
    "correspondant": "correspondre", "saisissant": "saisir", "bouleversant": "bouleverser",
    "seconde": "second", "resident": "resider", "ressort": "ressortir", "mets": "mettre", "vis": "vivre",
    "lis": "lire", "affluent": "affluer", "convergent": "converger", "divergent": "diverger",
}

# first parts that are often welded on: cyberattaque is cyber-attaque
WELDED: tuple[str, ...] = ("cyber",)

UNITS: dict[str, str] = {
    "€": "euro", "$": "dollar", "£": "livre", "¥": "yen",
    "k": "millier", "K": "millier", "M": "million", "G": "milliard", "Md": "milliard", "Mds": "milliard",
    "Mr": "milliard", "Mrs": "milliard", "Mrd": "milliard", "Mrds": "milliard",
}
