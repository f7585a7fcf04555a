"""Write src/tollbook/rules/data/en/regions.csv: subdivisions of every country with their codes.

Codes and names are those of ISO 3166-2 as the package pycountry gives them; English names of
first-level divisions are those of GeoNames (https://www.geonames.org, CC BY 4.0, in
geonames_admin1.csv); the spellings of reporters are ours (region_spellings.csv). OCHA's P-codes
are those of its common operational data sets.

    python scripts/build_regions.py
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from pathlib import Path

import pycountry

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from tollbook.gazetteer import key_of  # noqa: E402

TARGET = HERE.parent / "src/tollbook/rules/data/en/regions.csv"

# Countries whose top level in ISO 3166-2 is a group of islands or an autonomous area above
# ordinary provinces: there the provinces are the first level.
FLAT = ("ID", "IQ")

PCODES = dict(
    zip(
        (
            "SY-DI SY-HL SY-RD SY-HI SY-HM SY-LA SY-ID SY-HA SY-DY SY-TA SY-RA SY-DR SY-SU SY-QU"
        ).split(),
        [f"SY{number:02d}" for number in range(1, 15)],
        strict=True,
    )
)

GENERIC = re.compile(
    r"\b(province|provincia|region|región|région|governorate|department|departamento|district|"
    r"county|oblast'?|kray|krai|okrug|avtonomnyy|republic|republika|respublika|voblasć|oblysy|"
    r"kraj|rajono|kommuna|prefecture|parish|municipality|savivaldybė|apskritis|distrito|emirate|"
    r"Raionul|Opština|judeţ|județ|ili|vil[aā]yat|viloyati|województwo|megye|"
    r"division|regional state|regional unit)\b",
    re.IGNORECASE,
)
PLAIN = frozenset(
    """north south east west northern southern eastern western central centre center centro
    central-east northeast northwest southeast southwest north-east north-west south-east south-west
    norte sur este oeste oriental occidental nord sud est ouest nord-est nord-ouest sud-est
    sud-ouest
    nordeste noroeste centro-sud centrale littoral cascades lakes unity delta rivers plateau sahel
    coast capital islands bay bari mon chin shan gaza nan tak van batman ordu
    savanes savannah maritime plateaux lac kayin kachin upper lower middle metropolitan federal
    nord-pas centre-est centre-nord centre-ouest centre-sud al-janub interior oriental colon
    la paz san luis san juan san jose san miguel santa ana santa cruz santa maria santiago
    trinidad victoria florida buenos salta limón independencia libertador progreso
    córdoba bolívar sucre santander cesar caldas meta guerrero hidalgo morelos tabasco valle cortés
    lempira colón duarte peravia valverde nelson wellington marlborough southland tasman
    manchester oxford bath reading slough trafford durham lincoln essex kent medway
    manche var ain lot aude cher eure gard gers nord orne loire creuse paris rhône savoie
    como lodi prato siena lucca massa terni asti cuneo rome roma milan
    sofia boeny diana sava copper eastern-cape lusaka copperbelt
    saint george saint john saint paul saint peter saint andrew saint david saint patrick saint mary
    saint joseph saint mark saint luke saint thomas saint james saint philip saint michael
    christ church
    portland manchester clarendon hanover trelawny westmoreland kingston
    ali bay male police man sale most nice split orange mary mono zou collines
    """.split()
)


def top(subdivision: object) -> object:
    """The subdivision of the first level that `subdivision` belongs to."""
    while subdivision.parent_code and subdivision.country_code not in FLAT:
        subdivision = pycountry.subdivisions.get(code=subdivision.parent_code)
    return subdivision


def iso_names(name: str) -> list[str]:
    """The names in one ISO entry: "Lleida [Lérida]", "Asturias, Principado de"."""
    names = re.findall(r"[\[(]([^\])]+)[\])]", name)
    bare = re.sub(r"\s*[\[(].*", "", name)
    names = [bare, bare.split(",")[0], *names]
    return [
        stripped
        for name in names
        if (stripped := strip(name)) and name[:1].isupper() and not re.search(r"\d", name)
    ]


def strip(name: str) -> str:
    """`name` without words such as "province"."""
    short = re.sub(r"\s+(of|the|de|del|da|do)$", "", GENERIC.sub(" ", name).strip())
    short = re.sub(r"^(of|the|de|del|da|do)\s+", "", short)
    return " ".join(short.split()).strip("/- ") or name


def weak(name: str) -> bool:
    """True for a name that is a plain word or a point of the compass."""
    low = name.lower()
    return low in PLAIN or len(key_of(name)) < 4 or all(word in PLAIN for word in low.split())


def main() -> None:
    """Write the table."""
    spellings: dict[str, list[str]] = {}
    for row in read(HERE / "region_spellings.csv"):
        spellings[row["id"]] = row["names"].split(";")
    english: dict[str, list[str]] = defaultdict(list)
    towns_too = frozenset(read_codes())
    for row in read(HERE / "geonames_admin1.csv"):
        if row["code"] in towns_too:
            english[row["code"]].append(strip(row["name"]))
    rows = []
    for sub in sorted(pycountry.subdivisions, key=lambda sub: sub.code):
        first = top(sub).code
        if sub.country_code in FLAT and sub.code in ("ID-JW", "ID-KA", "ID-NU", "ID-SL", "ID-SM"):
            continue
        if sub.code in ("ID-ML", "ID-PP"):
            continue
        if first != sub.code and sub.country_code in ("SI", "MT", "MK", "LV", "KE"):
            continue
        ours = spellings.pop(sub.code, [])
        plain = [name for name in ours if name[0] not in "~%"]
        needy = [name[1:] for name in ours if name[0] == "~"]
        short = [name[1:] for name in ours if name[0] == "%"]
        # A spelling of ours for a city of the same name keeps the bare name off its region.
        taken = {key_of(name) for name in (*plain, *needy)}
        for name in (*(english[sub.code] if first == sub.code else ()), *iso_names(sub.name)):
            if (
                len(key_of(name)) < 3
                or key_of(name) in taken
                or key_of(name) in CITY.get(sub.code, ())
            ):
                continue
            taken.add(key_of(name))
            (needy if weak(name) else plain).append(name)
        if not (plain or needy):
            continue
        rows.append(
            {
                "id": sub.code,
                "code": first,
                "name": (plain or needy)[0],
                "names": ";".join(plain),
                "weak": ";".join(needy),
                "short": ";".join(short),
                "pcode": PCODES.get(sub.code, ""),
            }
        )
    if spellings:
        raise SystemExit(f"region_spellings.csv: no such code: {', '.join(spellings)}")
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# Written by scripts/build_regions.py. Codes and names: ISO 3166-2 (pycountry) and "
            "GeoNames\n"
            "# (https://www.geonames.org, CC BY 4.0). code: the first-level region that the row "
            "belongs to.\n"
            "# names stand alone; weak ones need a word such as 'province' beside them; short ones "
            "a comma before.\n"
        )
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


CITY = {
    "UA-32": ("kyiv", "kiev"),
    "RU-MOS": ("moscow", "moskva"),
    "YE-SN": ("sana", "sanah"),
    "IL-JM": (),
    "MZ-L": ("maputo",),
    "BI-BL": ("bujumbura",),
    "PE-LIM": ("lima",),
    "PS-GZA": ("gaza",),
    "PS-JEM": ("jerusalem",),
    "AR-B": ("buenosaires",),
    "BY-MI": ("minsk",),
    "US-WA": ("washington",),
    "US-GA": (),
    "KZ-19": ("almaty",),
    "ET-SO": (),
    "NG-NI": ("niger",),
    "LU-LU": ("luxembourg",),
    "CN-TW": ("taiwan",),
    "DJ-DJ": ("djibouti",),
    "MX-MEX": ("mexico",),
    "ZM-09": (),
    "AZ-SA": ("shaki", "seki"),
}


def read(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file whose comments begin with #."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def read_codes() -> list[str]:
    """Codes that only one GeoNames division has: its name is then a name of the region."""
    codes = [row["code"] for row in read(HERE / "geonames_admin1.csv")]
    return [code for code in codes if codes.count(code) == 1]


if __name__ == "__main__":
    main()
