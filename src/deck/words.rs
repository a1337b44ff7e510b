//! The words of the language that are no settings: what may stand in braces,
//! behind fences and behind `:::`. The documentation is held to these lists.

/// Keys that mean something on any block, item or span.
pub const KEYS: [&str; 1] = ["step"];
/// Those of a group of columns.
pub const COLUMN_KEYS: [&str; 2] = ["step", "ratio"];
/// Those of an alert.
pub const ALERT_KEYS: [&str; 2] = ["step", "title"];
/// Those of a poll.
pub const POLL_KEYS: [&str; 2] = ["step", "question"];
/// Those of a block of code.
pub const CODE_KEYS: [&str; 6] = ["step", "file", "src", "lines", "region", "numbers"];

/// Classes that every theme knows.
pub const CLASSES: [&str; 7] = [
    "small", "large", "muted", "accent", "center", "right", "mono",
];
/// Classes for `class` that change what a slide stands on.
pub const GROUNDS: [&str; 3] = ["ground-accent", "ground-night", "ground-tint"];
/// Classes that say when a thing is seen.
pub const STEP_CLASSES: [&str; 3] = ["step", "steps", "dim"];
/// Classes of pictures.
pub const PICTURE_CLASSES: [&str; 8] = [
    "left", "right", "full", "cover", "contain", "grey", "blur", "dark",
];
/// Classes of films and sounds.
pub const MEDIA_CLASSES: [&str; 3] = ["autoplay", "loop", "muted"];
/// Classes of tables.
pub const TABLE_CLASSES: [&str; 4] = ["first", "total", "striped", "compact"];
/// Classes of code.
pub const CODE_CLASSES: [&str; 4] = ["numbers", "diff", "morph", "source"];

/// The kinds of alert.
pub const ALERTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

/// Words behind a code fence that are no language of code.
pub const FENCES: [&str; 6] = ["chart", "mermaid", "math", "qr", "poll", "deckle"];
