#![expect(clippy::unwrap_used, reason = "a test may stop at the first fault")]
use super::*;

#[test]
fn entries_keep_their_order_and_place() {
    let list = entries("title: A: B\nsize: 4:3\n").unwrap_err();
    assert!(
        list.message.contains("mapping values are not allowed"),
        "{}",
        list.message
    );
    let list = entries("theme: paper\nsize: \"4:3\"\ndate: 2026\n").unwrap();
    assert_eq!(
        list.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(),
        ["theme", "size", "date"]
    );
    assert_eq!(list[1].at, (13, 17));
    assert_eq!(list[2].value, Value::Text("2026".into()));
}

#[test]
fn a_key_written_twice_is_a_fault_at_the_second() {
    let fault = entries("title: a\ntheme: x\ntitle: b\n").unwrap_err();
    assert_eq!(fault.at, 18);
}

#[test]
fn quoting_reads_back_as_the_same_text() {
    for text in [
        "plain",
        "a: b",
        "yes",
        "1.20",
        "# no comment",
        "it's \"so\"",
        "- item",
        "",
        "{x}",
        "über",
    ] {
        let list = entries(&format!("key: {}\n", quote(text))).unwrap();
        assert_eq!(list[0].value, Value::Text(text.into()), "{text}");
    }
}

#[test]
fn an_endless_mapping_is_refused_before_it_is_read() {
    assert!(entries(&"[".repeat(MAX_BYTES + 1)).is_err());
}
