//! Places as they are written, and what is none.

use super::Origin;

#[test]
fn what_is_written_is_read_again() {
    for text in [
        "article.txt 7",
        "article.txt 7, 9.1, 9.2, -, 11",
        "my old article.txt ~23, 23.1",
        "this, that 3",
        "2024, 25 3, 4",
    ] {
        let origin = Origin::parse(text).map(|origin| origin.to_string());
        assert_eq!(origin.as_deref(), Some(text));
    }
}

#[test]
fn other_texts_are_no_origin() {
    for text in [
        "",
        "7",
        "article.txt",
        "article.txt 7 x",
        "article.txt 7,",
        "a +7",
        "a 7.x",
    ] {
        assert_eq!(Origin::parse(text), None, "{text}");
    }
}
