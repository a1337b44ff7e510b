//! Charts that can be edited: a chart of the presentation's own with the
//! workbook its numbers come from.

use super::body::{self, emu};
use super::book;
use super::package::{Package, Relations};
use super::paint::{Colour, Ground, Paints};
use super::scene::Stroke;
use super::xml::Xml;
use super::{PX_POINT, chart_path};
use crate::chart;
use crate::deck::chart::{Chart, ChartKind, NumberStyle};

/// Bars up to which each says its number, instead of an axis.
const MAX_LABELS: usize = 12;
/// Width below which type is smaller.
const NARROW: f64 = 700.0;
/// The numbers of the two axes.
const AXES: [u32; 2] = [111, 222];

/// A chart with its colours.
pub struct Native {
    chart: Chart,
    ground: Ground,
    /// The colours of each series, and of each name in it.
    colours: Vec<Vec<(Colour, Colour)>>,
    size: f64,
    lies: bool,
}

impl Native {
    /// A chart on a ground.
    pub fn new(chart: &Chart, paints: &Paints, ground: &Ground, on: &str, width: f64) -> Native {
        let n_names = chart.names.len();
        let is_line = matches!(
            chart.kind,
            ChartKind::Line | ChartKind::Area | ChartKind::Scatter
        );
        let of = |series: usize, name: &str| match chart::class_of(chart, series, name).as_str() {
            "hot" => (ground.spot, ground.bg),
            "cool" if is_line => (ground.shade(48.0), ground.fg),
            "cool" => (ground.shade(24.0), ground.fg),
            class => {
                let number = class.trim_start_matches('s').parse::<usize>().unwrap_or(1);
                paints.series(number.saturating_sub(1), on)
            }
        };
        let is_pie = matches!(chart.kind, ChartKind::Pie | ChartKind::Donut);
        let colours = (0..chart.series.len().max(1)).map(|series| {
            let each = (0..n_names).map(|name| {
                let own = if is_pie { name } else { series };
                of(own, &chart.names[name])
            });
            each.collect()
        });
        Native {
            colours: colours.collect(),
            ground: *ground,
            size: if width < NARROW { 22.0 } else { 24.0 },
            lies: chart::lies(chart, chart.room),
            chart: chart.clone(),
        }
    }

    /// Puts the chart and its workbook into the presentation.
    pub fn add(&self, index: usize, package: &mut Package) -> anyhow::Result<()> {
        let book = format!("ppt/embeddings/Microsoft_Excel_Sheet{}.xlsx", index + 1);
        package.add_file(&book, book::workbook(&self.chart)?);
        let mut relations = Relations::default();
        let id = relations.to("package", &book);
        package.add(
            &chart_path(index),
            "drawingml.chart",
            self.xml(&id),
            relations,
        );
        Ok(())
    }

    fn xml(&self, book: &str) -> String {
        let mut xml = Xml::document();
        xml.open("c:chartSpace")
            .attr(
                "xmlns:c",
                "http://schemas.openxmlformats.org/drawingml/2006/chart",
            )
            .attr(
                "xmlns:a",
                "http://schemas.openxmlformats.org/drawingml/2006/main",
            )
            .attr(
                "xmlns:r",
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            );
        xml.value("c:date1904", 0).value("c:roundedCorners", 0);
        xml.open("c:chart").value("c:autoTitleDeleted", 1);
        xml.open("c:plotArea").open("c:layout").close();
        match self.chart.kind {
            ChartKind::Bar => self.bars(&mut xml),
            ChartKind::Line | ChartKind::Area => self.lines(&mut xml),
            ChartKind::Scatter => self.points(&mut xml),
            ChartKind::Pie | ChartKind::Donut => self.pie(&mut xml),
        }
        xml.open("c:spPr").open("a:noFill").close().close();
        xml.close();
        if self.has_legend() {
            xml.open("c:legend")
                .value("c:legendPos", "t")
                .value("c:overlay", 0);
            self.type_(&mut xml, self.ground.fg, false);
            xml.close();
        }
        xml.value("c:plotVisOnly", 1).value("c:dispBlanksAs", "gap");
        xml.close();
        xml.open("c:spPr").open("a:noFill").close();
        body::line(&mut xml, "a:ln", None);
        xml.close();
        self.type_(&mut xml, self.ground.fg, false);
        xml.open("c:externalData")
            .attr("r:id", book)
            .value("c:autoUpdate", 0)
            .close();
        xml.finish()
    }

    fn has_legend(&self) -> bool {
        match self.chart.kind {
            ChartKind::Pie | ChartKind::Donut => true,
            ChartKind::Scatter => self.groups().len() > 1,
            ChartKind::Bar | ChartKind::Line | ChartKind::Area => self.chart.series.len() > 1,
        }
    }

    /// How text of the chart is set.
    fn type_(&self, xml: &mut Xml, colour: Colour, bold: bool) {
        xml.open("c:txPr").open("a:bodyPr").close();
        xml.open("a:lstStyle").close();
        xml.open("a:p").open("a:pPr").open("a:defRPr");
        xml.attr("sz", (self.size * PX_POINT).round() as i64);
        xml.attr("b", u8::from(bold));
        body::fill(xml, colour);
        xml.open("a:latin").attr("typeface", "+mn-lt").close();
        xml.close().close();
        xml.open("a:endParaRPr").attr("lang", "en-US").close();
        xml.close().close();
    }

    // ---- kinds

    fn bars(&self, xml: &mut Xml) {
        let chart = &self.chart;
        let stacked = chart.stacked && chart.series.len() > 1;
        let labelled =
            chart.names.len() * chart.series.len() <= MAX_LABELS || chart.series.len() == 1;
        xml.open("c:barChart");
        xml.value("c:barDir", if self.lies { "bar" } else { "col" });
        xml.value("c:grouping", if stacked { "stacked" } else { "clustered" });
        xml.value("c:varyColors", 0);
        for at in 0..chart.series.len() {
            self.begin_series(xml, at);
            self.shape(xml, self.series_colour(at));
            xml.value("c:invertIfNegative", 0);
            self.own_points(xml, at, true);
            if labelled {
                let (colour, place) = match stacked {
                    true => (self.colours[at].first().map(|(_, on)| *on), "ctr"),
                    false => (None, "outEnd"),
                };
                self.labels(
                    xml,
                    colour.unwrap_or(self.ground.fg),
                    Some(place),
                    "c:showVal",
                );
            }
            self.names(xml, "c:cat");
            self.values(xml, "c:val", at);
            xml.close();
        }
        xml.value("c:gapWidth", 52);
        if stacked {
            xml.value("c:overlap", 100);
        }
        self.end_plot(xml);
        self.name_axis(xml, if self.lies { "l" } else { "b" }, self.lies);
        self.number_axis(
            xml,
            AXES,
            if self.lies { "b" } else { "l" },
            labelled,
            "between",
        );
    }

    fn lines(&self, xml: &mut Xml) {
        let chart = &self.chart;
        let is_area = chart.kind == ChartKind::Area;
        let stacked = is_area && chart.series.len() > 1;
        xml.open(if is_area {
            "c:areaChart"
        } else {
            "c:lineChart"
        });
        xml.value("c:grouping", if stacked { "stacked" } else { "standard" });
        xml.value("c:varyColors", 0);
        for at in 0..chart.series.len() {
            self.begin_series(xml, at);
            let colour = self.series_colour(at);
            if is_area {
                let own = match stacked {
                    true => colour,
                    false => colour.mixed(30.0, self.ground.bg),
                };
                self.shape(xml, own);
            } else {
                self.drawn(xml, colour, 4.0);
                self.marker(xml, colour);
            }
            self.names(xml, "c:cat");
            self.values(xml, "c:val", at);
            if !is_area {
                xml.value("c:smooth", 0);
            }
            xml.close();
        }
        if !is_area {
            xml.value("c:marker", 1);
        }
        self.end_plot(xml);
        self.name_axis(xml, "b", false);
        let cross = if is_area { "midCat" } else { "between" };
        self.number_axis(xml, AXES, "l", false, cross);
    }

    fn pie(&self, xml: &mut Xml) {
        let is_donut = self.chart.kind == ChartKind::Donut;
        xml.open(if is_donut {
            "c:doughnutChart"
        } else {
            "c:pieChart"
        });
        xml.value("c:varyColors", 1);
        self.begin_series(xml, 0);
        self.own_points(xml, 0, false);
        // Numbers stand on their parts, each in what is read there.
        let place = if is_donut { None } else { Some("ctr") };
        xml.open("c:dLbls");
        for ((_, on), nth) in self.colours[0].iter().zip(0..) {
            xml.open("c:dLbl").value("c:idx", nth);
            self.label(xml, *on, place, "c:showVal");
            xml.close();
        }
        self.label(xml, self.ground.fg, place, "c:showVal");
        xml.value("c:showLeaderLines", 0).close();
        self.names(xml, "c:cat");
        self.values(xml, "c:val", 0);
        xml.close();
        xml.value("c:firstSliceAng", 0);
        if is_donut {
            xml.value("c:holeSize", 58);
        }
        xml.close();
    }

    /// Points by two numbers, a series for each group.
    fn points(&self, xml: &mut Xml) {
        xml.open("c:scatterChart")
            .value("c:scatterStyle", "lineMarker")
            .value("c:varyColors", 0);
        for ((group, rows), at) in self.groups().into_iter().zip(0..) {
            xml.open("c:ser").value("c:idx", at).value("c:order", at);
            if !group.is_empty() {
                xml.open("c:tx").leaf("c:v", &group).close();
            }
            xml.open("c:spPr");
            body::line(xml, "a:ln", None);
            xml.close();
            let colour = self.colours[0]
                .get(rows[0])
                .map_or(self.ground.spot, |(own, _)| *own);
            self.marker(xml, colour);
            for (tag, series) in [("c:xVal", 0), ("c:yVal", 1)] {
                xml.open(tag)
                    .open("c:numLit")
                    .leaf("c:formatCode", "General");
                xml.value("c:ptCount", rows.len());
                for (row, nth) in rows.iter().zip(0..) {
                    let values = self.chart.series.get(series).map(|series| &series.values);
                    let value = values.and_then(|values| *values.get(*row)?);
                    if let Some(value) = value {
                        xml.open("c:pt").attr("idx", nth);
                        xml.leaf("c:v", &value.get().to_string()).close();
                    }
                }
                xml.close().close();
            }
            xml.value("c:smooth", 0).close();
        }
        self.end_plot(xml);
        let title = |at: usize| {
            let series = self.chart.series.get(at);
            series.map_or(String::new(), |series| series.name.clone())
        };
        self.axis(xml, AXES, "b", false, "midCat", &title(0));
        self.axis(xml, [AXES[1], AXES[0]], "l", false, "midCat", &title(1));
    }

    /// The rows of each group of points, in the order of their first row.
    fn groups(&self) -> Vec<(String, Vec<usize>)> {
        let mut res: Vec<(String, Vec<usize>)> = Vec::new();
        for row in 0..self.chart.names.len() {
            let name = self.chart.groups.get(row).cloned().unwrap_or_default();
            match res.iter_mut().find(|(known, _)| *known == name) {
                Some((_, rows)) => rows.push(row),
                None => res.push((name, vec![row])),
            }
        }
        res
    }

    // ---- pieces

    fn begin_series(&self, xml: &mut Xml, at: usize) {
        xml.open("c:ser").value("c:idx", at).value("c:order", at);
        let name = self
            .chart
            .series
            .get(at)
            .map_or("", |series| series.name.as_str());
        xml.open("c:tx").open("c:strRef");
        xml.leaf("c:f", &format!("Sheet1!${}$1", book::column(at + 1)));
        xml.open("c:strCache").value("c:ptCount", 1);
        xml.open("c:pt").attr("idx", 0).leaf("c:v", name).close();
        xml.close().close().close();
    }

    fn series_colour(&self, at: usize) -> Colour {
        let own = self.colours.get(at).and_then(|names| {
            // Where one name is lit, the series has the colour of the others.
            names
                .iter()
                .rev()
                .find(|(colour, _)| *colour != self.ground.spot)
                .or(names.first())
        });
        own.map_or(self.ground.spot, |(colour, _)| *colour)
    }

    /// Points that have another colour than their series.
    fn own_points(&self, xml: &mut Xml, at: usize, only_others: bool) {
        let usual = self.series_colour(at);
        let names = self.colours.get(at).map_or(&[][..], Vec::as_slice);
        for ((colour, _), nth) in names.iter().zip(0..) {
            if only_others && *colour == usual {
                continue;
            }
            xml.open("c:dPt").value("c:idx", nth);
            if only_others {
                xml.value("c:invertIfNegative", 0);
            }
            xml.value("c:bubble3D", 0);
            xml.open("c:spPr");
            body::fill(xml, *colour);
            if !only_others {
                body::line(xml, "a:ln", Some(Stroke::solid(self.ground.bg, 3.0)));
            }
            xml.close().close();
        }
    }

    fn shape(&self, xml: &mut Xml, colour: Colour) {
        xml.open("c:spPr");
        body::fill(xml, colour);
        body::line(xml, "a:ln", None);
        xml.close();
    }

    fn marker(&self, xml: &mut Xml, colour: Colour) {
        let is_line = self.chart.kind == ChartKind::Line;
        xml.open("c:marker")
            .value("c:symbol", "circle")
            .value("c:size", if is_line { 7 } else { 12 });
        self.shape(xml, colour);
        xml.close();
    }

    fn drawn(&self, xml: &mut Xml, colour: Colour, width: f64) {
        xml.open("c:spPr")
            .open("a:ln")
            .attr("w", emu(width))
            .attr("cap", "rnd");
        body::fill(xml, colour);
        xml.open("a:round").close();
        xml.close().close();
    }

    fn labels(&self, xml: &mut Xml, colour: Colour, place: Option<&str>, shown: &str) {
        xml.open("c:dLbls");
        self.label(xml, colour, place, shown);
        xml.close();
    }

    /// How a number beside what it belongs to is set.
    fn label(&self, xml: &mut Xml, colour: Colour, place: Option<&str>, shown: &str) {
        xml.open("c:numFmt")
            .attr("formatCode", format(&self.chart.numbers))
            .attr("sourceLinked", 0)
            .close();
        xml.open("c:spPr").open("a:noFill").close();
        body::line(xml, "a:ln", None);
        xml.close();
        self.type_(xml, colour, true);
        if let Some(place) = place {
            xml.value("c:dLblPos", place);
        }
        for tag in [
            "c:showLegendKey",
            "c:showVal",
            "c:showCatName",
            "c:showSerName",
            "c:showPercent",
            "c:showBubbleSize",
        ] {
            xml.value(tag, u8::from(tag == shown));
        }
    }

    fn names(&self, xml: &mut Xml, tag: &'static str) {
        let names = &self.chart.names;
        xml.open(tag).open("c:strRef");
        xml.leaf("c:f", &format!("Sheet1!$A$2:$A${}", names.len() + 1));
        xml.open("c:strCache").value("c:ptCount", names.len());
        for (name, at) in names.iter().zip(0..) {
            xml.open("c:pt").attr("idx", at).leaf("c:v", name).close();
        }
        xml.close().close().close();
    }

    fn values(&self, xml: &mut Xml, tag: &'static str, at: usize) {
        let n = self.chart.names.len();
        let column = book::column(at + 1);
        xml.open(tag).open("c:numRef");
        xml.leaf("c:f", &format!("Sheet1!${column}$2:${column}${}", n + 1));
        xml.open("c:numCache")
            .leaf("c:formatCode", "General")
            .value("c:ptCount", n);
        let values = self
            .chart
            .series
            .get(at)
            .map_or(&[][..], |series| &series.values);
        for (value, nth) in values.iter().zip(0..) {
            if let Some(value) = value {
                xml.open("c:pt").attr("idx", nth);
                xml.leaf("c:v", &value.get().to_string()).close();
            }
        }
        xml.close().close().close();
    }

    fn end_plot(&self, xml: &mut Xml) {
        for id in AXES {
            xml.value("c:axId", id);
        }
        xml.close();
    }

    fn name_axis(&self, xml: &mut Xml, place: &str, turned: bool) {
        xml.open("c:catAx").value("c:axId", AXES[0]);
        xml.open("c:scaling")
            .value("c:orientation", if turned { "maxMin" } else { "minMax" })
            .close();
        xml.value("c:delete", 0).value("c:axPos", place);
        xml.open("c:numFmt")
            .attr("formatCode", "General")
            .attr("sourceLinked", 0)
            .close();
        xml.value("c:majorTickMark", "none")
            .value("c:minorTickMark", "none")
            .value("c:tickLblPos", "low");
        xml.open("c:spPr");
        body::line(
            xml,
            "a:ln",
            Some(Stroke::solid(self.ground.shade(60.0), 2.0)),
        );
        xml.close();
        self.type_(xml, self.ground.fg, false);
        xml.value("c:crossAx", AXES[1])
            .value("c:crosses", "autoZero")
            .value("c:auto", 0)
            .value("c:lblAlgn", "ctr")
            .value("c:lblOffset", 100)
            .value("c:noMultiLvlLbl", 1);
        xml.close();
    }

    fn number_axis(&self, xml: &mut Xml, ids: [u32; 2], place: &str, hidden: bool, cross: &str) {
        self.axis(xml, [ids[1], ids[0]], place, hidden, cross, "");
    }

    /// An axis of numbers; the first of `ids` is its own.
    fn axis(
        &self,
        xml: &mut Xml,
        ids: [u32; 2],
        place: &str,
        hidden: bool,
        cross: &str,
        title: &str,
    ) {
        xml.open("c:valAx").value("c:axId", ids[0]);
        let [across, up] = chart::axes(&self.chart, self.chart.room);
        let range = if place == "b" { across } else { up };
        xml.open("c:scaling").value("c:orientation", "minMax");
        if let Some(range) = &range {
            xml.value("c:max", range.high).value("c:min", range.low);
        }
        xml.close();
        xml.value("c:delete", u8::from(hidden))
            .value("c:axPos", place);
        let is_across = self.chart.kind == ChartKind::Scatter && place == "b";
        if !hidden && !is_across {
            xml.open("c:majorGridlines").open("c:spPr");
            body::line(xml, "a:ln", Some(Stroke::solid(self.ground.rule(), 1.5)));
            xml.close().close();
        }
        if !title.is_empty() {
            xml.open("c:title").open("c:tx").open("c:rich");
            xml.open("a:bodyPr").close();
            xml.open("a:lstStyle").close();
            xml.open("a:p").open("a:pPr").open("a:defRPr");
            xml.attr("sz", (self.size * PX_POINT).round() as i64)
                .attr("b", 0);
            body::fill(xml, self.ground.soft);
            xml.close().close().open("a:r").open("a:rPr");
            xml.attr("lang", "en-US");
            xml.attr("sz", (self.size * PX_POINT).round() as i64)
                .attr("b", 0);
            body::fill(xml, self.ground.soft);
            xml.close().leaf("a:t", title).close().close();
            xml.close().close();
            xml.value("c:overlay", 0).close();
        }
        let numbers = &self.chart.numbers;
        let style = NumberStyle {
            digits: range.as_ref().map_or(numbers.digits, |range| range.digits),
            ..numbers.clone()
        };
        xml.open("c:numFmt")
            .attr("formatCode", format(&style))
            .attr("sourceLinked", 0)
            .close();
        xml.value("c:majorTickMark", "none")
            .value("c:minorTickMark", "none")
            .value("c:tickLblPos", "nextTo");
        xml.open("c:spPr");
        body::line(xml, "a:ln", None);
        xml.close();
        self.type_(xml, self.ground.soft, false);
        // Names that run from the top have their numbers at the foot.
        let at = if self.lies { "max" } else { "autoZero" };
        xml.value("c:crossAx", ids[1])
            .value("c:crosses", at)
            .value("c:crossBetween", cross);
        if let Some(range) = range.filter(|range| range.step > 0.0) {
            xml.value("c:majorUnit", range.step);
        }
        xml.close();
    }
}

/// How numbers are written, as spreadsheets say it.
fn format(style: &NumberStyle) -> String {
    let quoted = |text: &str| match text {
        "" => String::new(),
        text => format!("\"{}\"", text.replace('"', "")),
    };
    let digits = match style.digits {
        0 => String::new(),
        n => format!(".{}", "0".repeat(usize::from(n))),
    };
    format!(
        "{}#,##0{digits}{}",
        quoted(&style.before),
        quoted(&style.behind)
    )
}
