//! SVG in slide units, and labels that never cover each other.

use crate::escape::escape;
use crate::measure::{self, Weight};

/// A box in slide units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub w: f64,
    /// Height.
    pub h: f64,
}

impl Rect {
    /// The right edge.
    pub fn right(&self) -> f64 {
        self.x + self.w
    }

    /// The bottom edge.
    pub fn bottom(&self) -> f64 {
        self.y + self.h
    }

    /// Whether two boxes cover each other, and do not only touch.
    fn meets(&self, other: &Rect) -> bool {
        const TOUCH: f64 = 0.5;
        self.x + TOUCH < other.right()
            && other.x + TOUCH < self.right()
            && self.y + TOUCH < other.bottom()
            && other.y + TOUCH < self.bottom()
    }
}

/// Which part of a label stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its start.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// How a label is set.
#[derive(Debug, Clone, Copy)]
pub struct Label<'a> {
    /// Where it stands, from left to right.
    pub x: f64,
    /// The middle of its only or of all its lines, from top to bottom.
    pub y: f64,
    /// What of it stands at `x`.
    pub anchor: Anchor,
    /// Its weight.
    pub weight: Weight,
    /// Its class.
    pub class: &'a str,
}

/// Height of a line of labels, as a factor of their size.
pub const LEADING: f64 = 1.2;

/// Collects the elements of a drawing.
#[derive(Clone)]
pub struct Canvas {
    /// The whole drawing.
    pub area: Rect,
    /// Size of all labels.
    pub size: f64,
    out: String,
    taken: Vec<Rect>,
}

impl Canvas {
    /// An empty drawing.
    pub fn new(w: f64, h: f64, size: f64) -> Canvas {
        Canvas {
            area: Rect {
                x: 0.0,
                y: 0.0,
                w,
                h,
            },
            size,
            out: String::new(),
            taken: Vec::new(),
        }
    }

    /// The elements drawn so far.
    pub fn finish(self) -> String {
        self.out
    }

    /// Height of one line.
    pub fn line(&self) -> f64 {
        self.size * LEADING
    }

    /// Width of a text in the size of all labels.
    pub fn width(&self, text: &str, weight: Weight) -> f64 {
        measure::width(text, self.size, weight)
    }

    /// Width of the widest of some texts.
    pub fn widest<'t>(&self, texts: impl IntoIterator<Item = &'t str>, weight: Weight) -> f64 {
        texts
            .into_iter()
            .map(|text| self.width(text, weight))
            .fold(0.0, f64::max)
    }

    /// A text in lines of at most this width, no more than `n` of them.
    pub fn wrapped(&self, text: &str, weight: Weight, most: f64, n: usize) -> Vec<String> {
        let mut lines = measure::wrap(text, self.size, weight, most);
        if lines.len() > n.max(1) {
            let rest = lines.split_off(n.max(1) - 1).join(" ");
            lines.push(rest);
        }
        lines
            .iter()
            .map(|line| measure::shortened(line, self.size, weight, most))
            .collect()
    }

    /// Keeps a place free of labels that are put later.
    pub fn keep_free(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Where a label of these lines would stand.
    pub fn place(&self, lines: &[String], label: Label<'_>) -> Rect {
        let w = self.widest(lines.iter().map(String::as_str), label.weight);
        let h = self.line() * lines.len() as f64;
        let x = match label.anchor {
            Anchor::Start => label.x,
            Anchor::Middle => label.x - w / 2.0,
            Anchor::End => label.x - w,
        };
        Rect {
            x,
            y: label.y - h / 2.0,
            w,
            h,
        }
    }

    /// Puts a label where nothing else stands; says whether it could.
    pub fn put(&mut self, lines: &[String], label: Label<'_>) -> bool {
        let place = self.place(lines, label);
        let is_inside = place.x >= -0.6
            && place.y >= -0.6
            && place.right() <= self.area.w + 0.6
            && place.bottom() <= self.area.h + 0.6;
        if !is_inside
            || lines.iter().all(String::is_empty)
            || self.taken.iter().any(|taken| taken.meets(&place))
        {
            return false;
        }
        self.taken.push(place);
        let anchor = match label.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let class = match (label.weight, label.class) {
            (Weight::Regular, "") => String::new(),
            (Weight::Regular, class) => format!(" class=\"{class}\""),
            (Weight::Bold, "") => " class=\"b\"".into(),
            (Weight::Bold, class) => format!(" class=\"{class} b\""),
        };
        for (line, number) in lines.iter().zip(0..) {
            // The baseline stands so that figures and capitals are in the middle of the line.
            let y = place.y + self.line() * (f64::from(number) + 0.5) + self.size * 0.364;
            self.out += &format!("<text{class} x=\"{}\" y=\"{}\"{anchor}>", n(label.x), n(y));
            escape(&mut self.out, line);
            self.out += "</text>";
        }
        true
    }

    /// Puts a label of one line.
    pub fn put_line(&mut self, text: &str, label: Label<'_>) -> bool {
        self.put(&[text.to_string()], label)
    }

    /// Puts a label whose size is not that of the rest.
    pub fn put_sized(&mut self, text: &str, label: Label<'_>) -> bool {
        let before = self.out.len();
        let is_put = self.put_line(text, label);
        if is_put {
            let sized = self.out[before..].replacen(
                "<text",
                &format!("<text font-size=\"{}\"", n(self.size)),
                1,
            );
            self.out.truncate(before);
            self.out += &sized;
        }
        is_put
    }

    /// A filled box.
    pub fn rect(&mut self, class: &str, rect: Rect) {
        self.out += &format!(
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            n(rect.x),
            n(rect.y),
            n(rect.w.max(0.0)),
            n(rect.h.max(0.0))
        );
    }

    /// A straight line.
    pub fn stroke(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.path(
            class,
            &format!("M{} {}L{} {}", n(from.0), n(from.1), n(to.0), n(to.1)),
        );
    }

    /// A path, written as SVG does.
    pub fn path(&mut self, class: &str, d: &str) {
        self.out += &format!("<path class=\"{class}\" d=\"{d}\"/>");
    }

    /// A mark of a series: circle, square, triangle or diamond, so that colour
    /// is not alone in telling series apart.
    pub fn mark(&mut self, class: &str, series: usize, (x, y): (f64, f64), r: f64) {
        match series % 4 {
            0 => {
                self.out += &format!(
                    "<circle class=\"{class}\" cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
                    n(x),
                    n(y),
                    n(r)
                );
            }
            1 => {
                let side = r * 1.76;
                self.rect(
                    class,
                    Rect {
                        x: x - side / 2.0,
                        y: y - side / 2.0,
                        w: side,
                        h: side,
                    },
                );
            }
            2 => {
                let (a, b) = (r * 1.2, r * 1.04);
                self.path(
                    class,
                    &format!(
                        "M{} {}L{} {}L{} {}z",
                        n(x),
                        n(y - a),
                        n(x + b * 1.1),
                        n(y + a * 0.7),
                        n(x - b * 1.1),
                        n(y + a * 0.7)
                    ),
                );
            }
            _ => {
                let a = r * 1.3;
                self.path(
                    class,
                    &format!(
                        "M{} {}L{} {}L{} {}L{} {}z",
                        n(x),
                        n(y - a),
                        n(x + a),
                        n(y),
                        n(x),
                        n(y + a),
                        n(x - a),
                        n(y)
                    ),
                );
            }
        }
    }
}

/// A coordinate to a tenth of a unit.
pub fn n(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0 + 0.0;
    if rounded.fract() == 0.0 {
        format!("{rounded:.0}")
    } else {
        format!("{rounded:.1}")
    }
}

/// Moves labels of given heights, whose middles want to be at `wanted`, apart,
/// keeping their order and, if all fit, between `low` and `high`.
pub fn spread(wanted: &[f64], heights: &[f64], low: f64, high: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut res = wanted.to_vec();
    let mut floor = low;
    for &at in &order {
        res[at] = res[at].max(floor + heights[at] / 2.0);
        floor = res[at] + heights[at] / 2.0;
    }
    let mut ceiling = high;
    for &at in order.iter().rev() {
        res[at] = res[at].min(ceiling - heights[at] / 2.0);
        ceiling = res[at] - heights[at] / 2.0;
    }
    res
}
