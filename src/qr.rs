//! QR codes: an address into a drawing that a telephone reads from the back row.

use fast_qr::{ECL, QRBuilder};

/// Modules of white around the code that readers need (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The code as inline SVG, dark on light on any ground, with `label` for those
/// who cannot see it; `None` if the text is too long for a code.
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let size = code.size;
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code[y][x].value() {
                x += 1;
            }
            let length = x - start;
            if length > 0 {
                let (left, top) = (start + QUIET, y + QUIET);
                path += &format!("M{left} {top}h{length}v1h-{length}z");
            }
            x += 1;
        }
    }
    let all = size + 2 * QUIET;
    let mut name = String::new();
    crate::escape::escape(&mut name, label);
    Some(format!(
        "<svg viewBox=\"0 0 {all} {all}\" role=\"img\" aria-label=\"{name}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{all}v{all}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// The code for a terminal, two rows of modules to a line, black on white
/// whatever the terminal's own colours are; `None` if the text is too long.
pub fn terminal(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let size = code.size as isize;
    // Some readers want more, but terminals are small, and all we tried take two.
    let border = 2;
    let is_dark = |x: isize, y: isize| {
        let inside = (0..size).contains(&x) && (0..size).contains(&y);
        inside && code[y as usize][x as usize].value()
    };
    let mut res = String::new();
    let mut y = -border;
    while y < size + border {
        res += "\x1b[38;5;16;48;5;231m";
        for x in -border..size + border {
            res.push(match (is_dark(x, y), is_dark(x, y + 1)) {
                (false, false) => ' ',
                (true, false) => '▀',
                (false, true) => '▄',
                (true, true) => '█',
            });
        }
        res += "\x1b[0m\n";
        y += 2;
    }
    Some(res)
}

#[cfg(test)]
mod tests {
    use super::svg;

    #[test]
    fn what_is_too_long_is_no_code() {
        let drawing = svg("https://example.org/?a=1&b=2", "<a>").expect("a code");
        assert!(drawing.contains("aria-label=\"&lt;a&gt;\""), "{drawing}");
        assert!(svg(&"x".repeat(3_000), "").is_none());
    }
}
