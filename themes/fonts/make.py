#!/usr/bin/env python3
"""Re-creates the font slices of this folder from the npm packages named in SOURCES.yaml.

    pip install fonttools==4.68.0 brotli==1.2.1 pyyaml
    python3 themes/fonts/make.py

It needs npm for the download and writes `<family>/<weight>[-italic]-<slice>.woff2`, the licence of
each family, the manifest fonts.json and the table widths.txt (`--widths` writes the table alone, from
the slices that are there). The same packages give the same bytes.

A deck embeds only the slices whose ranges it uses, so the slices of one face must not overlap: a
character that stood in two of them would be embedded twice. Excepted are the *extracts*: smaller
files of what is in the other slices too, one of which stands for them where it has all that a deck
needs. They hold one another, not one another's rest, because letters of two files have no kerning.
"""

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import yaml
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = Path(__file__).resolve().parent


def span(first, last):
    return set(range(first, last + 1))


# What plain English, code and good typography need; everything else costs extra bytes only in the
# decks that use it.
CORE = span(0x20, 0x7E) | {
    0xA0, 0xA7, 0xA9, 0xAB, 0xAE, 0xB0, 0xB1, 0xB7, 0xBB, 0xD7, 0x2002, 0x2009, 0x2013, 0x2014,
    0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x2032, 0x2033, 0x20AC, 0x2122, 0x2212,
}
# Extracts. Letters of both cases always come together: style sheets may change the case.
PLAIN = span(0x30, 0x39) | span(0x41, 0x5A) | span(0x61, 0x7A) | {ord(c) for c in " .,:;-'!?()/\u2019\u2026\xA0"}
SIGNS = PLAIN | {ord(c) for c in '"%&+=#$\u20AC\xB7\u2013\u2014\u201C\u201D'}
# The languages of western Europe.
WEST = SIGNS | span(0xC0, 0xFF) - {0xD0, 0xD7, 0xDD, 0xDE, 0xF0, 0xF7, 0xFD, 0xFE} | {
    0xA1, 0xA7, 0xAA, 0xAB, 0xB0, 0xBA, 0xBB, 0xBF, 0x152, 0x153, 0x178, 0x2018, 0x201A, 0x201E, 0x2039, 0x203A,
}
LATIN_EXT = span(0x100, 0x24F) | span(0x2B0, 0x2FF) | span(0x1E00, 0x1E9F) | span(0x2020, 0x2021) \
    | span(0x20A0, 0x20C0) | {0x2113}
VIETNAMESE = {0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x300, 0x301, 0x303, 0x309, 0x323} | span(0x1EA0, 0x1EF9)
SYMBOLS = span(0x2030, 0x2031) | span(0x2190, 0x21FF) | span(0x2200, 0x22FF) | span(0x2318, 0x2327) \
    | span(0x25A0, 0x25FF) | span(0x2600, 0x27BF)

EXTRACTS = {"plain", "signs", "west"}
# (slice, the package's name for the file it comes from, characters; None: all the file has)
LATIN_SLICES = [
    ("plain", "latin", PLAIN),
    ("signs", "latin", SIGNS),
    ("west", "latin", WEST),
    ("core", "latin", CORE),
    ("latin", "latin", None),
    ("latin-ext", "latin-ext", LATIN_EXT),
    ("vietnamese", "vietnamese", VIETNAMESE),
]
WIDE_SLICES = LATIN_SLICES + [("greek", "greek", None), ("cyrillic", "cyrillic", None)]

# Optical sizes: display type stands at 50 units and more, text at about 28.
FACES = [
    ("Bricolage Grotesque", "@fontsource-variable/bricolage-grotesque",
     "files/bricolage-grotesque-{}-opsz-normal.woff2", 700, "normal", {"opsz": 96}, LATIN_SLICES),
    ("Inter", "@fontsource-variable/inter",
     "files/inter-{}-opsz-normal.woff2", 400, "normal", {"opsz": 24}, WIDE_SLICES),
    ("Inter", "@fontsource-variable/inter",
     "files/inter-{}-opsz-normal.woff2", 600, "normal", {"opsz": 24}, WIDE_SLICES),
    ("Inter", "@fontsource-variable/inter",
     "files/inter-{}-opsz-italic.woff2", 400, "italic", {"opsz": 24}, WIDE_SLICES),
    # Arrows and marks: fontsource's build of Inter has none, Inter's own package has.
    ("Inter", "inter-ui", "variable/InterVariable.woff2", 400, "normal", {"opsz": 24},
     [("symbols", "", SYMBOLS)]),
    ("Inter", "inter-ui", "variable/InterVariable.woff2", 600, "normal", {"opsz": 24},
     [("symbols", "", SYMBOLS)]),
    ("JetBrains Mono", "@fontsource-variable/jetbrains-mono",
     "files/jetbrains-mono-{}-wght-normal.woff2", 400, "normal", {}, WIDE_SLICES),
    ("Newsreader", "@fontsource-variable/newsreader",
     "files/newsreader-{}-opsz-normal.woff2", 500, "normal", {"opsz": 72}, LATIN_SLICES),
    ("Newsreader", "@fontsource-variable/newsreader",
     "files/newsreader-{}-opsz-italic.woff2", 500, "italic", {"opsz": 72}, LATIN_SLICES),
    ("Archivo", "@fontsource-variable/archivo",
     "files/archivo-{}-standard-normal.woff2", 800, "normal", {"wdth": 75}, LATIN_SLICES),
] + [
    ("Atkinson Hyperlegible Next", "@fontsource-variable/atkinson-hyperlegible-next",
     "files/atkinson-hyperlegible-next-{}-wght-%s.woff2" % style, weight, style, {}, LATIN_SLICES[:3])
    for weight, style in [(400, "normal"), (400, "italic"), (600, "normal"), (700, "normal")]
]

# No `calt`: in Inter and JetBrains Mono it turns "->" into an arrow, and a slide must show what was
# typed.
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum", "lnum"]


def fetch(source, folder):
    """Downloads one package and returns its files by name."""
    spec = f"{source['npm']}@{source['version']}"
    name = subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True,
                          capture_output=True, text=True).stdout.split()[-1]
    data = (Path(folder) / name).read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != source["sha256"]:
        sys.exit(f"{spec}: sha256 is {found}, SOURCES.yaml says {source['sha256']}")
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {member.name.split("/", 1)[1]: tar.extractfile(member).read()
                for member in tar.getmembers() if member.isfile()}


def refuse_reserved_name(font, family):
    """A cut font is a modified one, which may not carry a Reserved Font Name."""
    for record in font["name"].names:
        if "reserved font name" in record.toUnicode().lower():
            sys.exit(f"{family}: {record.toUnicode()}")


def cut(data, family, weight, axes, wanted):
    """One static, unhinted slice; returns its bytes and the characters it really has."""
    font = TTFont(io.BytesIO(data), recalcTimestamp=False)
    refuse_reserved_name(font, family)
    limits = {axis.axisTag: axes.get(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes}
    limits["wght"] = weight
    font = instancer.instantiateVariableFont(font, limits)
    have = set(font.getBestCmap()) & wanted
    if not have:
        return None, have
    options = subset.Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [0, 1, 2, 14]
    options.notdef_outline = True
    options.glyph_names = False
    options.drop_tables += ["STAT"]
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=have)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    return out.getvalue(), have


def as_range(characters):
    """The CSS form of a set of characters: "U+20-7E,U+A0"."""
    parts, run = [], []
    for character in sorted(characters) + [None]:
        if run and character != run[-1] + 1 if character is not None else run:
            parts.append(f"U+{run[0]:X}" if len(run) == 1 else f"U+{run[0]:X}-{run[-1]:X}")
            run = []
        if character is not None:
            run.append(character)
    return ",".join(parts)


def figure(font, character):
    """The glyph of a digit as tables and charts show it, all of one width."""
    name = font.getBestCmap()[character]
    gsub = font["GSUB"].table if "GSUB" in font else None
    for record in gsub.FeatureList.FeatureRecord if gsub else []:
        if record.FeatureTag == "tnum":
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    table = getattr(table, "ExtSubTable", table)
                    name = getattr(table, "mapping", {}).get(name, name)
    return name


def widths(rows):
    """The advance widths of the text faces, in thousandths of the type size, for `src/measure.rs`:
    a line for each run of characters, its first code point and then one number for each."""
    out = ["# Written by make.py: advance widths in thousandths of the size, from a first code point on."]
    for weight in (400, 600):
        known = {}
        for row in rows:
            if (row["family"], row["weight"], row["style"]) != ("Inter", weight, "normal"):
                continue
            font = TTFont(HERE / row["file"])
            scale = 1000 / font["head"].unitsPerEm
            for character, name in font.getBestCmap().items():
                if 0x30 <= character <= 0x39:
                    name = figure(font, character)
                known[character] = round(font["hmtx"][name][0] * scale)
        out.append(f"= {weight}")
        run = []
        for character in sorted(known) + [None]:
            if run and character != run[-1] + 1 if character is not None else run:
                out.append(f"{run[0]:x} " + " ".join(str(known[c]) for c in run))
                run = []
            if character is not None:
                run.append(character)
    (HERE / "widths.txt").write_text("\n".join(out) + "\n")


def main():
    if "--widths" in sys.argv:
        return widths(json.loads((HERE / "fonts.json").read_text()))
    sources = yaml.safe_load((HERE / "SOURCES.yaml").read_text())
    with tempfile.TemporaryDirectory() as folder:
        packages = {source["npm"]: fetch(source, folder) for source in sources}
    rows, used = [], {}
    for family, package, pattern, weight, style, axes, slices in FACES:
        files = packages[package]
        slug = family.lower().replace(" ", "-")
        target = HERE / slug
        target.mkdir(exist_ok=True)
        if "LICENSE" in files and package.startswith("@fontsource"):
            (target / "LICENSE").write_bytes(files["LICENSE"])
        taken = used.setdefault((family, weight, style), set())
        for name, part, wanted in slices:
            data = files[pattern.format(part)]
            if name not in EXTRACTS:
                wanted = (wanted or span(0x21, 0xFEFE)) - taken
            made, have = cut(data, family, weight, axes, wanted)
            if made is None:
                continue
            if name not in EXTRACTS:
                taken |= have
            file = f"{slug}/{weight}{'-italic' if style == 'italic' else ''}-{name}.woff2"
            (HERE / file).write_bytes(made)
            row = {"family": family, "weight": weight, "style": style, "slice": name}
            if name in EXTRACTS:
                row["extract"] = True
            rows.append(row | {"file": file, "bytes": len(made), "range": as_range(have)})
            print(f"{len(made):7}  {len(have):4}  {file}")
    # Ranges of one face overlap only where one is an extract. JSON, for it is read ten times as fast
    # as YAML, at each start.
    body = ",\n".join(json.dumps(row) for row in rows)
    (HERE / "fonts.json").write_text(f"[\n{body}\n]\n")
    widths(rows)
    print(f"{sum(r['bytes'] for r in rows):7}  in all")


if __name__ == "__main__":
    main()
