//! Random texts from a seed, out of the pieces that such texts are made of.

/// Marsaglia's xorshift: the same numbers everywhere and for ever.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        // Small seeds differ in few bits; the first numbers would be alike.
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (0..8).for_each(|_| {
            random.below(2);
        });
        random
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }

    /// Pieces one behind the other, joined in ways that matter to Markdown.
    pub fn pieces(&mut self, most: usize, lists: &[&[&str]]) -> String {
        let mut res = String::new();
        for _ in 0..1 + self.below(most) {
            let list = lists[self.below(lists.len())];
            res += self.pick(list);
            res += self.pick(&[
                "\n", "\n\n", "\n\n", " ", "", "\n  ", "\r\n", "\n> ", "\n- ",
            ]);
        }
        res
    }

    /// A few characters lost, doubled, moved or replaced.
    pub fn mutated(&mut self, text: &str) -> String {
        let mut chars: Vec<char> = text.chars().collect();
        for _ in 0..self.below(6) {
            if chars.is_empty() {
                break;
            }
            let at = self.below(chars.len());
            let length = (1 + self.below(12)).min(chars.len() - at);
            match self.below(5) {
                0 => drop(chars.drain(at..at + length)),
                1 => {
                    let part = chars[at..at + length].to_vec();
                    chars.splice(at..at, part);
                }
                2 => {
                    let part: Vec<char> = chars.drain(at..at + length).collect();
                    let to = self.below(chars.len() + 1);
                    chars.splice(to..to, part);
                }
                3 => chars.truncate(at),
                _ => chars[at] = self.pick(ODD).chars().next().unwrap_or('x'),
            }
        }
        chars.into_iter().collect()
    }
}

pub const ODD: &[&str] = &[
    "\0",
    "\u{7f}",
    "\u{85}",
    "\u{a0}",
    "\u{200d}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{10ffff}",
    "\t",
    "\r",
    "<",
    ">",
    "\"",
    "'",
    "&",
    "`",
    "*",
    "_",
    "[",
    "]",
    "(",
    ")",
    "{",
    "}",
    "|",
    ":",
    "-",
    "#",
    "\\",
    "$",
    "~",
    "é",
    "漢",
    "🚀",
    "ß",
    "İ",
];

pub const BLOCKS: &[&str] = &[
    "# Title",
    "## Slide {#id .class key=\"value\"}",
    "### Sub",
    "#",
    "---",
    "***",
    "-----",
    "- one\n- two\n  - inner",
    "1. one\n2. two",
    "999999999. many",
    "- [x] done\n- [ ] open",
    "> A quotation\n> — Someone",
    "| a | b |\n|--:|---|\n| 1 | 2 |",
    "|||\n|-|-|\n||",
    "```rust\nfn main() {}\n```",
    "```\n---\n```",
    "~~~yaml {.wide}\na: b\n~~~",
    "```",
    "```chart\nA, B, C\nx, 1, -3\ny, -2.5, 1e15\n```",
    "```chart {type=pie unit=% title=\"<b>\"}\n<b>, 1\n\"x, 0\n```",
    "```chart {type=scatter}\n1, 2\n3, 1e-15\n```",
    "```chart {type=area stacked=yes highlight=x alt=\"\"}\n2020; 0\n2021; -; 4\n```",
    "```chart {src=../a.csv}",
    "::: chart {type=line}\n\n| a | b |\n|--:|---|\n| 2020 | 1 |\n| 2021 | 2 |\n\n:::",
    "    indented",
    "::: left",
    "::: right",
    "::: columns",
    "::: columns 2:1",
    "::: column {.center step=2}",
    "::: {.small",
    "- one {.step}\n- two {step=2-3 .dim}\n{.steps #a}",
    "> said\n{.right}",
    "{.center}",
    ". . .",
    "[click:3] say",
    "::: steps {.a #b c=d}",
    "::: notes",
    ":::",
    "::::",
    ":::: {",
    "$$\na < b\n$$",
    "62 %",
    "![A](a.png \"Title\")",
    "![](../../b.png)",
    "![x](data:image/png;base64,AAAA)",
    "<!-- a note -->",
    "<!--",
    "-->",
    "Some words of *emphasis* and **strength**.",
    "A long sentence that goes on and on, so that a slide has more to show than a word or two at a time.",
    "[s]: https://example.org",
    "小米为什么把**生态链**产品留在中国？",
];

pub const INLINES: &[&str] = &[
    "`code`",
    "$x$",
    "*",
    "**",
    "~~gone~~",
    "[link](#2)",
    "[link][s]",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:x)",
    "[x](data:text/html,x)",
    "[x](<java\tscript:x>)",
    "[x](&#106;avascript:x)",
    "<https://example.org>",
    "<javascript:alert(1)>",
    "![a](a.png)",
    "\\\n",
    "&amp;",
    "&#0;",
    "&lt;script&gt;",
    "{.class}",
    "[a *b*]{.x #y step=1}",
    "[[x]{.a}",
    "]{#b}",
    "{step=1-",
    "{{title}}",
    "{{",
    "\\{{x}}",
    "@",
    "www.example.org",
];

pub const FRONT: &[&str] = &[
    "---\n",
    "---\n",
    "title: A",
    "title: [",
    "title: {a: b}",
    "title: \"A",
    "title:",
    "theme: paper",
    "theme: ../..",
    "theme: \"\"",
    "accent: teal",
    "accent: '#12'",
    "accent: oklch(nan 1e99 -1)",
    "size: 4:3",
    "size: 0:0",
    "split: 3",
    "split: x",
    "minutes: 2.5",
    "minutes: 1e9",
    "print: steps",
    "include: nowhere.md#1-2",
    "include: deck.md",
    "vars: {a: b}",
    "vars:\n  title: '{{title}}'",
    "layout: quote",
    "layout: big-figure",
    "layout: two-columns",
    "layout: agenda",
    "layout: picture",
    "layout: \"<script>\"",
    "class: a b \"><script>",
    "background: red",
    "background: a.png",
    "background: url(javascript:x)",
    "notes: say it",
    "notes: <script>alert(1)</script>",
    "icon: truck",
    "icon: <svg>",
    "steps: lists",
    "steps: true",
    "footer: false",
    "footer: <b>x</b>",
    "lang: \"en\\\" onload=x\"",
    "description: \"\\\"><script>\"",
    "author: [a, b]",
    "date: 2026-01-01",
    "unknown: x",
    "? a\n: b",
    "&a [*a]",
    "!!binary x",
    "- list",
    "# comment",
    "...",
];

pub const RAW: &[&str] = &[
    "<script>alert(1)</script>",
    "<script",
    "</script>",
    "<scr<script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='a.png' onload='x'>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><style>",
    "<math><mi//xlink:href=\"javascript:x\">",
    "<iframe srcdoc='<script>x</script>'>",
    "<a href=javascript:x>",
    "<a href='&#x6A;avascript:x'>",
    "<a href=\"\u{1}javascript:x\">",
    "<body onload=x>",
    "<div style='background:url(javascript:x)'>",
    "</div>",
    "</section>",
    "</main></body></html>",
    "<!--><img src=x onerror=x>-->",
    "<![CDATA[<script>]]>",
    "<?xml ?>",
    "<template><script>x</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "<plaintext>",
    "<xmp>",
    "<base href=//example.org>",
    "<meta http-equiv=refresh content=0>",
    "<form><input><button formaction=javascript:x>",
    "<details ontoggle=x open>",
    "<video><source onerror=x>",
    "<object data=x>",
    "<embed src=x>",
    "<link rel=stylesheet href=//x>",
    "<table><tr><td>",
    "</table>",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<li>",
    "<ul>",
    "<h2>",
    "<img src=\"deckle-asset:x\">",
    "<img alt='>' src=\"deckle-asset:x\" onerror=x>",
    "<div\nonclick\n=\nx>",
    "<a/onclick=x>",
    "<b onclick=x//",
    "<x-y onclick=x>",
    "<p id=deck name=body>",
    "<section class=slide>",
    "<pre style=\"--cols:1;--lines:1;x:url(//x)\">",
    "<span class=\"\" data-step=\"9\">",
];

pub const PROSE: &[&str] = &[
    "Why Trains Are Late",
    "1. Old Signals",
    "Few Drivers",
    "OLD SIGNALS",
    "Related Articles",
    "Share this",
    "By Ann Lee",
    "Conclusion",
    "In conclusion, trains are late because of signals, drivers and tracks.",
    "• One point about trains",
    "- another point",
    "— Ann",
    "Many signals are older than the engineers who mend them, and they fail in the cold.",
    "By hiring drivers early, the railway can avoid delays, which cost more than wages do.",
    "However, Mr. Smith, Ph.D., said: \"Trains e.g. those of 3.5 t are late!\" (He was late, too.)",
    "Is it true? Yes. No! Perhaps… And so on; and so forth: this, that, and the other.",
    "http://example.org/a_b_c?d=e*f*",
    "5 * 3 < 20 & 4 > 1 `tick` _under_ [x](y) {z} #tag",
    ":::",
    "::: notes",
    "---",
    "# no heading",
    "| a | b |",
    "小米公司将其生态链产品主要留在中国市场。这有很多原因。",
    "Это предложение написано по-русски.",
    "これは日本語の文です。",
];

/// Charts, their settings, and lines of their data.
pub const CHARTS: &[&str] = &[
    "```chart\nA, B, C\nx, 1, -3\ny, -2.5, 1e15\n```\n",
    "```chart {type=line unit=m}\nDay, a\n1, 2\n4, 8\n```\n",
    "```chart {type=pie highlight=a}\na, 62\nb, 38\n```\n",
    "```chart {type=stacked direction=horizontal}\nx, a, b\n1, 2, 3\n```\n",
    "```chart {type=scatter}\nx, y, who\n1, 2, a\n3, 4, b\n```\n",
    "```chart {type=area title=\"T\" alt=\"\"}\nx, a\n2020, 0\n2021, 0\n```\n",
    "```chart {src=data.csv}\n```\n",
    "::: chart {type=donut}\n\n| a | b |\n|--:|---|\n| x | 1 |\n\n:::\n",
    " {type=bar}",
    " {type=column}",
    " {type=donut}",
    " {type=x unit=%}",
    " {highlight=a highlight=b}",
    "\nDay, a, b, c, d, e, f, g, h\n",
    "\nMon, 1, 2, 3\n",
    "\nTue; 1,5; 2.000,5; -\n",
    "\nWed\t1 000\t1'000\t1_000\n",
    "\nx, 1e308, -1e308\n",
    "\nx, 1e999, nan, inf\n",
    "\nx, 1e-320, 0.000000001\n",
    "\n2020-01-01, 5 %\n2021-13-45, 7 €\n",
    "\nA very long name of a bar that stands nowhere, 1\n",
    "\n\"quoted, name\", \"1\"\n\"never closed, 2\n",
    "\n\"\"\"\", 3\n",
    "\n, , ,\n",
    "\n-5, -5\n0, 0\n",
    "\n<b>, 1\n</svg>, 2\n",
    "\n漢字漢字, 3\n\u{202e}x, 4\n",
    "\n1, 2\n1, 2\n1, 2\n1, 2\n",
    "\n```\n",
    "\n:::\n",
];

/// Formulas and parts of them.
pub const TEX: &[&str] = &[
    "$a^2 + b^2 = c^2$",
    "$$\n\\int_0^1 x\\,dx\n$$\n",
    "```math\n\\frac{1}{2}\n```\n",
    "\\frac{a}{b}",
    "\\frac{",
    "\\sqrt[3]{x}",
    "\\begin{matrix} a & b \\\\ c & d \\end{matrix}",
    "\\begin{aligned}",
    "\\end{aligned}",
    "\\begin{array}{lcr|}",
    "\\left( \\middle| \\right.",
    "\\left",
    "\\right)",
    "^{_{^{_{",
    "}}}}",
    "_",
    "^^",
    "'''",
    "\\def\\a{\\a\\a}\\a",
    "\\newcommand{\\x}[1]{#1#1}\\x{\\x{a}}",
    "\\edef\\a{\\a}",
    "\\let\\a=\\a \\a",
    "\\gdef\\b{<script>}",
    "\\href{javascript:x}{y}",
    "\\url{javascript:x}",
    "\\htmlClass{a}{b}",
    "\\htmlStyle{position:fixed}{b}",
    "\\htmlData{onclick=x}{b}",
    "\\includegraphics{x.png}",
    "\\color{red}",
    "\\colorbox{url(x)}{y}",
    "\\textcolor{#ff0000}{x}",
    "\\rule{1e9em}{9999999em}",
    "\\kern-99999999em",
    "\\hspace{1e308pt}",
    "\\raisebox{-1e20em}{x}",
    "\\text{<b> & \\$}",
    "\\verb|<|",
    "\\verb",
    "\\char\"110000",
    "\\char`",
    "\\unicode{x}",
    "\\overbrace{x}^{y}\\underbrace{x}_{y}",
    "\\xrightarrow[a]{b}",
    "\\operatorname*{lim}_{x}",
    "\\stackrel{a}{b} \\binom{n}{k} \\overline{x} \\cancel{y}",
    "\\tag{1}\\tag{2}",
    "\\\\[1e9em]",
    "\\hline & % comment\n",
    "\\mathbb{R} \\mathcal{漢}",
    "\\sum\\limits_{i=0}^n",
    "\\cr \\over \\atop \\choose",
    "{a \\over b \\over c}",
    "\\\u{0}",
    "\u{301}\u{338}é漢🚀",
    "\\$",
    "#1",
    "~",
];
