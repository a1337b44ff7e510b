#!/usr/bin/env python3
"""Makes lucide.bin and LICENSE again from the npm package in SOURCES.yaml.

    python3 themes/icons/make.py             fetch with `npm pack`, check, write
    python3 themes/icons/make.py FILE.tgz    the same from a tarball at hand

To move to another version, change `version`, `integrity` and `sha256` in
SOURCES.yaml (`npm view lucide-static@VERSION dist.integrity` prints the
first), run this script, and run the tests: they name every icon of the
concept table that the new version no longer has.

lucide.bin is a little-endian u32, the length of the first of two zlib
streams, then both streams:

  names    one line an icon, in byte order of the names:
           name TAB older names, by comma TAB search tags, by comma
  shapes   one line an icon, in the same order; shapes by `|`, each a letter
           and its values: p path, c circle (cx cy r), d filled circle,
           e ellipse (cx cy rx ry), r rect (x y width height rx ry),
           l line (x1 y1 x2 y2), o polyline, g polygon
"""

import base64
import hashlib
import io
import json
import pathlib
import re
import struct
import subprocess
import sys
import tarfile
import tempfile
import zlib

HERE = pathlib.Path(__file__).resolve().parent
CODES = {
    "path": ("p", ["d"]),
    "circle": ("c", ["cx", "cy", "r"]),
    "ellipse": ("e", ["cx", "cy", "rx", "ry"]),
    "rect": ("r", ["x", "y", "width", "height", "rx", "ry"]),
    "line": ("l", ["x1", "y1", "x2", "y2"]),
    "polyline": ("o", ["points"]),
    "polygon": ("g", ["points"]),
}
# What every icon carries on its root, and what the program writes back. An
# icon that differs would be drawn wrongly, so the script stops at it.
ROOT = {
    "width": "24",
    "height": "24",
    "viewBox": "0 0 24 24",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}


def source(key):
    found = re.search(rf"^{key}: (\S+)$", (HERE / "SOURCES.yaml").read_text("utf-8"), re.M)
    return found.group(1) if found else sys.exit(f"SOURCES.yaml has no `{key}`")


def tarball():
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1]).read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{source('package')}@{source('version')}"
        subprocess.run(
            ["npm", "pack", "--silent", wanted, "--registry", source("registry")],
            cwd=folder, check=True, stdout=subprocess.DEVNULL,
        )
        return next(pathlib.Path(folder).glob("*.tgz")).read_bytes()


def check(data):
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
    if integrity != source("integrity"):
        sys.exit(f"the tarball is {integrity}, not the one of SOURCES.yaml")
    if hashlib.sha256(data).hexdigest() != source("sha256"):
        sys.exit("the tarball has another sha256 than SOURCES.yaml says")


def attributes(tag):
    return dict(re.findall(r'([\w-]+)="([^"]*)"', tag))


def shapes(name, svg):
    """The drawing in the letters above; stops at anything they cannot say."""
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    root, body = re.fullmatch(r"\s*<svg([^>]*)>(.*)</svg>\s*", svg, re.S).groups()
    extra = attributes(root)
    if any(extra.pop(key, None) != value for key, value in ROOT.items()) or set(extra) - {"class", "xmlns"}:
        sys.exit(f"{name}: the root of this icon is unlike the others")
    res = []
    for element, tag in re.findall(r"<(\w+)([^>]*?)/>", body):
        attrs = attributes(tag)
        code, keys = CODES[element]
        if element == "circle" and attrs.pop("fill", None) == "currentColor":
            code = "d"
        if set(attrs) - set(keys):
            sys.exit(f"{name}: unknown attributes {sorted(set(attrs) - set(keys))}")
        values = " ".join(attrs.get(key, "0" if key in ("x", "y") else "-") for key in keys)
        if not re.fullmatch(r"[A-Za-z0-9 .,-]+", values):
            sys.exit(f"{name}: a value with other signs than expected: {values}")
        res.append(code + re.sub(r"( -)+$", "", values))
    if re.sub(r"<\w+[^>]*?/>", "", body).strip() or not res:
        sys.exit(f"{name}: the drawing has parts that were not read")
    return "|".join(res)


def main():
    data = tarball()
    check(data)
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        files = {
            member.name.removeprefix("package/"): tar.extractfile(member).read().decode("utf-8")
            for member in tar.getmembers()
            if re.fullmatch(r"package/(icons/[\w-]+\.svg|tags\.json|LICENSE)", member.name)
        }
    tags = json.loads(files["tags.json"])
    drawn = {
        path[len("icons/"):-len(".svg")]: shapes(path, text)
        for path, text in files.items()
        if path.startswith("icons/")
    }
    # Only the current names have tags. A file without is an older name; its
    # drawing says which icon it became.
    older = {}
    by_shape = {}
    for name in sorted(tags):
        by_shape.setdefault(drawn[name], name)
    for name in sorted(set(drawn) - set(tags)):
        if drawn[name] in by_shape:
            older.setdefault(by_shape[drawn[name]], []).append(name)
        else:
            print(f"left out: {name}, an older name of no icon", file=sys.stderr)
    names = sorted(tags)
    words = [
        "\t".join([name, ",".join(older.get(name, [])), ",".join(tag.replace(",", " ") for tag in tags[name])])
        for name in names
    ]
    streams = [
        zlib.compress("\n".join(lines).encode("utf-8"), 9)
        for lines in (words, [drawn[name] for name in names])
    ]
    (HERE / "lucide.bin").write_bytes(struct.pack("<I", len(streams[0])) + b"".join(streams))
    (HERE / "LICENSE").write_text(files["LICENSE"], "utf-8")
    print(f"{len(names)} icons, {sum(map(len, older.values()))} older names, "
          f"{len(streams[0])} + {len(streams[1])} bytes")


main()
