//! Formulas: the MathML that a formula is set with becomes Office's own markup,
//! which can be edited, and runs of text where only text may stand.

use roxmltree::{Document, Node};

use super::scene::Run;
use super::xml::Xml;
use crate::math::Formulas;

mod extent;

pub use extent::extent;

/// The name space of Office's formulas.
pub const SPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/math";

/// Operators that stand in front of what they are about, with limits.
const LARGE: &str = "∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀";
/// Signs behind which the operand of a large operator ends.
const RELATIONS: &str = "=<>≤≥≠≈≡∼→⇒⇔∈,;";

/// Brackets that begin and end what stands in them.
const OPENING: &str = "([{⟨⌈⌊";
const CLOSING: &str = ")]}⟩⌉⌋";

/// A formula in Office's markup; `None` if it cannot be set. Size and colour are
/// those of the text it stands in.
pub fn markup(formulas: &mut Formulas, tex: &str) -> Option<String> {
    let math = mathml(formulas, tex, true)?;
    let document = Document::parse(&math).ok()?;
    let mut writer = Writer {
        xml: Xml::default(),
    };
    writer.xml.open("m:oMath");
    writer.row(document.root_element());
    Some(writer.xml.finish())
}

/// A formula as text: letters slanted, powers raised. As it is written if it
/// cannot be set.
pub fn runs(formulas: &mut Formulas, tex: &str, look: &Run) -> Vec<Run> {
    let plain = || {
        vec![Run {
            text: tex.trim().to_string(),
            ..look.clone()
        }]
    };
    let Some(math) = mathml(formulas, tex, false) else {
        return plain();
    };
    let Ok(document) = Document::parse(&math) else {
        return plain();
    };
    let mut res = Vec::new();
    linear(document.root_element(), look, &mut res);
    res
}

fn mathml(formulas: &mut Formulas, tex: &str, display: bool) -> Option<String> {
    let html = formulas.html(tex, display).ok()?;
    let start = html.find("<math")?;
    let end = html.find("</math>")? + "</math>".len();
    Some(html.get(start..end)?.replace("&nbsp;", "\u{a0}"))
}

fn elements<'a, 'i>(node: Node<'a, 'i>) -> Vec<Node<'a, 'i>> {
    let children = node.children().filter(Node::is_element);
    children
        .filter(|node| !matches!(node.tag_name().name(), "annotation" | "mphantom"))
        .collect()
}

/// The text of a leaf.
fn text_of(node: Node<'_, '_>) -> String {
    let text: String = node
        .descendants()
        .filter_map(|node| node.is_text().then(|| node.text()).flatten())
        .collect();
    // Signs that say how something is meant, and show nothing.
    let is_seen = |c: &char| !matches!(c, '\u{2061}'..='\u{2064}' | '\u{200b}');
    text.trim_matches('\n').chars().filter(is_seen).collect()
}

/// The only element in it, looking through rows of one.
fn core<'a, 'i>(node: Node<'a, 'i>) -> Node<'a, 'i> {
    let inner = elements(node);
    match inner.as_slice() {
        [only] if matches!(node.tag_name().name(), "mrow" | "mstyle" | "mpadded") => core(*only),
        _ => node,
    }
}

fn is_large(node: Node<'_, '_>) -> bool {
    let core = core(node);
    let text = text_of(core);
    core.has_tag_name("mo") && text.chars().count() == 1 && LARGE.contains(&text)
}

/// What a sign below or above is at, or the element itself.
fn base<'a, 'i>(node: Node<'a, 'i>) -> Node<'a, 'i> {
    let is_scripted = matches!(node.tag_name().name(), "msub" | "msup" | "msubsup");
    match elements(node).first() {
        Some(base) if is_scripted => *base,
        _ => node,
    }
}

/// The text of an operator that is one of these signs.
fn sign(node: Node<'_, '_>, signs: &str) -> Option<String> {
    let core = core(node);
    let text = text_of(core);
    let is_one = text.chars().count() == 1 && signs.contains(&text);
    (core.has_tag_name("mo") && is_one).then_some(text)
}

/// Where the bracket ends that the first of some nodes begins.
fn end_of_bracket(nodes: &[Node<'_, '_>]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, node) in nodes.iter().enumerate() {
        if sign(*node, OPENING).is_some() {
            depth += 1;
        } else if sign(base(*node), CLOSING).is_some() {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

// ---- Office's markup

struct Writer {
    xml: Xml,
}

impl Writer {
    /// What stands side by side.
    fn row(&mut self, node: Node<'_, '_>) {
        self.nodes(&elements(node));
    }

    fn nodes(&mut self, nodes: &[Node<'_, '_>]) {
        let mut rest = nodes;
        while let Some((first, behind)) = rest.split_first() {
            if let Some(open) = sign(*first, OPENING)
                && let Some(end) = end_of_bracket(rest)
            {
                self.bracket(&open, &rest[1..end], rest[end]);
                rest = &rest[end + 1..];
                continue;
            }
            rest = behind;
            let inner = elements(*first);
            let is_limited = matches!(
                first.tag_name().name(),
                "msub" | "msup" | "msubsup" | "munder" | "mover" | "munderover"
            );
            let base = if is_limited {
                inner.first()
            } else {
                Some(first)
            };
            if base.is_some_and(|base| is_large(*base)) {
                let is_relation = |node: &Node<'_, '_>| {
                    let core = core(*node);
                    core.has_tag_name("mo") && RELATIONS.contains(&text_of(core))
                };
                let end = behind.iter().position(is_relation).unwrap_or(behind.len());
                self.large(*first, &inner, &behind[..end]);
                rest = &behind[end..];
                continue;
            }
            self.node(*first);
        }
    }

    /// What stands in brackets, with what is at the last of them: as one thing, which
    /// a power is of.
    fn bracket(&mut self, open: &str, middle: &[Node<'_, '_>], last: Node<'_, '_>) {
        let close = text_of(core(base(last)));
        let inner = elements(last);
        let (tag, scripts): (_, &[_]) = match (last.tag_name().name(), inner.as_slice()) {
            ("msup", [_, above]) => ("m:sSup", &[("m:sup", *above)]),
            ("msub", [_, below]) => ("m:sSub", &[("m:sub", *below)]),
            ("msubsup", [_, below, above]) => {
                ("m:sSubSup", &[("m:sub", *below), ("m:sup", *above)])
            }
            _ => return self.delimited(open, &close, middle),
        };
        self.xml.open(tag).open("m:e");
        self.delimited(open, &close, middle);
        self.xml.close();
        for (tag, script) in scripts {
            self.inside(tag, &[*script]);
        }
        self.xml.close();
    }

    fn delimited(&mut self, open: &str, close: &str, middle: &[Node<'_, '_>]) {
        self.xml.open("m:d").open("m:dPr");
        self.xml.open("m:begChr").attr("m:val", open).close();
        self.xml.open("m:endChr").attr("m:val", close).close();
        self.xml.close();
        self.inside("m:e", middle);
        self.xml.close();
    }

    /// A large operator with its limits and what it is about.
    fn large(&mut self, node: Node<'_, '_>, inner: &[Node<'_, '_>], operand: &[Node<'_, '_>]) {
        let name = node.tag_name().name();
        let is_limited = name != "mo" && name != "mrow" && name != "mstyle";
        let base = if is_limited { inner[0] } else { node };
        let (below, above) = match (name, inner) {
            ("msub" | "munder", [_, below]) => (Some(*below), None),
            ("msup" | "mover", [_, above]) => (None, Some(*above)),
            ("msubsup" | "munderover", [_, below, above]) => (Some(*below), Some(*above)),
            _ => (None, None),
        };
        let place = if name.starts_with("mu") || name == "mover" {
            "undOvr"
        } else {
            "subSup"
        };
        self.xml.open("m:nary").open("m:naryPr");
        self.xml
            .open("m:chr")
            .attr("m:val", text_of(core(base)))
            .close();
        self.xml.open("m:limLoc").attr("m:val", place).close();
        for (tag, limit) in [("m:subHide", below), ("m:supHide", above)] {
            if limit.is_none() {
                self.xml.open(tag).attr("m:val", "1").close();
            }
        }
        self.xml.close();
        self.inside("m:sub", below.as_slice());
        self.inside("m:sup", above.as_slice());
        self.inside("m:e", operand);
        self.xml.close();
    }

    fn inside(&mut self, tag: &'static str, nodes: &[Node<'_, '_>]) {
        self.xml.open(tag);
        self.nodes(nodes);
        self.xml.close();
    }

    fn node(&mut self, node: Node<'_, '_>) {
        let inner = elements(node);
        match (node.tag_name().name(), inner.as_slice()) {
            ("mi", _) => {
                let text = text_of(node);
                let upright =
                    node.attribute("mathvariant") == Some("normal") || text.chars().count() > 1;
                self.run(&text, !upright);
            }
            ("mn" | "mo" | "ms", _) => self.run(&text_of(node), false),
            ("mtext", _) => self.run(&text_of(node).replace('\u{a0}', " "), false),
            ("mspace", _) => {
                let width = node.attribute("width").unwrap_or_default();
                let width: f64 = width.trim_end_matches("em").parse().unwrap_or(0.0);
                if width > 0.1 {
                    self.run(if width > 0.9 { "\u{2003}" } else { "\u{2009}" }, false);
                }
            }
            ("mfrac", [above, below]) => {
                self.xml.open("m:f");
                let bare = node
                    .attribute("linethickness")
                    .is_some_and(|width| width.starts_with('0'));
                if bare {
                    self.xml.open("m:fPr").open("m:type").attr("m:val", "noBar");
                    self.xml.close().close();
                }
                self.inside("m:num", &[*above]);
                self.inside("m:den", &[*below]);
                self.xml.close();
            }
            ("msup", [base, above]) => self.pieces("m:sSup", &[("m:e", *base), ("m:sup", *above)]),
            ("msub", [base, below]) => self.pieces("m:sSub", &[("m:e", *base), ("m:sub", *below)]),
            ("msubsup", [base, below, above]) => self.pieces(
                "m:sSubSup",
                &[("m:e", *base), ("m:sub", *below), ("m:sup", *above)],
            ),
            ("munder", [base, below]) => {
                self.pieces("m:limLow", &[("m:e", *base), ("m:lim", *below)]);
            }
            ("mover", [base, above]) => self.over(*base, *above),
            ("munderover", [base, below, above]) => {
                self.xml.open("m:limUpp").open("m:e");
                self.pieces("m:limLow", &[("m:e", *base), ("m:lim", *below)]);
                self.xml.close();
                self.inside("m:lim", &[*above]);
                self.xml.close();
            }
            ("msqrt", _) => {
                self.xml.open("m:rad").open("m:radPr");
                self.xml.open("m:degHide").attr("m:val", "1").close();
                self.xml.close().open("m:deg").close();
                self.inside("m:e", &inner);
                self.xml.close();
            }
            ("mroot", [base, degree]) => {
                self.pieces("m:rad", &[("m:deg", *degree), ("m:e", *base)]);
            }
            ("mtable", _) => self.table(&inner),
            ("mrow" | "mstyle" | "mpadded" | "math" | "semantics" | "menclose", _) => {
                self.fenced(&inner);
            }
            _ => self.row(node),
        }
    }

    fn pieces(&mut self, tag: &'static str, pieces: &[(&'static str, Node<'_, '_>)]) {
        self.xml.open(tag);
        for (tag, node) in pieces {
            self.inside(tag, &[*node]);
        }
        self.xml.close();
    }

    /// An accent, a bar, or something said above.
    fn over(&mut self, base: Node<'_, '_>, above: Node<'_, '_>) {
        let sign = text_of(core(above));
        let combining = match sign.as_str() {
            "^" | "ˆ" => "\u{302}",
            "~" | "˜" => "\u{303}",
            "¯" | "ˉ" | "‾" | "―" => "\u{305}",
            "→" | "⃗" => "\u{20d7}",
            "˙" => "\u{307}",
            "¨" => "\u{308}",
            _ => {
                return self.pieces("m:limUpp", &[("m:e", base), ("m:lim", above)]);
            }
        };
        self.xml.open("m:acc").open("m:accPr");
        self.xml.open("m:chr").attr("m:val", combining).close();
        self.xml.close();
        self.inside("m:e", &[base]);
        self.xml.close();
    }

    /// A row whose brackets grow with what is in them.
    fn fenced(&mut self, nodes: &[Node<'_, '_>]) {
        let fence = |node: &Node<'_, '_>| {
            let is_fence = node.has_tag_name("mo") && node.attribute("fence") == Some("true");
            is_fence.then(|| text_of(*node))
        };
        if let [first, middle @ .., last] = nodes
            && let (Some(open), Some(close)) = (fence(first), fence(last))
            && open.chars().count() <= 1
            && close.chars().count() <= 1
        {
            return self.delimited(&open, &close, middle);
        }
        self.nodes(nodes);
    }

    fn table(&mut self, rows: &[Node<'_, '_>]) {
        let rows: Vec<Vec<Node<'_, '_>>> = rows
            .iter()
            .map(|row| {
                let cells = elements(*row).into_iter();
                cells.filter(|cell| cell.has_tag_name("mtd")).collect()
            })
            .collect();
        let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if n_columns == 0 {
            return;
        }
        self.xml
            .open("m:m")
            .open("m:mPr")
            .open("m:mcs")
            .open("m:mc")
            .open("m:mcPr");
        self.xml.open("m:count").attr("m:val", n_columns).close();
        self.xml.open("m:mcJc").attr("m:val", "center").close();
        self.xml.close().close().close().close();
        for row in rows {
            self.xml.open("m:mr");
            for at in 0..n_columns {
                self.inside("m:e", row.get(at).copied().as_slice());
            }
            self.xml.close();
        }
        self.xml.close();
    }

    fn run(&mut self, text: &str, italic: bool) {
        if text.is_empty() {
            return;
        }
        self.xml.open("m:r");
        if !italic {
            self.xml.open("m:rPr").open("m:sty").attr("m:val", "p");
            self.xml.close().close();
        }
        self.xml.leaf("m:t", text).close();
    }
}

// ---- text

fn linear(node: Node<'_, '_>, look: &Run, res: &mut Vec<Run>) {
    let inner = elements(node);
    let raised = |by: i32| Run {
        raised: if look.raised == 0 { by } else { look.raised },
        ..look.clone()
    };
    let say = |text: &str, italic: bool, res: &mut Vec<Run>| {
        res.push(Run {
            text: text.into(),
            italic: look.italic || italic,
            ..look.clone()
        });
    };
    match (node.tag_name().name(), inner.as_slice()) {
        ("mi", _) => {
            let text = text_of(node);
            let upright =
                node.attribute("mathvariant") == Some("normal") || text.chars().count() > 1;
            say(&text, !upright, res);
            if text.chars().count() > 1 {
                say("\u{2009}", false, res);
            }
        }
        ("mo", _) => {
            let text = text_of(node);
            let is_wide = text.chars().count() == 1 && "=+−<>≤≥≠≈→⇒∈±".contains(&text);
            let is_wide = is_wide && look.raised == 0;
            say(
                &if is_wide { format!(" {text} ") } else { text },
                false,
                res,
            );
        }
        ("mn" | "ms", _) => say(&text_of(node), false, res),
        ("mtext", _) => say(&text_of(node), false, res),
        ("mspace", _) => {}
        ("mfrac", [above, below]) => {
            bracketed(*above, look, res);
            say("/", false, res);
            bracketed(*below, look, res);
        }
        ("msup" | "mover", [base, above]) => {
            linear(*base, look, res);
            linear(*above, &raised(30), res);
        }
        ("msub" | "munder", [base, below]) => {
            linear(*base, look, res);
            linear(*below, &raised(-25), res);
        }
        ("msubsup" | "munderover", [base, below, above]) => {
            linear(*base, look, res);
            linear(*below, &raised(-25), res);
            linear(*above, &raised(30), res);
        }
        ("msqrt", _) => {
            say("√(", false, res);
            inner.iter().for_each(|node| linear(*node, look, res));
            say(")", false, res);
        }
        ("mroot", [base, degree]) => {
            linear(*degree, &raised(30), res);
            say("√", false, res);
            bracketed(*base, look, res);
        }
        ("mtr", _) => {
            for (cell, nth) in inner.iter().zip(0..) {
                if nth > 0 {
                    say("  ", false, res);
                }
                linear(*cell, look, res);
            }
            say("; ", false, res);
        }
        _ => inner.iter().for_each(|node| linear(*node, look, res)),
    }
}

/// A part of a fraction, in brackets if it is more than one thing.
fn bracketed(node: Node<'_, '_>, look: &Run, res: &mut Vec<Run>) {
    let is_one = elements(core(node)).len() <= 1;
    let bracket = |text: &str| Run {
        text: text.into(),
        ..look.clone()
    };
    if !is_one {
        res.push(bracket("("));
    }
    linear(node, look, res);
    if !is_one {
        res.push(bracket(")"));
    }
}

#[cfg(all(test, feature = "math"))]
mod tests {
    use super::*;

    fn set(tex: &str) -> String {
        markup(&mut Formulas::default(), tex).expect("a formula")
    }

    #[test]
    fn a_power_of_brackets_is_of_all_that_stands_in_them() {
        let power = set("(a+b)^{2}");
        assert!(power.starts_with("<m:oMath><m:sSup><m:e><m:d>"), "{power}");
        assert!(
            power.contains("<m:begChr m:val=\"(\"/><m:endChr m:val=\")\"/>"),
            "{power}"
        );
        let below = set("[x]_0^1");
        assert!(
            below.starts_with("<m:oMath><m:sSubSup><m:e><m:d>"),
            "{below}"
        );
        let inner = set("f((a)(b))");
        assert_eq!(inner.matches("<m:d>").count(), 3, "{inner}");
        let half = set("[0,1)");
        assert!(
            half.contains("m:val=\"[\"/><m:endChr m:val=\")\""),
            "{half}"
        );
        for alone in ["(a", "a)^2", "]a["] {
            assert!(!set(alone).contains("<m:d>"), "{alone}");
        }
    }
}
