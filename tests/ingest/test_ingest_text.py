"""Plain text as copied from pages of French newspapers: every text here but the seed is invented."""

from datetime import date
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import day, one

from searchkit import Article
from searchkit.ingest import read_source
from searchkit.ingest.texts import furniture

SEED = Path(__file__).parents[2] / "seeds" / "sommet-ia-paris.txt"

LIKE_A_DAILY = """Aller au contenu principal
International
Article réservé aux abonnés
À Brest, la marée du siècle attire des milliers de curieux
La préfecture appelle à la prudence sur tout le littoral, où des vagues de six mètres sont attendues.

Par Jean Dupont (Brest, correspondant)
Publié le 06 février 2025 à 10h30, modifié le 07 février 2025 à 12h05
Temps de Lecture 3 min.
Read in English
Ajouter à vos sélections
Partager
Des curieux sur la digue, le 3 mars 2025. JEAN EXEMPLE / AFP

Le coefficient atteindra 119 samedi, a annoncé le service hydrographique, et les quais seront fermés.

Lire aussi : Marées : comment naissent les coefficients

Des quais fermés

« Restez loin des digues », répète la préfète. Le temps de lecture des adolescents recule. Il faut lire \
aussi des romans et partager ses livres.

Jean Dupont (Brest, correspondant)
Contribuer
Réutiliser ce contenu
Les plus lus
Un autre titre qui ne compte pas
"""

WITH_A_MASTHEAD = """Le Rivage
Menu
Rechercher
Se connecter

Politique
Publié le 06/02/2025 à 10h30
Le conseil municipal adopte son budget
Rose Exemple
Mis à jour le 06/02/2025 à 18h00

Le budget a été adopté par 30 voix contre 12 après une longue nuit de débats, a dit la maire.

À lire aussi
Les impôts locaux augmentent encore

Une opposition divisée

Les élus de l'opposition ont quitté la salle avant le vote, ce que la majorité a regretté.

À ne pas manquer
Vingt idées de sorties
"""


def test_the_article_that_the_project_begins_with() -> None:
    (article,) = read_source(SEED)
    assert isinstance(article, Article)
    lines = SEED.read_text(encoding="utf-8").splitlines()
    assert article.title in lines
    assert article.title.replace("\xa0", " ") == (
        "Intelligence artificielle : Paris organise un sommet pour « faire peser la France et l’Europe "
        "dans la bataille de l’IA »"
    )
    assert article.lede.startswith("Les 10 et 11 février, ") and article.lede.endswith(" des Etats-Unis.")
    assert article.lede in lines
    assert article.authors == ("Rose-Amélie Bécel",)
    assert article.published is None and article.modified is None
    assert article.body.startswith("Pendant une semaine, ") and article.body.endswith("certains cancers.")
    first, last = (
        next(i for i, line in enumerate(lines) if line.startswith(start))
        for start in ("Pendant une semaine", "En marge des rencontres")
    )
    assert article.body == "\n".join(lines[first : last + 1])
    assert "Groenland" not in f"{article}" and "hégémonie" not in f"{article}"


def test_a_page_of_a_daily(tmp_path: Path) -> None:
    article = one(tmp_path, "a.txt", LIKE_A_DAILY)
    assert article.title == "À Brest, la marée du siècle attire des milliers de curieux"
    assert article.lede.startswith("La préfecture appelle") and article.section == "International"
    assert article.authors == ("Jean Dupont",)
    assert article.published is not None and article.published.isoformat() == "2025-02-06T10:30:00+01:00"
    assert article.modified is not None and article.modified.isoformat() == "2025-02-07T12:05:00+01:00"
    assert article.body.startswith("Le coefficient atteindra") and article.body.endswith(
        "partager ses livres."
    )
    assert "Des quais fermés" in article.body and "comment naissent" not in article.body
    assert "Le temps de lecture des adolescents recule. Il faut lire aussi des romans" in article.body


def test_a_page_below_its_masthead_and_menu(tmp_path: Path) -> None:
    article = one(tmp_path, "a.txt", WITH_A_MASTHEAD)
    assert article.title == "Le conseil municipal adopte son budget"
    assert (article.authors, article.section, article.lede) == (("Rose Exemple",), "Politique", "")
    assert article.published is not None and article.published.hour == 10
    assert article.modified is not None and article.modified.hour == 18
    assert article.body == (
        "Le budget a été adopté par 30 voix contre 12 après une longue nuit de débats, a dit la maire.\n\n"
        "Une opposition divisée\n\n"
        "Les élus de l'opposition ont quitté la salle avant le vote, ce que la majorité a regretté."
    )


def test_a_text_by_hand_keeps_everything(tmp_path: Path) -> None:
    article = one(
        tmp_path,
        "a.txt",
        "Le maire inaugure le pont\n\nLe pont a ouvert mardi. Il est neuf.\n\n"
        "Emmanuel Exemple\n\nIl a coûté deux millions, et c'est beaucoup.\n",
    )
    assert article.title == "Le maire inaugure le pont"
    assert article.body == (
        "Le pont a ouvert mardi. Il est neuf.\n\nEmmanuel Exemple\n\n"
        "Il a coûté deux millions, et c'est beaucoup."
    )
    assert (article.lede, article.authors) == ("", ())


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Une phrase seule.", "Une phrase seule.", ""),
        (
            "La crue menace la ville et ses faubourgs depuis hier. Les quais sont fermés au public.",
            "La crue menace la ville et ses faubourgs depuis hier.",
            "Les quais sont fermés au public.",
        ),
        (
            "La crue menace la ville\net ses faubourgs depuis hier.\nLes quais sont fermés.",
            "La crue menace la ville et ses faubourgs depuis hier.",
            "Les quais sont fermés.",
        ),
    ],
)
def test_a_text_without_structure_gives_its_first_sentence_as_title(
    tmp_path: Path, text: str, title: str, body: str
) -> None:
    article = one(tmp_path, "a.txt", text)
    assert (article.title, article.body) == (title, body)


def test_a_date_on_the_line_below_its_label(tmp_path: Path) -> None:
    text = "La crue menace\nPublié le\n6 février 2025 à 10:30\n\nLes quais sont fermés au public depuis hier."
    published = one(tmp_path, "a.txt", text).published
    assert published is not None and published.isoformat() == "2025-02-06T10:30:00+01:00"


@pytest.mark.parametrize("body", ["\n", "Nombre de mots : 345\n\n", "TEXTE :\n", "Texte : "])
def test_fields_above_a_text_are_read(tmp_path: Path, body: str) -> None:
    head = "TITRE : La crue : Orléans en alerte\nAuteur : Rose Exemple\nDate : 6/2/2025\nSource: Le Rivage"
    text = "La Loire monte encore.\n\nOn évacue : Tours, Blois."
    article = one(tmp_path, "a.txt", f"\ufeff{head}\n{body}{text}\n")
    assert (article.title, article.authors) == ("La crue : Orléans en alerte", ("Rose Exemple",))
    assert (article.source, day(article)) == ("Le Rivage", date(2025, 2, 6))
    assert article.body == text


@pytest.mark.parametrize("line", ["Le Rivage, 6 février 2025", "Rive-Matin - jeudi 06/02/2025 à 10h30"])
@pytest.mark.parametrize(("name", "authors"), [
    ("Par Rose Exemple", ("Rose Exemple",)),
    ("Le Phare avec AFP", ("Le Phare avec AFP",)),
])
def test_a_newspaper_and_a_day_below_the_title(
    tmp_path: Path, line: str, name: str, authors: tuple[str, ...]
) -> None:
    text = "La Loire monte encore à Orléans, selon la préfecture, et les quais sont fermés depuis mardi."
    article = one(tmp_path, "a.txt", f"La crue menace Orléans\n{name}\n{line}\n\n{text}\n")
    assert (article.title, article.authors) == ("La crue menace Orléans", authors)
    assert (day(article), article.body) == (date(2025, 2, 6), text)


def test_a_text_that_begins_like_a_field_is_a_text(tmp_path: Path) -> None:
    article = one(tmp_path, "a.txt", "Source : la Loire monte\n\nTexte : les quais sont fermés.")
    assert article.title == "Source : la Loire monte"


def test_a_signature_below_the_text_is_the_author(tmp_path: Path) -> None:
    article = one(tmp_path, "a.txt", "La crue menace\n\nLes quais sont fermés.\n\nPar Rose Exemple")
    assert (article.authors, article.body) == (("Rose Exemple",), "Les quais sont fermés.")


@pytest.mark.parametrize("mark", ["► ", "▸ ", "→ ", "• ", ""])
def test_a_mark_before_an_announcement_changes_nothing(mark: str) -> None:
    assert furniture.kind(f"{mark}Lire aussi") == furniture.kind(f"{mark}À lire aussi :") == "next"
    assert furniture.kind(f"{mark}LIRE AUSSI SUR RIVAGE.FR") == "next"


@pytest.mark.parametrize("line", ["Lire aussi. RÉCIT. « Le port est fermé »", "À LIRE AUSSI Le port fermé"])
def test_an_announcement_may_have_a_full_stop_or_nothing_behind_it(line: str) -> None:
    assert furniture.kind(line) == "drop"


@pytest.mark.parametrize(("kind", "pattern", "example"), furniture.rows())
def test_each_row_of_the_table_knows_its_example(kind: str, pattern: str, example: str) -> None:
    assert furniture.kind(example) == kind


@pytest.mark.parametrize(
    "line",
    [
        "Le temps de lecture des adolescents recule. Il faut lire aussi des romans et partager ses livres.",
        "Partager ses livres",
        "Lire aussi des romans rend heureux",
        "Commentaires acerbes au Sénat",
        "La newsletter du club explose",
        "Publié le 6 février, ce rapport accable l’État.",
        "Photos de drapeaux brûlés",
        "Le Monde",
        "Dossier : les oubliés du budget",
        "Abonnés absents",
        "Sur le même sujet, la ministre s’est tue.",
        "La publicité recule à la télévision",
        "Les plus lus des romans de la rentrée",
        "Suivre le fil",
        "Menu unique",
        "Il devance son rival, selon un sondage Reuters/Ipsos publié mardi.",
        "Photo : la crue de la Loire vue du ciel",
        "La rédaction vous conseille la prudence",
        "Lire la presse en ligne",
        "Se désabonner ne suffit plus",
        "Désinscription des listes électorales",
        "Vous avez reçu ce message étrange par SMS ? Attention, c’est une arnaque.",
        "Si cet été vous ne parvenez pas à dormir, voici cinq conseils de médecins.",
        "Pour ne plus recevoir de courrier publicitaire, les habitants collent un avis sur leur boîte.",
    ],
)
def test_a_line_that_only_contains_such_words_is_text(line: str) -> None:
    assert furniture.kind(line) == ""


@given(st.text(st.sampled_from("partagezlisu :>©/.0123 éà|-\n"), max_size=400))
def test_cleaning_only_ever_removes_whole_lines(text: str) -> None:
    lines = text.splitlines()
    kept = iter(lines)
    assert all(line in kept for line in furniture.cleaned(lines))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_lines_cut_at_a_column_are_paragraphs(tmp_path: Path, between: str) -> None:
    title = "À Brest, la marée du siècle attire des milliers de curieux sur les digues"
    text = "Le coefficient atteindra cent dix-neuf samedi, a annoncé vendredi Emmanuel Exemple, du service " \
           "hydrographique. Les quais seront fermés à la circulation de six heures à midi, dit la mairie " \
           "à chacun, et que l’on doit rester loin des digues, où de hautes vagues sont attendues."
    menu = "\n\nLe port\nrouvre\ndimanche."
    article = one(tmp_path, "a.txt", title + between + fill(text, 74) + menu)
    assert (article.title, article.body) == (title, text + menu)
