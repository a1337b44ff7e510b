//! What formulas become, and what they must not do.

use super::*;

fn set(tex: &str) -> Result<Rc<str>, Fault> {
    Formulas::default().html(tex, true)
}

#[test]
fn a_formula_is_html_for_the_eye_and_mathml_for_the_ear() {
    let html = set(r"\frac{a}{b} < \mathbb{R}").expect("a formula");
    assert!(html.contains("<math") && html.contains("<mfrac>"), "{html}");
    assert!(html.contains("katex-html\" aria-hidden=\"true\""), "{html}");
    assert!(!html.contains("annotation"), "{html}");
    let around = format!("<p>α {html} ω</p>");
    let mut reader = Reader::default();
    let mut faces = Faces::default();
    let mut beside = String::new();
    for (text, tag) in crate::escape::tags(&around) {
        if !reader.is_inside() {
            beside += text;
        }
        match reader.read(tag) {
            true => faces.add(Faces::of_tag(tag)),
            false => beside += tag,
        }
    }
    assert_eq!(beside, "<p>α <span class=\"katex-display\"></span> ω</p>");
    let names: Vec<String> = faces.each().map(|face| face.family).collect();
    assert_eq!(names, ["KaTeX_AMS", "KaTeX_Main", "KaTeX_Math"]);
    assert!(!Reader::default().read("<p class=\"mathbb\">"));
}

#[test]
fn attributes_stand_in_one_order() {
    let one = "<svg width=\"4em\" viewBox=\"0 0 9 > 1\"><path d=\"M1 2\"/></svg> a <b style=\"x:y\" class=\"c d\">";
    let other = "<svg viewBox=\"0 0 9 > 1\" width=\"4em\"><path d=\"M1 2\"/></svg> a <b class=\"c d\" style=\"x:y\">";
    assert_eq!(in_order(one), other);
    assert_eq!(in_order(other), other);
}

#[test]
fn every_face_has_its_file() {
    let rows: Vec<&str> = FACES.lines().collect();
    assert_eq!(rows.len(), 20);
    for row in rows {
        let file = row.split(' ').next().expect("a formula");
        let path = format!(
            "{}/themes/fonts/katex/{file}.woff2",
            env!("CARGO_MANIFEST_DIR")
        );
        assert!(std::path::Path::new(&path).exists(), "{path}");
    }
}

#[test]
fn faults_say_where() {
    for (tex, at, words) in [
        (r"a + \foo", 4..8, "there is no command `\\foo`"),
        (r"x^2^3", 3..4, "double superscript"),
        (r"\ce{H2O}", 0..3, "`\\ce` (chemistry) is not supported"),
        (
            r"\def\a{b}",
            0..4,
            "`\\def`: a formula cannot define commands",
        ),
        (
            r"\href{https://x}{y}",
            0..5,
            "`\\href`: a formula holds no links, pictures or styles",
        ),
    ] {
        let fault = set(tex).expect_err("a fault");
        assert_eq!((fault.at, fault.words.as_str()), (at, words), "{tex}");
    }
}

#[test]
fn hostile_formulas_end() {
    let many = |text: &str, n: usize| text.repeat(n);
    for tex in [
        many("x", 1_000_000),
        many("{", 1_400) + &many("}", 1_400),
        many("{", 2_999),
        many(r"\sqrt{", 400) + "x" + &many("}", 400),
        many(r"\left(", 400),
        many(r"\begin{matrix}", 200),
        many(r"\frac{1}{", 55) + "x" + &many("}", 55),
        many(r"\bf ", 700),
        many(r"\rm x", 550),
        many(r"\displaystyle ", 200),
        many(r"\Huge ", 480),
        many("&", 2_000),
        many(r"\\", 1_400),
        format!(r"\begin{{array}}{{{}}}x\end{{array}}", many("c|", 1_000)),
        many(r"x^{y_", 50) + "z" + &many("}", 50),
        many(r"\overline{\hat{", 30) + "x" + &many("}}", 30),
        many(r"\binom{\pmod{", 25) + "x" + &many("}}{y}", 25),
        r"\rule{99999em}{99999em}".to_string(),
        r"\text{\text{$\text{$x$}$}}".to_string(),
        "\u{0}\u{fdd0}\u{200d}\u{1f468}\u{202e}".to_string(),
        r"\verb|<script>|".to_string(),
        r"\".to_string(),
        "$".to_string(),
        String::new(),
    ] {
        if let Ok(html) = set(&tex) {
            assert!(html.len() < 4_000_000, "{} bytes", html.len());
            assert!(
                !html.contains("<script") && !html.contains("99999em;"),
                "{html}"
            );
        }
    }
}

#[test]
fn text_in_a_formula_is_escaped() {
    let html = set("\\text{<b onclick=\"x\">'a'</b>}").expect("a formula");
    assert!(!html.contains("<b "), "{html}");
}
