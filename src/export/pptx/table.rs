//! Tables, and terms with what explains them, as tables of the presentation.

use super::compose::Composer;
use super::flow::Region;
use super::scene::{
    Align, Cell, Face, Para, Rect, Shape, Stroke, Style, Table as Grid, Text, What,
};
use crate::deck::{Align as Column, Attrs, List, Table};
use crate::layout::height::{self, TableHeights};
use crate::theme::places::Anchor;

impl Composer<'_> {
    pub fn table(&mut self, table: &Table, attrs: &Attrs, at: Rect, region: &Region) -> Shape {
        let mut setting = region.setting.wide(at.w);
        if attrs.has("compact") {
            setting.pad = 0.2;
        }
        let measured = TableHeights::of(table, setting);
        let n = measured.widths.len();
        let size = measured.size;
        let is_striped = attrs.has("striped");
        // Cells stand 24 units apart; those at the edges reach out to them.
        let columns: Vec<f64> = (0..n)
            .map(|at| {
                let edges = f64::from(u8::from(at > 0)) + f64::from(u8::from(at + 1 < n));
                measured.widths[at] + 12.0 * edges
            })
            .collect();
        let all: f64 = columns.iter().sum();
        let columns: Vec<f64> = columns.iter().map(|w| w * at.w / all.max(1.0)).collect();
        // Alone on its slide a table fills its place, one of few rows a part of it.
        let is_alone =
            self.frame.layout == crate::deck::Layout::Table && self.frame.slots.body.len() == 1;
        let part = match table.rows.len() {
            _ if !is_alone => 0.0,
            0..=2 => 0.56,
            3 => 0.78,
            _ => 1.0,
        };
        let rows_height: f64 = measured.rows.iter().sum();
        let room = (at.h * part - measured.head).max(rows_height);
        let grow = if rows_height > 0.0 {
            room / rows_height
        } else {
            1.0
        };
        let ground = region.ground;
        let style = Style {
            size,
            line: 1.25,
            ..self.plain(region)
        };
        let mut rows = Vec::new();
        let cells = |this: &mut Self, row: &[Vec<crate::deck::Inline>], nth: Option<usize>| {
            let is_head = nth.is_none();
            let is_last = nth == Some(table.rows.len() - 1);
            let made = row.iter().enumerate().map(|(column, cell)| {
                let is_total = is_last && attrs.has("total");
                let is_bold = is_head || is_total || attrs.has("first") && column == 0;
                let align = match table.align.get(column) {
                    Some(Column::Right | Column::Number) => Align::End,
                    Some(Column::Center) => Align::Center,
                    Some(Column::Start) | None => Align::Start,
                };
                let mut words = this.words(ground, Face::Text);
                words.size = size;
                let runs = words.line(cell);
                let side = |is_edge: bool| if is_edge && !is_striped { 0.0 } else { 12.0 };
                let is_odd = nth.is_some_and(|nth| nth % 2 == 0);
                let text = Text {
                    anchor: if is_head {
                        Anchor::Bottom
                    } else {
                        Anchor::Middle
                    },
                    inset: [
                        setting.pad * size * 0.9,
                        side(column + 1 == n),
                        setting.pad * size * 0.9,
                        side(column == 0),
                    ],
                    fill: (is_striped && is_odd).then(|| ground.shade(5.0)),
                    ..Text::new(
                        Style {
                            bold: is_bold,
                            align,
                            ..style
                        },
                        vec![Para {
                            runs,
                            ..Para::default()
                        }],
                    )
                };
                let below = match (is_head, is_last) {
                    (true, _) => Some(Stroke::solid(ground.fg, 4.0)),
                    (false, true) => None,
                    (false, false) if is_striped => None,
                    (false, false) => Some(Stroke::solid(ground.rule(), 1.5)),
                };
                Cell {
                    text,
                    below,
                    above: is_total.then(|| Stroke::solid(ground.fg, 2.5)),
                }
            });
            made.collect::<Vec<Cell>>()
        };
        rows.push((measured.head, cells(self, &table.head, None)));
        for (nth, row) in table.rows.iter().enumerate() {
            let height = measured.rows[nth] * grow;
            rows.push((height, cells(self, row, Some(nth))));
        }
        close_lines(&mut rows);
        self.as_table(rows, columns, at, true)
    }

    fn as_table(
        &self,
        rows: Vec<(f64, Vec<Cell>)>,
        columns: Vec<f64>,
        at: Rect,
        has_head: bool,
    ) -> Shape {
        let height = rows.iter().map(|(height, _)| height).sum();
        Shape {
            at: Rect { h: height, ..at },
            what: What::Table(Box::new(Grid {
                columns,
                rows,
                has_head,
            })),
            name: "Table".into(),
            alt: String::new(),
            holder: None,
            step: 0,
        }
    }

    /// Terms and what explains them, as a table without a head.
    pub fn terms(&mut self, list: &List, at: Rect, region: &Region) -> Shape {
        let setting = region.setting.wide(at.w);
        let (term, rest) = height::term_widths(setting);
        let style = self.plain(region);
        let ground = region.ground;
        let heights = height::items(list, &list.items, setting);
        let gap = height::item_gap(list, setting);
        let mut rows = Vec::new();
        for (item, height) in list.items.iter().zip(heights) {
            let (first, others) = item.blocks.split_at(item.blocks.len().min(1));
            let mut words = self.words(ground, Face::Text);
            words.size = style.size;
            let sides = [words.blocks(first), words.blocks(others)];
            let cells = sides
                .into_iter()
                .zip([true, false])
                .map(|(paras, is_term)| Cell {
                    text: Text {
                        inset: [0.4 * style.size, if is_term { 24.0 } else { 0.0 }, 0.0, 0.0],
                        ..Text::new(
                            Style {
                                bold: is_term,
                                ..style
                            },
                            paras,
                        )
                    },
                    above: Some(Stroke::solid(ground.rule(), 1.5)),
                    below: None,
                });
            rows.push((height + gap, cells.collect()));
        }
        close_lines(&mut rows);
        self.as_table(rows, vec![term + 24.0, rest.max(1.0)], at, false)
    }
}

/// A line between two rows belongs to both.
fn close_lines(rows: &mut [(f64, Vec<Cell>)]) {
    for at in 1..rows.len() {
        let (front, back) = rows.split_at_mut(at);
        let (Some((_, upper)), Some((_, lower))) = (front.last_mut(), back.first_mut()) else {
            continue;
        };
        for (upper, lower) in upper.iter_mut().zip(lower) {
            let line = lower.above.or(upper.below);
            upper.below = line;
            lower.above = line;
        }
    }
}
