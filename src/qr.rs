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
