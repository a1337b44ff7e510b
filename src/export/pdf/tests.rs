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
        card: String::new(),
        lang: "en".into(),
        size: (1280, 720),
        minutes: String::new(),
        prints_steps: false,
    }
}

#[track_caller]
fn check(objects: &[&str], expected: &[(u32, &str)]) {
    let pdf = file(objects);
    let titles = BTreeMap::from([("sea", "The sea".to_string())]);
    let whole = Objects::of(&pdf).and_then(|objects| objects.finished(&head(), &titles));
    let whole = whole.expect("a file that is understood");
    let read = Objects::of(&whole).expect("still a file that is understood");
    for (own, number) in objects.iter().zip(1..) {
        let wanted = expected.iter().find(|(known, _)| *known == number);
        let wanted = wanted.map_or(*own, |(_, text)| text);
        let found = text(read.bytes(number).expect("an object"));
        let found = found.trim_start_matches(&format!("{number} 0 obj\n"));
        assert_eq!(found.trim_end_matches("\nendobj\n"), wanted);
    }
    let about = text(read.bytes(read.size - 1).expect("what is known of it"));
    assert!(about.contains(">A (short) talk<"), "{about}");
    assert!(about.contains("Jürgen"), "{about}");
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
            (2, "<</Type /Catalog\n/Metadata 8 0 R>>"),
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
fn decoration_is_marked_and_links_to_notes_are_links() {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    packed.write_all(b"0 0 1 1 re\nf").expect("memory");
    // Bytes of text, so that the file can be made of text.
    let packed = packed.finish().expect("memory");
    let mut pdf = file(&[
        INFO,
        "<</Type /Catalog>>",
        "<</Type /Page\n/Contents 5 0 R>>",
        "<</Type /StructElem\n/S /NonStruct\n/K [<</Type /OBJR\n/Obj 9 0 R>>]>>",
        "HERE",
    ]);
    let at = pdf
        .windows(4)
        .position(|bytes| bytes == b"HERE")
        .expect("it");
    let length = packed.len();
    let head_ = format!("<</Filter /FlateDecode\n/Length {length}>> stream\n");
    let stream = [head_.as_bytes(), &packed, b"\nendstream"].concat();
    let longer = stream.len() - 4;
    pdf.splice(at..at + 4, stream);
    // The table stands so much further behind.
    let tail = String::from_utf8_lossy(&pdf[pdf.len() - 20..]).into_owned();
    let old = words(tail.rsplit_once("startxref").expect("it").1).next();
    let old: usize = old.and_then(|word| word.parse().ok()).expect("a place");
    let end = format!("startxref\n{}\n%%EOF\n", old + longer);
    let start = pdf.len() - format!("startxref\n{old}\n%%EOF\n").len();
    pdf.splice(start.., end.into_bytes());
    let objects = Objects::of(&pdf).expect("a file that is understood");
    let whole = objects.finished(&head(), &BTreeMap::new()).expect("it");
    let read = Objects::of(&whole).expect("still a file that is understood");
    assert!(read.object(4).expect("it").contains("/S /Link"));
    let content = read.bytes(5).expect("it");
    let data = content.windows(7).position(|bytes| bytes == b"stream\n");
    let mut text = String::new();
    ZlibDecoder::new(&content[data.expect("it") + 7..])
        .read_to_string(&mut text)
        .expect("text");
    assert_eq!(text, "/Artifact BMC\n0 0 1 1 re\nf\nEMC");
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
