"""The query language on one page, of 80 columns: `searchkit help query`, and the README."""

HELP = """\
THE QUERY LANGUAGE

  sommet IA                 both words, in any inflection, whatever their case
                            and accents
  "sommet de Paris"         these words in this order; also « … » and “ … ”
  Macron OU Scholz          one of them; also OR, and |
  Macron ET Scholz          both; also AND, and & between blanks; a blank says
                            the same
  Macron SAUF Scholz        the first without the second; also NOT, and -Scholz
  (Macron OU Scholz) Berlin brackets group; without them ET binds before OU
  europ*   m?t              words that begin with europ; ? is one letter, within
                            a word
  Zelenski~                 words spelt nearly so (nothing is fuzzy unless you
                            ask)
  =Été                      exactly as typed: accents, capitals, no inflection
  "Trump Groenland"~5       within 5 words, in any order
  Trump PRES/5 Groenland    the same; also NEAR/5
  Trump ADJ/5 Groenland     within 5 words, in this order
  atleast3 climat           at least 3 times
  2..(Macron Scholz Xi)     at least two of them
  climat^2 budget           climat counts double

Operators are capitals: « tout ou rien » is three words. A blank means ET. Words
such as le, de, à are not required unless they stand alone or within quotes.

FIELDS        titre:sommet              titre:(IA OU numérique)
              titre:"sommet de Paris"   auteur:"Rose-Amélie Bécel"
  words       titre (title)   chapo (lede)   texte (body)
  values      source   section (rubrique)   auteur (author)   tag   url   id
              and names found in the text:
              entite (entity)   personne   organisation   lieu
              A part is enough: source:monde, source:mon*
              auteur:* has an author, -auteur:* has none
  length      mots:>500   mots:100..500

ALIASES       IA finds « intelligence artificielle » too, and the other way,
              where enough of your articles define the acronym; Kiev finds Kyiv.
              The answer says so. Not within quotes, with =IA or with --exact.

DATES         days are Paris days; a date without a year is the latest one
  date:2025-02-06   date:06/02/2025   date:2025-02   date:février 2025
  date:2025-02-06..2025-02-11   date:2025-02..   date:..2024   date:été 2024
  depuis:lundi   avant:2024   apres:2025-01   depuis:"il y a 3 semaines"
  modifie:hier      the date of the last change

FROM OTHER SERVICES
  Europresse  TIT_HEAD= LEAD= TEXT= AUT_BY=   & |
              canal+ (truncates only beside another of these)
  Factiva     hd= by= sn=   w/5 near5 adj5   atleast3   wc>500
              and or not (only beside another of these)
  Google      site: intitle: intext: inurl:   AROUND(5)

Nothing that you type is an error. What cannot be read as an operator is read as
words, and a warning points at it: a quotation mark or bracket without its other
half, a name that is not a field, a wildcard that is too open. At most 200
clauses and 50 levels of brackets count.
"""
