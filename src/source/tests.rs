#![expect(clippy::unwrap_used, reason = "a test may stop at the first fault")]
use super::*;

fn source(text: &str) -> Source {
    let mut sources = Sources::default();
    let id = sources.add("deck.md".into(), text.to_string());
    sources.get(id).clone()
}

#[test]
fn columns_count_characters_and_lines_count_from_one() {
    let source = source("ab\nüx\n");
    assert_eq!(source.line_column(0), (1, 1));
    assert_eq!(source.line_column(3), (2, 1));
    assert_eq!(source.line_column(5), (2, 2));
    assert_eq!(source.line_column(999), (3, 1));
}

#[test]
fn offsets_are_clamped_to_the_text_and_to_characters() {
    let source = source("ab\nüx\n");
    assert_eq!(source.offset(2, 1), 3);
    assert_eq!(source.offset(2, 2), 3, "inside a character: its start");
    assert_eq!(source.offset(99, 1), 7);
}

#[test]
fn a_byte_order_mark_is_left_out() {
    assert_eq!(source("\u{feff}# Hi").text(), "# Hi");
}

#[test]
fn a_relative_path_cannot_leave_its_root() {
    let root = Path::new("deck");
    assert_eq!(
        within(root, "./img/../a.png").unwrap(),
        Path::new("deck/a.png")
    );
    assert_eq!(within(root, "../a.png"), Err(FileError::Outside));
    assert_eq!(within(root, "/etc/passwd"), Err(FileError::Outside));
    assert_eq!(within(root, "img/../../a.png"), Err(FileError::Outside));
}
