use super::*;

/// A file as the browser writes it: objects, their table, where that is.
fn file(objects: &[&str]) -> Vec<u8> {
    let mut res = b"%PDF-1.4\n%\xd3\xeb\xe9\xe1\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", res.len());
        res.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let size = objects.len() + 1;
    let place = res.len();
    let end = format!(
        "{table}trailer\n<</Size {size}\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n{place}\n%%EOF\n"
    );
    res.extend(end.into_bytes());
    res
}

fn head() -> Head {
    Head {
        title: "A (short) talk".into(),
        description: String::new(),
        author: "Jürgen".into(),
        url: String::new(),
        lang: "en".into(),
        size: (1280, 720),
        minutes: String::new(),
        prints_steps: false,
    }
}

#[track_caller]
fn check(objects: &[&str], expected: &[(u32, &str)]) {
    let mut pdf = file(objects);
    let titles = BTreeMap::from([("sea", "The sea".to_string())]);
    let added = Objects::of(&pdf).map(|objects| objects.added(&head(), &titles));
    pdf.extend(added.expect("a file that is understood"));
    // What was added is read as the last word, and leads on to what was there.
    let read = Objects::of(&pdf).expect("still a file that is understood");
    let found: Vec<(u32, &str)> = read
        .places
        .keys()
        .map(|number| (*number, read.object(*number).expect("an object")))
        .collect();
    assert_eq!(found, expected);
    let end = String::from_utf8_lossy(&pdf[read.table..]).into_owned();
    let before: usize = words(end.split_once("/Prev").expect("a way back").1)
        .next()
        .and_then(|word| word.parse().ok())
        .expect("a place");
    assert!(pdf[before..].starts_with(b"xref\n0 "), "the table before");
}

const INFO: &str = "<</Title (x)\n/Creator (Mozilla \\(X11\\))\n/Producer (Skia/PDF m156)\n/CreationDate (D:2026)>>";

#[test]
fn facts_links_and_tags_are_added() {
    let facts = format!(
        "<<\n/Title (A \\(short\\) talk)\n/Author <FEFF004A00FC007200670065006E>\n/Creator (Deckle {})\n\
         /Producer (Skia/PDF m156)\n/CreationDate (D:2026)>>",
        env!("CARGO_PKG_VERSION")
    );
    check(
        &[
            INFO,
            "<</Type /Catalog>>",
            "<</Type /StructTreeRoot\n/K 4 0 R>>",
            "<</Type /Annot\n/Subtype /Link\n/Dest /sea\n/StructParent 2>>",
            "<</Type /Annot\n/Subtype /Link\n/A <</S /URI\n/URI (https://a.b/\\(c\\))>>>>",
            "<</Type /Annot\n/Subtype /Link\n/Dest /m#c3#bc>>",
            "<</Length 3>> stream\n/Subtype /Link\nendstream",
        ],
        &[
            (1, &facts),
            (3, &format!("<</Type /StructTreeRoot\n/K 4 0 R\n{ROLES}>>")),
            (
                4,
                "<</Type /Annot\n/Subtype /Link\n/Dest /sea\n/StructParent 2\n/Contents (The sea)>>",
            ),
            (
                5,
                "<</Type /Annot\n/Subtype /Link\n/A <</S /URI\n/URI (https://a.b/\\(c\\))>>\n/Contents (https://a.b/\\(c\\))>>",
            ),
            (
                6,
                "<</Type /Annot\n/Subtype /Link\n/Dest /m#c3#bc\n/Contents <FEFF006D00FC>>>",
            ),
        ],
    );
}

#[test]
fn a_file_that_is_built_otherwise_is_left_alone() {
    let good = file(&[INFO, "<</Type /Catalog>>"]);
    for bad in [
        b"".to_vec(),
        b"%PDF-1.7\nstartxref\n99999\n%%EOF".to_vec(),
        b"%PDF-1.7\n1 0 obj\n<</Type /XRef>> stream\nendstream\nendobj\nstartxref\n9\n%%EOF"
            .to_vec(),
        good[..good.len() - 20].to_vec(),
    ] {
        assert!(Objects::of(&bad).is_none());
    }
}
