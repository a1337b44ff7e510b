//! The fonts in a presentation are those of the page.

use std::io::Read;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::cdp::browser;
use crate::deckle::{Folder, run};
use crate::page::{Page, WIDE};

/// Letters of several files of a face, and one that no slide has but somebody may write.
const DECK: &str = "\
---
title: Letters
theme: THEME
---

# Hamburgefonstiv 0123 é ő

---

## Œuvre ŕ 45

- Words and **strong ones** with ő, ¿ and Ǻ
- And *slanted ones* 67

```
code ő != ж
```
";

/// Draws a letter with a font of the page and with one of the presentation, and says
/// where the two are not the same picture.
const COMPARE: &str = "(async (fonts) => {
  const drawn = (font, letter) => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 160;
    const pen = canvas.getContext('2d');
    pen.font = font;
    pen.fillText(letter, 20, 120);
    return pen.measureText(letter).width + canvas.toDataURL();
  };
  const wrong = [];
  for (const { family, style, letters, data } of fonts) {
    const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0));
    const own = new FontFace('Embedded', bytes);
    document.fonts.add(await own.load());
    for (const letter of letters) {
      await document.fonts.load(`${style} 96px '${family}'`, letter);
      const [page, office] = [`${style} 96px '${family}', monospace`, '96px Embedded, cursive']
        .map(font => drawn(font, letter));
      if (page !== office) wrong.push(`${family} ${style} ${letter}`);
    }
    document.fonts.delete(own);
  }
  return wrong;
})";

/// A number that a font in a presentation begins with, the least byte first.
fn long(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize
}

/// The fonts in a presentation, by family and style, without what is around them.
fn embedded(path: &std::path::Path) -> Vec<(String, String, Vec<u8>)> {
    let mut zip =
        zip::ZipArchive::new(std::fs::File::open(path).expect("the file")).expect("an archive");
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        let mut file = zip.by_name(name).unwrap_or_else(|_| panic!("no {name}"));
        file.read_to_end(&mut bytes).expect("a part");
        bytes
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
    let relations = text(part("ppt/_rels/presentation.xml.rels"));
    let whole = text(part("ppt/presentation.xml"));
    let value = |tag: &str, name: &str| {
        let from = tag
            .split_once(&format!("{name}=\""))
            .expect("an attribute")
            .1;
        from.split('"').next().unwrap_or_default().to_string()
    };
    let mut res = Vec::new();
    for font in whole.split("<p:embeddedFont>").skip(1) {
        let family = value(font, "typeface");
        // What is strong in a text of the page: where titles are heavier, Office has no third.
        for (tag, style) in [("regular", "400"), ("bold", "600"), ("italic", "italic")] {
            let Some((_, own)) = font.split_once(&format!("<p:{tag} ")) else {
                continue;
            };
            let id = value(own, "r:id");
            let relation = relations.split("<Relationship ");
            let mut relation = relation.filter(|relation| relation.contains(&format!("\"{id}\"")));
            let path = value(relation.next().expect("a relation"), "Target");
            let bytes = part(&format!("ppt/{path}"));
            assert_eq!(long(&bytes, 0), bytes.len(), "{path}");
            let font = bytes[bytes.len() - long(&bytes, 4)..].to_vec();
            res.push((family.clone(), style.to_string(), font));
        }
    }
    res
}

#[test]
fn fonts_of_a_presentation_are_those_of_the_page() {
    let Some(browser) = browser() else { return };
    let page = Page::new(&browser, WIDE);
    let mut seen = Vec::new();
    for theme in ["swiss", "paper", "night", "contrast", "signal"] {
        let folder = Folder::new(&format!("fonts-{theme}"));
        let deck = folder.write("deck.md", DECK.replace("THEME", theme));
        let office = folder.path("deck.pptx");
        run("export", &deck, &["-o", office.to_str().expect("a path")]);
        let fonts = embedded(&office);
        assert!(fonts.len() >= 3, "{theme}: {}", fonts.len());
        let fonts = fonts.iter().map(|(family, style, bytes)| {
            seen.push(format!("{family} {style}"));
            let own = if family == "JetBrains Mono" { "ж" } else { "" };
            json!({
                "family": family,
                "style": style,
                "letters": format!("HamburgefonstivW0123éőŒŕ{own}"),
                "data": STANDARD.encode(bytes),
            })
        });
        let fonts: Vec<_> = fonts.collect();
        page.go(&folder.export(&deck, &[]));
        let wrong = page.list(&format!("{COMPARE}({})", json!(fonts)));
        assert_eq!(wrong, [""; 0], "{theme}");
    }
    for family in [
        "Bricolage Grotesque 600",
        "Newsreader 400",
        "Inter 400",
        "Inter 600",
    ] {
        assert!(seen.iter().any(|seen| seen == family), "{family}: {seen:?}");
    }
    for family in [
        "Inter italic",
        "Atkinson Hyperlegible Next 600",
        "JetBrains Mono 400",
    ] {
        assert!(seen.iter().any(|seen| seen == family), "{family}: {seen:?}");
    }
}
