//! The workbook behind a chart: its names and numbers on one sheet.

use super::package::{Package, Relations};
use super::xml::Xml;
use crate::deck::chart::Chart;

const SHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// The letters of a column, from 0.
pub fn column(mut at: usize) -> String {
    let mut res = String::new();
    loop {
        let letter = (b'A' + (at % 26) as u8) as char;
        res.insert(0, letter);
        if at < 26 {
            return res;
        }
        at = at / 26 - 1;
    }
}

/// The workbook of a chart.
pub fn workbook(chart: &Chart) -> anyhow::Result<Vec<u8>> {
    let mut package = Package::default();
    let mut xml = Xml::document();
    xml.open("worksheet").attr("xmlns", SHEET).open("sheetData");
    let heads = std::iter::once(chart.names_title.as_str())
        .chain(chart.series.iter().map(|series| series.name.as_str()));
    xml.open("row").attr("r", 1);
    for (head, at) in heads.zip(0..) {
        words(&mut xml, at, 1, head);
    }
    xml.close();
    for (name, at) in chart.names.iter().zip(0..) {
        let row = at + 2;
        xml.open("row").attr("r", row);
        words(&mut xml, 0, row, name);
        for (series, column_at) in chart.series.iter().zip(1..) {
            if let Some(value) = series.values.get(at).copied().flatten() {
                xml.open("c")
                    .attr("r", format!("{}{row}", column(column_at)));
                xml.leaf("v", &value.get().to_string()).close();
            }
        }
        xml.close();
    }
    package.add(
        "xl/worksheets/sheet1.xml",
        "spreadsheetml.worksheet",
        xml.finish(),
        Relations::default(),
    );
    let mut relations = Relations::default();
    let sheet = relations.to("worksheet", "xl/worksheets/sheet1.xml");
    let mut xml = Xml::document();
    xml.open("workbook").attr("xmlns", SHEET).attr(
        "xmlns:r",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    );
    xml.open("sheets").open("sheet");
    xml.attr("name", "Sheet1")
        .attr("sheetId", 1)
        .attr("r:id", sheet);
    package.add(
        "xl/workbook.xml",
        "spreadsheetml.sheet.main",
        xml.finish(),
        relations,
    );
    let mut root = Relations::default();
    root.to("officeDocument", "xl/workbook.xml");
    package.finish(&root)
}

fn words(xml: &mut Xml, at: usize, row: usize, text: &str) {
    if text.is_empty() {
        return;
    }
    xml.open("c")
        .attr("r", format!("{}{row}", column(at)))
        .attr("t", "inlineStr");
    xml.open("is").leaf("t", text).close().close();
}

#[cfg(test)]
mod tests {
    use super::column;

    #[test]
    fn columns_count_in_letters() {
        assert_eq!(column(0), "A");
        assert_eq!(column(25), "Z");
        assert_eq!(column(26), "AA");
        assert_eq!(column(27), "AB");
        assert_eq!(column(702), "AAA");
    }
}
