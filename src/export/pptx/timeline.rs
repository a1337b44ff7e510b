//! A timeline: dates on one side of a line, what happened on the other.

use super::compose::Composer;
use super::flow::Region;
use super::scene::{Face, Para, Path, Rect, Shape, Style, Text};
use crate::deck::{Attrs, List};
use crate::layout::dates;
use crate::theme::places::Anchor;

impl Composer<'_> {
    pub fn timeline(
        &mut self,
        list: &List,
        attrs: &Attrs,
        at: Rect,
        region: &Region,
    ) -> Vec<Shape> {
        let drawn = self.wide.theme.places().timeline.clone();
        let (line, dot, is_round) = drawn
            .as_ref()
            .map_or((6.0, 22.0, false), |own| (own.line, own.dot, own.round));
        let ground = region.ground;
        let fill = drawn.map_or(ground.fg, |own| ground.named(&own.fill, &self.paints));
        let n = list.items.len().max(1) as f64;
        let along = attrs.has("along");
        let keeps = region.setting.keeps;
        let font = dates::date_size(attrs) * keeps;
        let font = if along { font } else { font.min(44.0 * keeps) };
        let date_style = Style {
            size: font,
            face: Face::Display,
            bold: self.wide.theme.faces.display.weight >= 600,
            line: 1.05,
            track: -0.02,
            ..self.plain(region)
        };
        let event_style = self.plain(region);
        let column = (at.w + 24.0) / 12.0;
        let mut res = Vec::new();
        let axis = if along {
            let y = at.y + at.h * 0.38;
            Rect { y, h: line, ..at }
        } else {
            Rect {
                x: at.x + column * 4.0,
                w: line,
                ..at
            }
        };
        res.push(Shape::area("Line", axis, fill));
        for (item, nth) in list.items.iter().zip(0..) {
            let (date, event) = dates::apart(item);
            let start = f64::from(nth);
            let (date_at, event_at, centre) = if along {
                let width = at.w / n;
                let x = at.x + width * start;
                let date = Rect {
                    x,
                    y: at.y,
                    w: width - 12.0,
                    h: axis.y - at.y - 0.5 * font,
                };
                let event = Rect {
                    x,
                    y: axis.bottom() + 34.0,
                    w: width - 28.0,
                    h: at.bottom() - axis.bottom() - 34.0,
                };
                (date, event, (x + dot / 2.0, axis.y + line / 2.0))
            } else {
                let height = at.h / n;
                let y = at.y + height * start;
                let date = Rect {
                    x: at.x,
                    y,
                    w: column * 4.0 - 24.0,
                    h: height,
                };
                let x = axis.right() + 1.4 * event_style.size;
                let event = Rect {
                    x,
                    y: y + 0.3 * event_style.size,
                    w: at.right() - x,
                    h: height - 0.3 * event_style.size,
                };
                let middle = y + 0.55 * event_style.size + dot / 2.0;
                (date, event, (axis.x + line / 2.0, middle))
            };
            res.push(mark(centre, dot, is_round, ground.spot));
            let mut words = self.words(ground, Face::Text);
            words.size = event_style.size;
            let date = words.line(&date);
            let mut paras = words.blocks(&event);
            for run in paras
                .iter_mut()
                .flat_map(|para| para.runs.first_mut())
                .take(1)
            {
                run.text = run.text.trim_start().to_string();
            }
            let date = Text {
                anchor: if along { Anchor::Bottom } else { Anchor::Top },
                ..Text::new(
                    date_style,
                    vec![Para {
                        runs: date,
                        ..Para::default()
                    }],
                )
            };
            let step = item.step;
            res.push(Shape {
                step,
                ..Shape::text("Date", date_at, date)
            });
            res.push(Shape {
                step,
                ..Shape::text("Event", event_at, Text::new(event_style, paras))
            });
        }
        res
    }
}

/// The mark of an entry of a timeline.
fn mark(centre: (f64, f64), size: f64, is_round: bool, colour: super::paint::Colour) -> Shape {
    let (x, y) = (centre.0 - size / 2.0, centre.1 - size / 2.0);
    if !is_round {
        let at = Rect {
            x,
            y,
            w: size,
            h: size,
        };
        return Shape::area("Mark", at, colour);
    }
    let circle = kurbo::Circle::new(centre, size / 2.0);
    let path = Path {
        outline: kurbo::Shape::to_path(&circle, 0.1),
        fill: Some(colour),
        stroke: None,
    };
    Shape::path("Mark", path)
}
