//! How much room a formula takes, roughly: programs that draw a formula as a
//! picture stretch it to its box, so the box has to have its shape.

use roxmltree::{Document, Node};

use super::{elements, mathml, text_of};
use crate::math::Formulas;

/// How much smaller what is raised or lowered is.
const SCRIPT: f64 = 0.7;

/// Width and height of a formula that stands alone, in sizes of its type.
pub fn extent(formulas: &mut Formulas, tex: &str) -> Option<(f64, f64)> {
    let math = mathml(formulas, tex, true)?;
    let document = Document::parse(&math).ok()?;
    let (wide, high) = of(document.root_element());
    (wide > 0.0 && high > 0.0).then_some((wide, high))
}

fn of(node: Node<'_, '_>) -> (f64, f64) {
    let inner = elements(node);
    let small = |node: &Node<'_, '_>| {
        let (wide, high) = of(*node);
        (wide * SCRIPT, high * SCRIPT)
    };
    match (node.tag_name().name(), inner.as_slice()) {
        ("mi" | "mn" | "ms" | "mtext", _) => (0.52 * text_of(node).chars().count() as f64, 1.15),
        ("mo", _) => sign(&text_of(node)),
        ("mspace", _) => {
            let width = node.attribute("width").unwrap_or_default();
            let width: f64 = width.trim_end_matches("em").parse().unwrap_or(0.0);
            (width.clamp(0.0, 4.0), 0.0)
        }
        ("mfrac", [above, below]) => {
            let (above, below) = (of(*above), of(*below));
            (above.0.max(below.0) + 0.25, above.1 + below.1 + 0.2)
        }
        ("msup" | "msub", [base, script]) => {
            let (base, script) = (of(*base), small(script));
            (base.0 + script.0, base.1 + 0.5 * script.1)
        }
        ("msubsup", [base, below, above]) => {
            let (base, below, above) = (of(*base), small(below), small(above));
            (
                base.0 + below.0.max(above.0),
                base.1 + 0.5 * (below.1 + above.1),
            )
        }
        ("munder" | "mover", [base, limit]) => {
            let (base, limit) = (of(*base), small(limit));
            (base.0.max(limit.0), base.1 + limit.1)
        }
        ("munderover", [base, below, above]) => {
            let (base, below, above) = (of(*base), small(below), small(above));
            (base.0.max(below.0).max(above.0), base.1 + below.1 + above.1)
        }
        ("msqrt" | "mroot", _) => {
            let (wide, high) = row(&inner);
            (wide + 0.6, high + 0.15)
        }
        ("mtable", rows) => {
            let cells = |row: &Node<'_, '_>| elements(*row).into_iter().map(of).collect::<Vec<_>>();
            let rows: Vec<Vec<(f64, f64)>> = rows.iter().map(cells).collect();
            let n_columns = rows.iter().map(Vec::len).max().unwrap_or(0);
            let column = |at: usize| {
                let cells = rows.iter().filter_map(|row| row.get(at));
                cells.fold(0.0_f64, |most, cell| most.max(cell.0))
            };
            let high =
                |row: &Vec<(f64, f64)>| row.iter().fold(1.15_f64, |most, cell| most.max(cell.1));
            (
                (0..n_columns).map(column).sum::<f64>() + 0.8 * n_columns.saturating_sub(1) as f64,
                rows.iter().map(high).sum::<f64>() + 0.2 * rows.len().saturating_sub(1) as f64,
            )
        }
        _ => row(&inner),
    }
}

fn row(nodes: &[Node<'_, '_>]) -> (f64, f64) {
    nodes
        .iter()
        .map(|node| of(*node))
        .fold((0.0, 0.0), |(wide, high), own| {
            (wide + own.0, f64::max(high, own.1))
        })
}

/// An operator with the room around it.
fn sign(text: &str) -> (f64, f64) {
    const WIDE: &str = "=+−-<>≤≥≠≈≡∼→⇒⇔∈±×÷·";
    match text.chars().next() {
        None => (0.0, 0.0),
        Some(c) if super::LARGE.contains(c) => (1.1, 2.2),
        Some(c) if WIDE.contains(c) => (1.25, 1.15),
        Some(_) => (0.4 * text.chars().count() as f64, 1.15),
    }
}
