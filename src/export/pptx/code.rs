//! Code as text in colours, its lines numbered by the presentation itself.

use super::compose::Composer;
use super::flow::Region;
use super::scene::{Align, Face, Mark, Para, Rect, Run, Shape, Style, Text};
use crate::deck::Code;
use crate::deck::code::{Extent, Lines};
use crate::layout::height;
use crate::theme::places::Anchor;

impl Composer<'_> {
    pub fn code(&mut self, code: &Code, at: Rect, region: &Region) -> Vec<Shape> {
        let setting = region.setting;
        if region.is_code && region.is_alone {
            // Alone it is as large as its place lets it be.
            let Extent { columns, lines } = Extent::of(code);
            let wide = at.w / (columns.max(24) as f64 * 0.603);
            let high = at.h / (lines.max(4) as f64 * 1.42);
            let size = wide.min(high).min(34.0).max(setting.code.0);
            return vec![self.code_text(code, at, (size, size), Some(Anchor::Middle))];
        }
        if region.is_code {
            let size = height::code_size([code].into_iter(), at.w, setting);
            return vec![self.code_text(code, at, (size, size), None)];
        }
        let size = height::code_size([code].into_iter(), at.w - 56.0, setting);
        let inner = Rect {
            x: at.x + 28.0,
            y: at.y + 24.0,
            w: at.w - 56.0,
            h: (at.h - 48.0).max(size),
        };
        let lines = height::code_lines(code, size, inner.w) * size * 1.42 + 48.0;
        let panel = Rect {
            h: at.h.min(lines.max(size)),
            ..at
        };
        let panel_colour = self.paints.get("panel");
        let mut text = self.code_text(code, inner, (size, size), None);
        // A face that runs a little wider breaks no line.
        text.at.w += 28.0;
        vec![Shape::area("Panel", panel, panel_colour), text]
    }

    /// The lines of code, coloured.
    pub fn code_text(
        &mut self,
        code: &Code,
        at: Rect,
        (least, most): (f64, f64),
        anchor: Option<Anchor>,
    ) -> Shape {
        let columns = Extent::of(code).columns.max(24) as f64;
        let size = (at.w / (columns * 0.603)).min(most).max(least);
        let look = &code.look;
        if look.stages.len() > 1 {
            self.lost.add("walks through code");
        }
        let style = Style {
            size,
            colour: self.paints.get("on-panel"),
            mark: self.paints.get("hl-comment"),
            face: Face::Mono,
            bold: false,
            line: 1.42,
            track: 0.0,
            gap: 0.0,
            align: Align::Start,
        };
        let mut paras = Vec::new();
        if !look.name.is_empty() {
            paras.push(Para {
                runs: vec![Run {
                    scale: Some(0.75),
                    colour: Some(self.paints.get("hl-comment")),
                    ..Run::plain(&look.name)
                }],
                before: Some(0.0),
                ..Para::default()
            });
        }
        let is_diff = look.diff || matches!(code.lang.as_str(), "diff" | "patch");
        let lines = self
            .cache
            .colours
            .lines(&code.lang, &crate::render::code_text(code));
        let sources: Vec<&str> = code.text.split('\n').collect();
        let mut number = look.numbers;
        for ((line, source), at) in lines.iter().zip(&sources).zip(1..) {
            let sign = source.chars().next().filter(|_| is_diff);
            let is_marked = match &look.stages[..] {
                [only] => only.lines != Lines::All && only.lines.holds(at),
                _ => false,
            };
            let behind = match sign {
                Some('+') => Some(self.paints.get("hl-string")),
                Some('-') => Some(self.paints.get("hl-removed")),
                _ if is_marked => Some(self.paints.get("hl-keyword")),
                _ => None,
            };
            let behind = behind.map(|colour| colour.mixed(16.0, self.paints.get("panel")));
            let mut runs: Vec<Run> = Vec::new();
            if look.diff {
                let sign = sign.filter(|sign| matches!(sign, '+' | '-')).unwrap_or(' ');
                runs.push(Run::plain(&format!("{sign} ")));
            }
            runs.extend(
                line.iter()
                    .filter(|run| !run.text.is_empty())
                    .map(|run| Run {
                        colour: (!run.class.is_empty())
                            .then(|| self.paints.get(&format!("hl-{}", run.class))),
                        // Blanks at the start of a line are part of it.
                        ..Run::plain(&run.text.trim_end_matches('\n').replace('\t', "    "))
                    }),
            );
            for run in &mut runs {
                run.behind = behind;
            }
            let is_counted = sign != Some('-') || !look.diff;
            let mark = match number.filter(|_| is_counted) {
                Some(own) => {
                    number = Some(own + 1);
                    Mark::Line(own)
                }
                None => Mark::None,
            };
            paras.push(Para {
                runs,
                mark,
                before: Some(0.0),
                ..Para::default()
            });
        }
        let text = Text {
            anchor: anchor.unwrap_or_default(),
            ..Text::new(style, paras)
        };
        Shape::text("Code", at, text)
    }
}
