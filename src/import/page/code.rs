//! Code samples into one form: `<pre><code class="language-x">`, text alone.

use dom_query::{Document, NodeRef};

use super::dom::{all, attr, first, is_inside, marks, name, says, text};
use crate::escape::escape;

/// What stands beside or above the lines of code.
const BESIDE: &str = ".gutter, .lineno, .linenos, .linenumber, .line-number, .line-numbers, \
    .line-numbers-rows, .rouge-gutter, .hljs-ln-numbers, .blob-num, [data-line-number], button";

/// Buttons in the boxes that a highlighter draws, which only make code copied.
const BUTTONS: &str = "div[class*=highlight] button, div[class*=code] button, \
    div[class*=snippet] button, figure button";

/// Names that say "no language".
const NONE: [&str; 9] = [
    "none",
    "text",
    "plain",
    "plaintext",
    "txt",
    "nohighlight",
    "default",
    "notranslate",
    "wrap",
];

/// Rewrites every `<pre>`, and puts it in the place of a wrapper that holds
/// nothing else.
pub fn normalize(doc: &Document) {
    let root = doc.root();
    for beside in all(&root, BUTTONS) {
        beside.remove_from_parent();
    }
    for pre in all(&root, "pre") {
        if is_inside(&pre, &["pre"]) || is_inside_gutter(&pre) {
            continue;
        }
        let language = language(&pre);
        for beside in all(&pre, BESIDE) {
            beside.remove_from_parent();
        }
        let code = code_text(&pre);
        let code = code.trim_end().trim_start_matches('\n');
        if code.trim().is_empty() {
            pre.remove_from_parent();
            continue;
        }
        let mut html = match language {
            Some(language) => {
                let mut html = String::from("<code class=\"language-");
                escape(&mut html, &language);
                html + "\">"
            }
            None => String::from("<code>"),
        };
        escape(&mut html, code);
        pre.remove_all_attrs();
        pre.set_html(html + "</code>");
        lift(&pre);
    }
}

fn is_inside_gutter(pre: &NodeRef) -> bool {
    pre.ancestors(Some(4)).into_iter().any(|node| {
        marks(&attr(&node, "class"))
            .iter()
            .any(|mark| matches!(mark.as_str(), "gutter" | "linenos" | "linenodiv"))
    })
}

/// A highlighter's boxes, or its table of numbers and lines, give way to the code.
fn lift(pre: &NodeRef) {
    let code = text(pre);
    let boxes = pre.ancestors(Some(8)).into_iter().take_while(|node| {
        matches!(
            name(node).as_str(),
            "div" | "table" | "tbody" | "tr" | "td" | "figure" | "span"
        )
    });
    let is_table =
        |node: &NodeRef| name(node) == "table" && first(node, ".code, .gutter").is_some();
    // Numbers in a column of their own have a `<pre>` of their own.
    if let Some(table) = pre
        .ancestors(Some(4))
        .into_iter()
        .find(|node| is_table(node))
    {
        table.replace_with(pre);
        return;
    }
    if let Some(outermost) = boxes.take_while(|node| says(node, &code)).last() {
        outermost.replace_with(pre);
    }
}

/// The text with its line ends, those that only the layout makes included.
fn code_text(pre: &NodeRef) -> String {
    let mut res = String::new();
    for node in pre.descendants() {
        if node.is_text() {
            res += &node.text();
        } else if node.has_name("br") {
            res.push('\n');
        }
    }
    if res.trim_end().contains('\n') {
        return res;
    }
    let lines = all(
        pre,
        ".line, .code-line, .token-line, .view-line, .hljs-ln-line",
    );
    if lines.len() < 2 {
        return res;
    }
    let lines: Vec<String> = lines.iter().map(|line| line.text().to_string()).collect();
    lines.join("\n")
}

/// The language that the block, its code or a box around it names.
fn language(pre: &NodeRef) -> Option<String> {
    let inner = first(pre, "code");
    let around = pre.ancestors(Some(3));
    for node in inner.into_iter().chain([*pre]).chain(around) {
        // `lang` is the language of the words everywhere but here.
        let is_code = node.has_name("pre") || node.has_name("code");
        let names = ["data-lang", "data-language", "lang"];
        let names = names.iter().filter(|name| is_code || **name != "lang");
        if let Some(found) = names.filter_map(|name| known(&attr(&node, name))).next() {
            return Some(found);
        }
        if let Some(found) = by_class(&attr(&node, "class")) {
            return Some(found);
        }
    }
    None
}

fn by_class(class: &str) -> Option<String> {
    const PREFIXES: [&str; 6] = [
        "language-",
        "lang-",
        "highlight-source-",
        "highlight-text-",
        "highlight-",
        "brush:",
    ];
    let class = class.replace("brush: ", "brush:");
    let names: Vec<&str> = class.split_whitespace().collect();
    for name in &names {
        for prefix in PREFIXES {
            if let Some(found) = name.strip_prefix(prefix).and_then(known) {
                return Some(found);
            }
        }
    }
    // Highlighters that put the bare name beside their own.
    let mark = ["sourceCode", "hljs", "highlight", "prettyprint"];
    let is_marked = names.iter().any(|name| mark.contains(name));
    let others = names.iter().filter(|name| !mark.contains(name));
    let mut bare = others.filter(|name| name.chars().all(|c| c.is_ascii_lowercase()));
    match (is_marked, bare.next(), bare.next()) {
        (true, Some(only), None) => known(only),
        _ => None,
    }
}

fn known(language: &str) -> Option<String> {
    let language = language.trim_end_matches(';').to_lowercase();
    let is_name = !language.is_empty()
        && language.len() <= 20
        && language
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.'));
    (is_name && !NONE.contains(&language.as_str())).then_some(language)
}
