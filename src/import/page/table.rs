//! Tables into one form: a head, rows of equal length, text alone. Tables that
//! only lay out a page dissolve.

use dom_query::{Document, NodeRef};

use super::dom::{all, bare, element, is_inside, n_words, name, text};

/// Words in one cell from which a table is a layout and not data.
const LONG_CELL: usize = 60;

/// Cells one way or the other that a span may claim; a page may claim any number.
const MAX_SPAN: usize = 60;

/// Dissolves tables of layout, inner ones last.
pub fn dissolve_layouts(doc: &Document) {
    for table in all(&doc.root(), "table") {
        if !is_layout(&table) {
            continue;
        }
        for cell in own_rows(&table).iter().flat_map(cells) {
            cell.rename("div");
            cell.remove_attrs(&["width", "align", "valign"]);
        }
        for row in own_rows(&table) {
            row.rename("div");
        }
        for part in table.element_children() {
            part.rename("div");
        }
        table.rename("div");
        table.remove_all_attrs();
    }
}

fn is_layout(table: &NodeRef) -> bool {
    let role = table.attr_or("role", "");
    if matches!(role.as_ref(), "presentation" | "none") {
        return true;
    }
    let rows = own_rows(table);
    let is_long = |cell: &NodeRef| n_words(&cell.text()) >= LONG_CELL || all(cell, "p").len() > 2;
    let widest = rows.iter().map(|row| cells(row).len()).max().unwrap_or(0);
    let has_head = !all(table, "th").is_empty();
    !all(table, "table, h1, h2, h3, form").is_empty()
        || rows.iter().flat_map(cells).any(|cell| is_long(&cell))
        || widest <= 1
        || (rows.len() <= 1 && !has_head)
}

fn own_rows<'a>(table: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut res = Vec::new();
    for child in table.element_children() {
        if child.has_name("tr") {
            res.push(child);
        } else {
            let rows = child.element_children().into_iter();
            res.extend(rows.filter(|row| row.has_name("tr")));
        }
    }
    res
}

fn cells<'a>(row: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let children = row.element_children().into_iter();
    children
        .filter(|cell| cell.has_name("td") || cell.has_name("th"))
        .collect()
}

/// Rewrites what is left as plain tables; `title` is not repeated as a caption.
pub fn normalize(doc: &Document, title: &str) {
    for table in all(&doc.root(), "table") {
        if is_inside(&table, &["table"]) {
            continue;
        }
        for picture in all(&table, "img") {
            table.insert_before(&picture);
        }
        let caption = all(&table, "caption").first().map(text).unwrap_or_default();
        let mut grid = grid(&own_rows(&table));
        drop_empty(&mut grid);
        if grid.len() < 2 || grid[0].len() < 2 {
            let texts: Vec<String> = grid
                .concat()
                .iter()
                .map(|cell| element("p", cell))
                .collect();
            table.replace_with_html(texts.concat());
            continue;
        }
        let head = match has_head(&table, &grid) {
            true => grid.remove(0),
            false => vec![String::new(); grid[0].len()],
        };
        if !caption.is_empty() && bare(&caption) != bare(title) {
            table.before_html(element("p", &caption));
        }
        // Readability keeps a table with a summary whatever its size.
        let rows = rows_html(&head, &grid);
        table.replace_with_html(format!("<table summary=\"data\">{rows}</table>"));
    }
}

fn rows_html(head: &[String], rows: &[Vec<String>]) -> String {
    let row = |name: &str, cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| element(name, cell)).collect();
        format!("<tr>{}</tr>", cells.concat())
    };
    let body: Vec<String> = rows.iter().map(|cells| row("td", cells)).collect();
    format!(
        "<thead>{}</thead><tbody>{}</tbody>",
        row("th", head),
        body.concat()
    )
}

/// The words of each cell. A cell over several rows stands in each of them,
/// one over several columns in the first.
fn grid(rows: &[NodeRef]) -> Vec<Vec<String>> {
    let mut res: Vec<Vec<String>> = Vec::new();
    // For each column, what still reaches down, and over how many rows.
    let mut reaching: Vec<(usize, String)> = Vec::new();
    for row in rows {
        let mut line: Vec<String> = Vec::new();
        let mut next = cells(row).into_iter();
        loop {
            let at = line.len();
            if let Some((left, words)) = reaching.get_mut(at).filter(|(left, _)| *left > 0) {
                *left -= 1;
                line.push(words.clone());
                continue;
            }
            let Some(cell) = next.next() else { break };
            let words = cell_text(&cell);
            let (wide, high) = (span(&cell, "colspan"), span(&cell, "rowspan"));
            for column in 0..wide {
                let words = if column == 0 {
                    words.clone()
                } else {
                    String::new()
                };
                if reaching.len() <= at + column {
                    reaching.resize(at + column + 1, (0, String::new()));
                }
                reaching[at + column] = (high - 1, words.clone());
                line.push(words);
            }
        }
        res.push(line);
    }
    let widest = res.iter().map(Vec::len).max().unwrap_or(0);
    for line in &mut res {
        line.resize(widest, String::new());
    }
    res
}

fn span(cell: &NodeRef, name: &str) -> usize {
    let value = cell.attr_or(name, "1");
    value.trim().parse().unwrap_or(1).clamp(1, MAX_SPAN)
}

/// Lines of a cell are told apart by a blank.
fn cell_text(cell: &NodeRef) -> String {
    for end in all(cell, "br, p, li, div") {
        end.insert_after(&end.tree.new_text(" "));
    }
    text(cell)
}

fn drop_empty(grid: &mut Vec<Vec<String>>) {
    grid.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let width = grid.first().map_or(0, Vec::len);
    for column in (0..width).rev() {
        if grid.iter().all(|row| row[column].is_empty()) {
            for row in grid.iter_mut() {
                row.remove(column);
            }
        }
    }
}

/// Whether the first row names the columns: it says so, is all bold, or has no
/// figure above a column of figures.
fn has_head(table: &NodeRef, grid: &[Vec<String>]) -> bool {
    let rows = own_rows(table);
    let named = |row: &NodeRef| {
        let cells = cells(row);
        let is_bold = |cell: &&NodeRef| {
            let strong: Vec<String> = all(cell, "b, strong").iter().map(text).collect();
            !text(cell).is_empty() && strong.concat() == text(cell)
        };
        cells.iter().all(|cell| name(cell) == "th")
            || row.parent().is_some_and(|part| part.has_name("thead"))
            || cells.iter().filter(is_bold).count() == cells.len()
    };
    let mut full = rows.iter().filter(|row| !text(row).is_empty());
    if full.next().is_some_and(named) {
        return true;
    }
    // Rows with heads of their own are names and values, all of them.
    let headed = rows
        .iter()
        .filter(|row| cells(row).first().is_some_and(|cell| cell.has_name("th")));
    if headed.count() * 2 > rows.len() {
        return false;
    }
    let has_digit = |cell: &String| cell.contains(|c: char| c.is_ascii_digit());
    let is_full = grid[0].iter().all(|cell| !cell.is_empty());
    is_full
        && (0..grid[0].len()).any(|column| {
            !has_digit(&grid[0][column]) && grid[1..].iter().all(|row| has_digit(&row[column]))
        })
}
