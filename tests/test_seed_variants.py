"""The seed with other places, groups, figures, words and layout: the same must be found."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

import tollbook
from seed_variants import (
    CHECKED,
    CONTRADICTIONS,
    MARK,
    SEED_TEXT,
    Check,
    Line,
    Variant,
    added,
    articles,
    articles_digits,
    attacker,
    blocks,
    brigade,
    check,
    digits,
    doubled,
    figures,
    finished,
    forces,
    number,
    places,
    reordered,
    rewrite,
    rows,
    scaled,
    seed,
    styled,
    sub,
    without,
    without_regions,
    words,
    words_american,
    words_open,
)
from tollbook.evaluate import evaluate

Change = Callable[[Variant], Variant]
VARIANTS: dict[str, Change] = {}


def add(name: str, change: Change) -> None:
    assert name not in VARIANTS
    VARIANTS[name] = change


def words_for(*pairs: tuple[str, str]) -> Change:
    return lambda v: sub(v, *pairs)


def style(**settings: object) -> Change:
    return lambda v: styled(v, **settings)


def text(change: Callable[[str], str]) -> Change:
    return lambda v: finished(v, change)


# --- places --------------------------------------------------------------------------------

add(
    "places-syria-east-south",
    lambda v: places(
        v,
        ("Al-Hasakah", "Idlib", "Daraa", "Latakia", "As-Suwayda"),
        ("SY-HA", "SY-ID", "SY-DR", "SY-LA", "SY-SU"),
        "Al-Yadudah village",
        area="the Khabur region",
    ),
)
add(
    "places-syria-other-spellings",
    lambda v: places(
        v,
        ("Deir al-Zor", "Raqqa", "Hims", "Hamah", "Halab"),
        ("SY-DY", "SY-RA", "SY-HI", "SY-HM", "SY-HL"),
        "Al-Sukhnah town",
    ),
)
add(
    "places-syria-swapped",
    lambda v: places(
        v,
        ("Homs", "Aleppo", "Deir Ezzor", "Al-Raqqah", "Hama"),
        ("SY-HI", "SY-HL", "SY-DY", "SY-RA", "SY-HM"),
        "Al-Mayadin city",
    ),
)
add(
    "places-syria-two-words",
    lambda v: places(
        v,
        ("Rif Dimashq", "Tartus", "Quneitra", "Idlib", "Damascus"),
        ("SY-RD", "SY-TA", "SY-QU", "SY-ID", "SY-DI"),
        "Jabata al-Khashab town",
    ),
)
add(
    "places-heading-province",
    words_for(("Deir Ezzor desert: ", "Deir Ezzor province: "), ("Hama desert: ", "Hama: ")),
)
add(
    "places-heading-countryside",
    words_for(
        ("Deir Ezzor desert: ", "Eastern countryside of Deir Ezzor: "),
        ("Hama desert: ", "Hama eastern countryside: "),
        ("Aleppo: ", "Aleppo countryside: "),
    ),
)
add("places-heading-governorate", words_for((" desert: ", " Governorate: ")))
add("places-dateline-city", words_for(("Homs province: ", "Homs: ")))
add("places-dateline-dash", words_for(("Homs province: ", "Homs province – ")))


def _iraq(v: Variant) -> Variant:
    v = places(
        v,
        ("Nineveh", "Kirkuk", "Anbar", "Diyala", "Salahuddin"),
        ("IQ-NI", "IQ-KI", "IQ-AN", "IQ-DI", "IQ-SD"),
        "Rutba town",
        "the Iraqi desert",
        "the Hamrin mountains",
    )
    v = forces(
        v, "Iraqi forces", "Iraqi forces and their allied militias", "iraq-forces",
        "members of Iraqi forces and allied militiamen", None,
    )  # fmt: skip
    v = sub(v, ("Iranian-backed Syrian militiamen", "Iranian-backed Iraqi militiamen"))
    v = rows(v, "traits", {"Syrian": "Iraqi"})
    old, new = "the Russian-backed “Liwaa Al-Quds,”", "the Iranian-backed “Badr Organization,”"
    return brigade(v, old, new, "Badr Organization", "Iran")


def _officers(v: Variant, nation: str) -> Variant:
    """Officers in place of the Iranian-backed militiamen."""
    v = sub(
        v,
        ("Iranian-backed Syrian militiamen", "officers"),
        ("Iranian-backed militiamen", "officers"),
        ("Iranian-backed militiaman", "officer"),
    )
    ids = "c16 c24 c31 c37 c42"
    v = rows(rows(v, "actor", "", ids), "actor", nation, "c8")
    return rows(rows(v, "backer", "", f"c8 {ids}"), "traits", "officer", f"c8 {ids}")


def _afghanistan(v: Variant) -> Variant:
    v = places(
        v,
        ("Helmand", "Ghazni", "Kandahar", "Farah", "Kunduz"),
        ("AF-HEL", "AF-GHA", "AF-KAN", "AF-FRA", "AF-KDZ"),
        "Spin Boldak town",
        "the Afghan desert",
        "the border strip",
    )
    v = attacker(v, "Taliban", "taliban")
    name = "Afghan security forces"
    v = forces(
        v, name, f"{name} and their allied militias", name, "Afghan security forces", None
    )  # fmt: skip
    v = sub(v, ("[Nearly 25](c1) Afghan", "[Nearly 25](c1) members of Afghan"))
    v = sub(v, ("members of the Russian-backed “Liwaa Al-Quds,”", "policemen,"), role="lead")
    v = rows(rows(v, "actor", name, "c3"), "backer", "", "c3")
    return _officers(rows(v, "traits", "policeman", "c3"), name)


def _nigeria(v: Variant) -> Variant:
    v = places(
        v,
        ("Borno", "Yobe", "Adamawa", "Kaduna", "Zamfara"),
        ("NG-BO", "NG-YO", "NG-AD", "NG-KD", "NG-ZA"),
        "Madagali town",
        "the north-east",
        "the Lake Chad region",
    )
    v = attacker(v, "Boko Haram", "boko-haram")
    name = "Nigerian army"
    v = forces(
        v, f"the {name}", f"the {name} and its allied militias", name,
        "members of the Nigerian army and allied militiamen", None,
    )  # fmt: skip
    v = sub(v, ("the deserts of", "the forests of"), (" desert", " State"), ("province", "State"))
    v = sub(v, ("the Russian-backed “Liwaa Al-Quds,”", "the Civilian Joint Task Force,"))
    v = rows(rows(v, "actor", "Civilian Joint Task Force", "c3"), "backer", "", "c3")
    return _officers(v, name)


def _somalia(v: Variant) -> Variant:
    v = places(
        v,
        ("Lower Shabelle", "Middle Shabelle", "Hiran", "Gedo", "Mudug"),
        ("SO-SH", "SO-SD", "SO-HI", "SO-GE", "SO-MU"),
        "Bulo Burde town",
        "the Somali countryside",
        "the coastal strip",
    )
    v = attacker(v, "Al-Shabaab", "al-shabaab")
    name = "Somali National Army"
    v = forces(
        v, f"the {name}", f"the {name} and its allied militias", name,
        "members of the Somali National Army and allied militiamen", None,
    )  # fmt: skip
    v = sub(v, ("the deserts of", "the regions of"), (" desert", " region"), ("province", "region"))
    v = sub(v, ("the Russian-backed “Liwaa Al-Quds,”", "the “Danab Brigade,”"))
    v = rows(rows(v, "actor", "Danab", "c3"), "backer", "", "c3")
    return _officers(v, name)


add("country-iraq", _iraq)
add("country-afghanistan-taliban", _afghanistan)
add("country-nigeria-boko-haram", _nigeria)
add("country-somalia-shabaab", _somalia)

# --- actors --------------------------------------------------------------------------------

for _name, _ident in (
    ("HTS", "hts"),
    ("Daesh", "isis"),
    ("Islamic State", "isis"),
    ("SDF", "sdf"),
    ("Hayyaat Tahrir Al-Sham", "hts"),
    ("Ahrar Al-Sham", "Ahrar al-Sham"),
    ("Hurras Al-Din", "Hurras al-Din"),
    ("Turkistan Islamic Party", "Turkistan Islamic Party"),
):
    add(
        f"attacker-{_name.lower().replace(' ', '-')}",
        lambda v, name=_name, ident=_ident: attacker(v, name, ident),  # type: ignore[misc]
    )
add("attacker-the-islamic-state-cells", words_for(("by ISIS cells", "by cells of the ISIS")))
add("attacker-quoted", words_for(("by ISIS cells", "by “ISIS” cells")))
add("attacker-gunmen-of", words_for(("by ISIS cells", "by gunmen of ISIS")))
add("attacker-suspected", words_for(("by ISIS cells", "by suspected ISIS gunmen")))


def _sdf_forces(v: Variant) -> Variant:
    v = forces(
        v, "the SDF", "the SDF and its allied militias", "sdf",
        "members of “Manbij Military Council” and SDF fighters", None,
    )  # fmt: skip
    old, new = "the Russian-backed “Liwaa Al-Quds,”", "the “Manbij Military Council,”"
    v = brigade(v, old, new, "Manbij Military Council", "")
    return _officers(v, "sdf")


add("forces-sdf", _sdf_forces)
add(
    "forces-syrian-army",
    words_for(
        ("members of regime forces and their proxy", "members of the Syrian army and its proxy"),
        ("killed by regime forces and their proxy", "killed by the Syrian army and its proxy"),
        ("](c4) other members of the Syrian army", "](c4) other soldiers of the Syrian army"),
    ),
)
add(
    "forces-regime-soldiers",
    words_for(("members of regime forces and their proxy militias", "regime soldiers")),
)
add(
    "forces-without-allies",
    words_for((" and their proxy militias", ""), (" and their proxy factions", "")),
)
for _name, _actor, _backer in (
    ("“Liwaa Al-Baqir,”", "Liwa al-Baqir", "Iran"),
    ("“Fatemiyoun Brigade,”", "Liwa Fatemiyoun", "Iran"),
    ("“Fifth Corps,”", "Fifth Corps", "Russia"),
    ("“National Defence Forces,”", "national-defence-forces", "Russia"),
    ("“Lebanese Hezbollah,”", "hezbollah", "Iran"),
):

    def _brigade(
        v: Variant, name: str = _name, actor: str = _actor, backer: str = _backer
    ) -> Variant:
        adjective = "Iranian" if backer == "Iran" else "Russian"
        new = f"the {adjective}-backed {name}"
        v = brigade(v, "the Russian-backed “Liwaa Al-Quds,”", new, actor, backer)
        return sub(v, ("“Liwaa Al-Quds”", name.replace(",", "")))

    add(f"brigade-{_actor.lower().replace(' ', '-')}", _brigade)


def _backed(v: Variant, adjective: str, backer: str, total: str, part: str) -> Variant:
    ids = "c16 c24 c31 c37 c42"
    v = sub(
        v,
        ("[an](c37) Iranian", f"[{'an' if adjective[0] in 'AEIOU' else 'a'}](c37) Iranian"),
        ("Iranian-backed", f"{adjective}-backed"),
    )
    v = rows(v, "backer", backer, f"c8 {ids}")
    return rows(rows(v, "actor", total, "c8"), "actor", part, ids)


add("backed-by-russia", lambda v: _backed(v, "Russian", "Russia", "syria-government", ""))
add(
    "backed-by-turkey",
    lambda v: _backed(v, "Turkish", "Turkey", "syrian-national-army", "syrian-national-army"),
)
add("backed-iran-backed", words_for(("Iranian-backed", "Iran-backed")))
add("backed-open", words_for(("Iranian-backed", "Iranian backed")))
add("backed-pro-iranian", words_for(("Iranian-backed", "pro-Iranian")))
add("backed-militants-of-iran", words_for(("Iranian-backed", "Iranian-affiliated")))
add(
    "backed-by-iran-after",
    words_for(
        ("Iranian-backed Syrian militiamen", "Syrian militiamen backed by Iran"),
        ("Iranian-backed militiamen", "militiamen backed by Iran"),
        ("Iranian-backed militiaman", "militiaman backed by Iran"),
        ("[an](c37)", "[a](c37)"),
    ),
)
add("officers", lambda v: _officers(v, "syria-government"))

# --- the writing of numbers ----------------------------------------------------------------

add("numbers-in-words", lambda v: rewrite(v, words))
add("numbers-in-words-without-and", lambda v: rewrite(v, words_american))
add("numbers-in-words-without-hyphens", lambda v: rewrite(v, words_open))
add("numbers-in-digits", lambda v: rewrite(v, digits))
add("numbers-one-for-a", lambda v: rewrite(v, articles))
add("numbers-1-for-a", lambda v: rewrite(v, articles_digits))
add("numbers-all-digits", lambda v: rewrite(rewrite(v, digits), articles_digits))
add("numbers-doubled", lambda v: rewrite(v, doubled))
add("numbers-thousands", lambda v: scaled(v, 1000))
add("numbers-thousands-no-separator", lambda v: scaled(v, 1000, ""))
add("numbers-thousands-space", lambda v: scaled(v, 1000, "\u202f"))
add("numbers-millions", lambda v: scaled(v, 1_000_000))

# --- figures -------------------------------------------------------------------------------

_SUMS = frozenset(
    (
        check("adds-up", "region", "c5", "c14 c22 c29 c35 c41"),
        check("adds-up", "across", "c10", "c18 c26 c33 c38"),
    )
)


def consistent(v: Variant) -> Variant:
    """One civilian fewer in Hama: everything adds up."""
    v = figures(v, c35=36, c38=6)
    return replace(v, findings=frozenset(), checked=CHECKED | _SUMS)


def others(v: Variant) -> Variant:
    """Other figures throughout, and everything adds up."""
    v = figures(
        v, c1=31, c2=20, c3=12, c4=11, c5=302, c6=26, c7=247, c9=123, c10=29, c13=50, c14=100,
        c15=80, c16=6, c17=8, c18=12, c19=11, c21=40, c22=90, c23=70, c24=10, c25=12, c26=8, c27=3,
        c28=20, c29=60, c30=50, c31=4, c32=6, c33=4, c34=10, c35=45, c36=40, c38=5, c40=3, c41=7,
        c42=4,
    )  # fmt: skip
    return replace(v, findings=frozenset(), checked=CHECKED | _SUMS, tolls=(20, 11))


add("figures-consistent", consistent)
add("figures-others-consistent", others)
add("figures-others-in-words", lambda v: rewrite(others(v), words))

_WAYS = {
    "c5-group": ("group", "c5", "c6 c7 c10"),
    "c5-region": ("region", "c5", "c14 c22 c29 c35 c41"),
    "c6": ("across", "c6", "c17 c25 c32"),
    "c7": ("across", "c7", "c15 c23 c30 c36 c41"),
    "c8": ("across", "c8", "c16 c24 c31 c37 c42"),
    "c9": ("region", "c9", "c13 c21 c28 c34 c40"),
    "c10": ("across", "c10", "c18 c26 c33 c38"),
    "c14": ("group", "c14", "c15 c17 c18"),
    "c29": ("group", "c29", "c30 c32 c33"),
    "c1": ("measure", "c1", "c2 c4"),
}


def wrong(name: str, values: dict[str, int], undecided: str = "", **kinds: str) -> None:
    """A variant of the consistent figures with some changed: what follows, by check."""

    def change(v: Variant) -> Variant:
        v = figures(consistent(v), **values)
        ways = {key.replace("_", "-"): kind for key, kind in kinds.items()}
        found = frozenset(check(kind, *_WAYS[way]) for way, kind in ways.items())
        gone = {check("adds-up", *_WAYS[way]) for way in (*ways, *undecided.split())}
        return replace(v, findings=found, checked=v.checked - gone)

    add(f"figures-{name}", change)


wrong("group-total-larger", {"c6": 25}, c5_group="contradiction", c6="remainder")
wrong("group-total-smaller", {"c7": 259}, c5_group="remainder", c7="contradiction")
wrong("total-smaller", {"c5": 320}, c5_group="contradiction", c5_region="contradiction")
wrong("total-larger", {"c5": 330}, c5_group="remainder", c5_region="remainder")
wrong("operations-larger", {"c13": 43}, c9="contradiction")
wrong("operations-smaller", {"c13": 41}, c9="remainder")
wrong("item-larger", {"c17": 6}, c14="contradiction", c6="contradiction")
wrong("block-larger", {"c29": 42}, c29="remainder", c5_region="contradiction")
wrong("backed-larger", {"c16": 8}, c8="contradiction")
wrong("backed-smaller", {"c16": 6}, undecided="c8")
wrong("headline-smaller", {"c1": 20}, c1="contradiction")
wrong("headline-round", {"c1": 30})


def _subset(v: Variant, value: dict[str, int], whole: str, part: str) -> Variant:
    v = figures(consistent(v), **value)
    return replace(v, findings=frozenset((check("subset-larger", "part", whole, part),)))


add("figures-pickers-exceed-civilians", lambda v: _subset(v, {"c19": 19}, "c18", "c19"))
add("figures-members-exceed-combatants", lambda v: _subset(v, {"c3": 17}, "c2", "c3"))

# --- order and parts -----------------------------------------------------------------------

add("order-groups-reversed", lambda v: reordered(v, groups=(2, 1, 0)))
add("order-groups-rotated", lambda v: reordered(v, groups=(1, 2, 0)))
add("order-regions-reversed", lambda v: reordered(v, regions=(4, 3, 2, 1, 0)))
add("order-regions-mixed", lambda v: reordered(v, regions=(2, 4, 0, 3, 1)))
add("order-items-reversed", lambda v: reordered(v, items=lambda lines: lines[::-1]))
add(
    "order-all-reversed",
    lambda v: reordered(v, (2, 1, 0), (4, 3, 2, 1, 0), lambda lines: lines[::-1]),
)


def _regions_first(v: Variant) -> Variant:
    head, groups, between, regional = blocks(v)
    lines = head + between + [line for block in regional for line in block]
    lines += [Line("regional", "The fatalities are distributed by group as follows:"), *groups]
    v = replace(v, lines=tuple(lines))
    # Nothing says that the operations of the regions belong to a total that comes after them.
    v = rows(v, "part_of", "", "c13 c21 c28 c34 c40")
    return replace(v, checked=v.checked - {check("adds-up", *_WAYS["c9"])})


add("order-regional-list-first", _regions_first)
add("without-headline", lambda v: without(v, "headline"))
add("without-source", lambda v: without(v, "source"))
add("without-source-and-headline", lambda v: without(v, "source", "headline"))
add("without-regional-list", lambda v: without(v, "regional", "heading", "item"))


add("without-group-list", lambda v: without(v, "group"))


def _without_hama(v: Variant) -> Variant:
    v = without_regions(consistent(v), 3)
    found = (
        check("remainder", "region", "c5", "c14 c22 c29 c41"),
        check("remainder", "region", "c9", "c13 c21 c28 c40"),
    )
    return replace(v, findings=frozenset(found))


add("without-hama", _without_hama)

CLOSING = {
    "appeal": "SOHR renews its appeal to the United Nations Security Council to refer the Syrian "
    "file to the International Criminal Court, and to hold the perpetrators to account.",
    "call": "SOHR renews its call on all parties to spare the lives of civilians.",
    "warning": "The Syrian Observatory for Human Rights has repeatedly warned of the resurgence "
    "of ISIS cells, which exploit the vastness of the desert and carry out attacks.",
    "not-counts": "The bus was hit on the M20 highway, nearly 15 kilometres from the T3 station, "
    "at 6:30 am on May 3, 2024; the 17th Division has sent 12 vehicles to the area.",
}
for _name, _text in CLOSING.items():
    add(f"closing-{_name}", lambda v, text=_text: added(v, text))  # type: ignore[misc]
add(
    "dated-byline",
    lambda v: added(v, "May 3, 2024", "headline", 1),
)
add("source-with-date", words_for(("For Human Rights", "For Human Rights | 3 May 2024 | 14:35")))

# --- layout --------------------------------------------------------------------------------

for _name, _bullet in {
    "en-dash": "– ", "en-dash-indented": "  – ", "asterisk": "* ", "asterisk-indented": "  * ",
    "hyphen": "- ", "hyphen-indented": "   - ", "tight-bullet": "•", "tab-bullet": "\t•\t",
    "middle-dot": "· ", "white-bullet": "  ◦ ", "square": "▪ ", "em-dash": "— ", "arrow": "➤ ",
    "full-stop-number": "{n}. ", "parenthesis-number": "{n}) ", "none": "", "indent-only": "    ",
    "tabs": "\t",
}.items():  # fmt: skip
    add(f"bullets-{_name}", style(group=_bullet, item=_bullet))
    if _name in ("en-dash", "asterisk", "tight-bullet", "none"):
        add(f"bullets-{_name}-headings-plain", style(group=_bullet, item=_bullet, heading=""))
add("bullets-both-levels", style(group="• ", heading="• ", item="    • "))
add("bullets-both-levels-white", style(group="• ", heading="• ", item="  ◦ "))
add("bullets-both-levels-flat", style(group="• ", heading="• ", item="• "))
add("bullets-hyphens-everywhere", style(group="- ", heading="- ", item="- "))
add("bullets-headings-spaced-hyphen", style(heading="- "))
add("bullets-headings-en-dash", style(heading="– "))
add("bullets-headings-numbered", style(heading="{n}. "))
add("bullets-headings-bullet-items-hyphen", style(group="- ", heading="• ", item="- "))
add("bullets-only-groups", style(item="", heading=""))
add("bullets-markdown", style(group="* ", heading="### ", item="* "))
add(
    "bullets-bold-headings",
    lambda v: styled(
        replace(
            v,
            lines=tuple(
                replace(line, text=re.sub(r"^([^:]+):", r"**\1:**", line.text))
                if line.role == "heading"
                else line
                for line in v.lines
            ),
        ),
        heading="",
    ),
)
for _gap in (1, 2, 4):
    add(f"gap-{_gap}", style(gap=_gap))
add("gap-none-anywhere", style(gap=1, gaps={"headline": 1, "lead": 1}))
add("gap-blank-before-headings", style(gaps={"item": 1, "group": 1, "heading": 2}))
add(
    "gap-none-and-no-bullets",
    style(gap=1, gaps={"headline": 1, "lead": 1}, group="", heading="", item=""),
)
add("gap-two-and-no-bullets", style(gap=2, group="", heading="", item=""))
add("heading-own-line", lambda v: sub(v, (": [", ":\n["), role="heading"))
add("line-ends-crlf", style(newline="\r\n"))
add("line-ends-crlf-tight", style(newline="\r\n", gap=1))
add("line-ends-cr", style(newline="\r"))
add("trailing-spaces", style(trailing="   "))
add("trailing-tabs", style(trailing="\t"))
add("trailing-nbsp", style(trailing="\u00a0"))
add("blank-lines-with-spaces", text(lambda t: t.replace("\n\n", "\n  \n")))
add("items-without-full-stop", text(lambda t: re.sub(r"\.(\n|$)", r"\1", t)))
add("items-with-semicolons", text(lambda t: re.sub(r"\.\n", ";\n", t)))

# --- characters ----------------------------------------------------------------------------

add("quotes-straight", words_for(("“", '"'), ("”", '"')))
add("quotes-guillemets", words_for(("“", "«"), ("”", "»")))
add("quotes-single", words_for(("“", "‘"), ("”", "’")))
add("quotes-none", words_for(("“", ""), ("”", "")))
add("quotes-comma-outside", words_for((",”", "”,")))
add("nbsp-after-numbers", text(lambda t: re.sub(r"(\]\(c\d+\)) ", "\\1\u00a0", t)))
add("nbsp-everywhere", text(lambda t: re.sub(r"(?<=\S) (?=\S)", "\u00a0", t)))
add("narrow-nbsp-after-numbers", text(lambda t: re.sub(r"(\]\(c\d+\)) ", "\\1\u202f", t)))
add("double-spaces", text(lambda t: re.sub(r"(?<=\S) (?=\S)", "  ", t)))
add("byte-order-mark", text(lambda t: "\ufeff" + t))
add("zero-width-spaces", text(lambda t: t.replace(" desert", " \u200bdesert")))
add("hyphens-unicode", words_for(("Iranian-backed", "Iranian‑backed"), ("Al-", "Al‑")))
add("hyphens-en-dash", words_for(("Iranian-backed", "Iranian–backed")))
add(
    "headline-upper-case",
    lambda v: replace(
        v,
        lines=tuple(
            replace(line, text=_upper(line.text)) if line.role == "headline" else line
            for line in v.lines
        ),
    ),
)
add(
    "headline-title-case",
    words_for(("members of “Liwaa Al-Quds” and regime-backed militiamen killed and wounded in",
               "Members of “Liwaa Al-Quds” and Regime-Backed Militiamen Killed and Wounded in")),
)  # fmt: skip
add("headline-dash", words_for(("resurgence | ", "resurgence – ")))
add("headline-colon", words_for(("resurgence | ", "resurgence: ")))
add("headline-full-stop", words_for(("in Homs desert", "in Homs desert.")))


def _upper(line: str) -> str:
    return MARK.sub(lambda m: f"[{m[1]}]({m[2].lower()})", line.upper().replace("](C", "](c"))


# --- other words ---------------------------------------------------------------------------

add("words-deaths", words_for(("fatalities", "deaths"), ("fatality", "death")))
add("words-dead", words_for((" fatalities:", " dead:"), (" fatality:", " dead:")))
add(
    "words-people-dead",
    words_for((" fatalities:", " people dead:"), (" fatality:", " people dead:")),
)
add("words-died", words_for(("“Liwaa Al-Quds,” were killed", "“Liwaa Al-Quds,” died")))
add(
    "words-lost-their-lives",
    words_for(
        ("were killed by", "lost their lives at the hands of"), ("were killed", "lost their lives")
    ),
)
add("words-wounded", words_for(("were injured", "were wounded")))
add("words-sustained-injuries", words_for(("were injured", "sustained injuries")))
add("words-attacks", words_for(("operations", "attacks")))
add("words-raids", words_for((" operations left", " raids left")))
add(
    "words-isis-operations",
    words_for(
        ("operations by ISIS members", "ISIS operations"), ("attacks by ISIS", "ISIS attacks")
    ),
)
add(
    "words-claimed-the-lives",
    words_for(
        ("left [five](c41)", "claimed the lives of [five](c41)"),
        (" militiamen, dead", " militiamen"),
        (" left ", " claimed the lives of "),
        (" fatalities:", " people:"),
        (" fatality:", " people:"),
    ),
)
add(
    "words-operations-killed",
    words_for(
        ("left [five](c41)", "killed [five](c41)"),
        (" militiamen, dead", " militiamen"),
        (" left ", " killed "),
        (" fatalities:", " people:"),
        (" fatality:", " people:"),
    ),
)
add(
    "words-resulted-in",
    words_for(
        ("left [five](c41)", "resulted in the death of [five](c41)"),
        (" militiamen, dead", " militiamen"),
        (" left ", " resulted in "),
    ),
)
add("words-caused", lambda v: sub(v, (" left [1", " caused [1"), (" left [4", " caused [4")))


def _fatalities_first(v: Variant) -> Variant:
    lines = []
    for line in v.lines:
        new = re.sub(
            r"(\[\S+\]\(c\d+\)) operations left (\[\d+\]\(c\d+\)) (fatalit\w+):",
            lambda m: f"{m[2]} {m[3]} in {m[1][0]}{m[1][1:].lower()} operations:",
            line.text,
        )
        lines.append(replace(line, text=new))
    v = replace(v, lines=tuple(lines))
    return sub(
        v,
        ("[Two](c40) operations left [five](c41) combatants, including [three](c42) "
         "Iranian-backed militiamen, dead.",
         "[Five](c41) combatants, including [three](c42) Iranian-backed militiamen, were killed "
         "in [two](c40) operations."),
    )  # fmt: skip


add("words-fatalities-in-operations", _fatalities_first)
add(
    "words-were-killed-in-operations",
    lambda v: sub(
        _fatalities_first(v), ("fatalities in [", "people were killed in ["),
        ("fatality in [", "people were killed in ["),
    ),
)  # fmt: skip
add("words-among-them", words_for((", including [", ", among them [")))
add(
    "words-of-whom",
    words_for(
        ("combatants, including [seven](c16) Iranian", "combatants, [seven](c16) of them Iranian"),
        ("combatants, including [12](c24) Iranian", "combatants, of whom [12](c24) were Iranian"),
    ),
)
add("words-fighters", words_for(("combatants", "fighters"), ("combatant,", "fighters,")))
add("words-gunmen", words_for((" militiamen", " gunmen"), (" militiaman", " gunman")))
for _old, _new in (("picker", "hunter"), ("picker", "gatherer")):

    def _pickers(v: Variant, old: str = _old, new: str = _new) -> Variant:
        v = sub(v, (f"truffle {old}", f"truffle {new}"))
        return rows(v, "traits", {f"truffle {old}": f"truffle {new}"})

    add(f"words-truffle-{_new}s", _pickers)
add(
    "words-shepherds",
    lambda v: rows(
        sub(v, ("truffle picker", "shepherd")), "traits", {"truffle picker": "shepherd"}
    ),
)
add(
    "words-farmers",
    lambda v: rows(sub(v, ("truffle picker", "farmer")), "traits", {"truffle picker": "farmer"}),
)
add(
    "words-girl", words_for(("[a](c11) child", "[a](c11) girl"), ("[a](c39) child", "[a](c39) boy"))
)
for _verb in ("has risen to", "has reached", "rose to", "climbed to", "stands at", "has now hit"):
    add(
        f"words-toll-{_verb.replace(' ', '-')}",
        words_for(("has increased to", _verb)),
    )
for _old_end, _new_end in {
    "distributed": ", distributed as follows:", "as-follows": ", as follows:", "colon": ":",
    "including": ", who are as follows:", "full-stop": ". They are as follows:",
}.items():  # fmt: skip
    add(f"words-intro-{_old_end}", words_for(("; and they are as follows:", _new_end)))
for _key, _line in {
    "following": "The following is the geographic distribution of ISIS attacks:",
    "by-region": "ISIS attacks by region:",
    "breakdown": "The breakdown of ISIS attacks by province is as follows:",
    "distributed": "ISIS attacks were distributed regionally as follows:",
}.items():
    add(
        f"words-regional-{_key}",
        words_for(("Here is a regional distribution of ISIS attacks:", _line)),
    )
for _period in (
    "since the beginning of 2024", "since January 2023", "since March 2019", "since early May",
    "since the start of this year", "in 2024", "since the fall of Baghouz in March 2019",
):  # fmt: skip
    add(
        f"period-{_period.replace(' ', '-').lower()}",
        lambda v, period=_period: rows(  # type: ignore[misc]
            sub(v, ("since early 2024", period)), "period", {"since early 2024": period}
        ),
    )
add(
    "headings-in-comma",
    lambda v: sub(v, (" desert: [", " desert, ["), role="heading"),
)
add(
    "modifier-no-fewer-than",
    lambda v: number(v, "c3", "no fewer than nine"),
)
add(
    "modifier-more-than",
    lambda v: rows(number(v, "c3", "more than nine"), "low", "10", "c3"),
)


def _about(v: Variant) -> Variant:
    v = rows(number(v, "c1", "About 25"), "high", "-", "c1")
    return replace(v, checked=v.checked)


add("modifier-about", _about)
add("modifier-almost", lambda v: number(v, "c1", "Almost 25"))
add("lead-without-sohr", words_for(("SOHR initial reports have confirmed that [16]", "[16]")))
add("lead-sohr-activists", words_for(("SOHR initial reports have", "SOHR activists have")))
add("lead-active", words_for((" in an attack by ISIS cells on", " when ISIS cells attacked")))
add("lead-ambush", words_for((" in an attack by ISIS cells on", " in an ISIS ambush of")))

# --- several at once -----------------------------------------------------------------------

add(
    "all-iraq-words-dash-crlf",
    lambda v: styled(
        rewrite(_iraq(v), words), group="– ", item="– ", heading="", gap=2, newline="\r\n"
    ),
)
add(
    "all-afghanistan-digits-no-bullets",
    lambda v: styled(
        rewrite(without(_afghanistan(v), "headline"), digits), group="", item="", heading="", gap=1
    ),
)
add(
    "all-others-reordered-straight-quotes",
    lambda v: sub(
        reordered(others(v), (1, 0, 2), (3, 0, 4, 2, 1)), ("“", '"'), ("”", '"'),
        ("fatalities", "deaths"), ("fatality", "deaths"),
    ),
)  # fmt: skip


# --- the tests -----------------------------------------------------------------------------


def difference(variant: Variant) -> list[str]:
    """Everything in which what is found differs from what must be found."""
    document = variant.gold
    found = tollbook.extract(document.text, document.doc_id)
    scores = evaluate([document], lambda text, doc_id: found.counts, arithmetic=False)
    wrong = [
        f"{m.gold.count_id if m.gold else '-'} {m.kind}: {m.gold_value!r}, "
        f"got {m.predicted_value!r} | {m.context[:90]}"
        for m in scores.mistakes
    ]
    spans = {(count.start, count.end): count.count_id for count in document.counts}
    names = {c.count_id: spans.get((c.start, c.end), f"?{c.text!r}") for c in found.counts}
    for count in found.counts:
        if names[count.count_id].startswith("?") and not scores.mistakes:
            wrong.append(f"span {count.text!r} is not of the gold")
        if document.text[count.start : count.end] != count.text:
            wrong.append(f"offsets of {count.count_id}")
        if document.text[count.phrase_start : count.phrase_end] != count.phrase:
            wrong.append(f"phrase offsets of {count.count_id}")
    if wrong:
        return wrong
    checks: set[Check] = {
        (f.kind, f.way, names[f.whole.count_id], frozenset(names[p.count_id] for p in f.parts))
        for f in found.checks()
    }
    wanted = variant.findings | variant.checked
    for kind, way, whole, parts in sorted(wanted - checks, key=repr):
        wrong.append(f"check lacking: {kind} {way} {whole} of {' '.join(sorted(parts))}")
    for kind, way, whole, parts in sorted(checks - wanted, key=repr):
        wrong.append(f"check too many: {kind} {way} {whole} of {' '.join(sorted(parts))}")
    tolls = found.toll("killed").best, found.toll("injured").best
    if tolls != variant.tolls:
        wrong.append(f"tolls: {variant.tolls}, got {tolls}")
    return wrong


def test_the_builder_puts_the_seed_together_to_the_letter() -> None:
    assert seed().gold.text == SEED_TEXT.read_bytes().decode()
    assert seed().findings == CONTRADICTIONS
    assert difference(seed()) == []


def test_every_variant_is_another_text() -> None:
    texts = {name: change(seed()).gold.text for name, change in VARIANTS.items()}
    assert len(set(texts.values()) | {seed().gold.text}) == len(texts) + 1


@pytest.mark.parametrize("name", VARIANTS)
def test_variant(name: str) -> None:
    assert difference(VARIANTS[name](seed())) == []
