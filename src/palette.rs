//! One accent colour and a few grounds to a whole palette.
//!
//! Everything is derived in OKLCH (Björn Ottosson's perceptual space: equal
//! steps of lightness look equal, hue stays when lightness moves), then rounded
//! to the 8 bits a screen shows, and only then held against WCAG 2.2: text
//! needs a contrast of 4.5 to its ground. What does not pass is moved along
//! lightness until it does.

use color::{AlphaColor, Oklch, OpaqueColor, Srgb, parse_color};

/// Contrast that WCAG 2.2 level AA asks of text.
pub const TEXT: f32 = 4.5;
/// The same of display type, shapes and marks.
const LARGE: f32 = 3.0;
/// Code also stands on lines that are tinted, and keeps the contrast of text there.
const TINTED: f32 = 0.6;

/// An opaque colour of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb([u8; 3]);

impl From<[u8; 3]> for Rgb {
    fn from(channels: [u8; 3]) -> Rgb {
        Rgb(channels)
    }
}

impl Rgb {
    /// Reads a CSS colour; transparency is laid over white.
    pub fn parse(text: &str) -> Option<Rgb> {
        let [r, g, b, a] = parse_color(text.trim())
            .ok()?
            .to_alpha_color::<Srgb>()
            .components;
        let over = |channel: f32| 1.0 + (channel - 1.0) * a.clamp(0.0, 1.0);
        let colour = Rgb::of([over(r), over(g), over(b)]);
        [r, g, b]
            .iter()
            .all(|channel| channel.is_finite())
            .then_some(colour)
    }

    /// Red, green and blue.
    pub fn channels(self) -> [u8; 3] {
        self.0
    }

    /// As `#rrggbb`.
    pub fn css(self) -> String {
        let [r, g, b] = self.0;
        format!("#{r:02x}{g:02x}{b:02x}")
    }

    /// Contrast to another colour, from 1 to 21.
    pub fn contrast(self, other: Rgb) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    fn of(channels: [f32; 3]) -> Rgb {
        Rgb(channels.map(|channel| (channel.clamp(0.0, 1.0) * 255.0).round() as u8))
    }

    fn opaque(self) -> OpaqueColor<Srgb> {
        OpaqueColor::new(self.0.map(|channel| f32::from(channel) / 255.0))
    }

    fn luminance(self) -> f32 {
        self.opaque().relative_luminance()
    }

    fn lch(self) -> [f32; 3] {
        self.opaque().convert::<Oklch>().components
    }

    /// The nearest colour a screen can show: chroma is given up, not hue.
    fn from_lch([lightness, chroma, hue]: [f32; 3]) -> Rgb {
        let mut chroma = chroma.max(0.0);
        loop {
            let [r, g, b, _] = AlphaColor::<Oklch>::new([lightness, chroma, hue, 1.0])
                .convert::<Srgb>()
                .components;
            let fits = [r, g, b]
                .iter()
                .all(|channel| (-0.002..=1.002).contains(channel));
            if fits || chroma < 0.004 {
                return Rgb::of([r, g, b]);
            }
            chroma -= 0.004;
        }
    }

    fn is_dark(self) -> bool {
        self.contrast(WHITE) > self.contrast(BLACK)
    }
}

/// White.
pub const WHITE: Rgb = Rgb([255, 255, 255]);
/// Black.
pub const BLACK: Rgb = Rgb([0, 0, 0]);

/// The colours a palette is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Grounds {
    /// The one colour with a job.
    pub accent: Rgb,
    /// The ground of most slides.
    pub paper: Rgb,
    /// Text on it.
    pub ink: Rgb,
    /// The dark ground.
    pub night: Rgb,
    /// The ground of code.
    pub panel: Rgb,
    /// The least contrast of text, in tenths: 45 is level AA, 70 is AAA.
    pub least: u8,
}

impl Grounds {
    /// The least contrast of text.
    fn text(&self) -> f32 {
        (f32::from(self.least) / 10.0).max(TEXT)
    }

    /// That of secondary text, which stands small in footers.
    fn soft(&self) -> f32 {
        self.text().max(5.2)
    }

    /// Shapes that text stands on have its contrast where more is asked than AA.
    fn shape(&self) -> f32 {
        if self.text() > TEXT {
            self.text()
        } else {
            LARGE
        }
    }

    /// The accent; where more is asked than AA it moves until text can be read on it.
    fn worn(&self) -> Rgb {
        let Grounds { accent, .. } = *self;
        let best = accent.contrast(BLACK).max(accent.contrast(WHITE));
        if best >= self.text() {
            return accent;
        }
        let ink = if self.paper.is_dark() { BLACK } else { WHITE };
        readable(accent, ink, self.text())
    }
}

/// Custom properties for `:root`: every pair of text and ground passes AA.
pub fn tokens(grounds: &Grounds) -> Vec<(&'static str, Rgb)> {
    let Grounds {
        paper,
        ink,
        night,
        panel,
        ..
    } = *grounds;
    let (accent, text, code) = (grounds.worn(), grounds.text(), grounds.text() + TINTED);
    let soft = |ink: Rgb, ground: Rgb| soft(ink, ground, grounds.soft());
    let on = |ground: Rgb, dark: Rgb, light: Rgb| on(ground, dark, light, text);
    let [accent_l, accent_c, hue] = accent.lch();
    let tint = tint(accent, paper);
    let on_accent = on(accent, ink, paper);
    let [_, soft_c, soft_hue] = ink.lch();
    let mut res = vec![
        ("paper", paper),
        ("ink", readable(ink, paper, 7.0)),
        ("ink-soft", soft(ink, paper)),
        ("line", mix(paper, ink, 0.14)),
        ("accent", accent),
        ("on-accent", on_accent),
        ("on-accent-soft", soft(on_accent, accent)),
        ("accent-ink", readable(accent, paper, text)),
        ("accent-large", readable(accent, paper, grounds.shape())),
        ("tint", tint),
        ("on-tint", readable(ink, tint, 7.0)),
        ("accent-on-tint", readable(accent, tint, text)),
        (
            "accent-large-on-tint",
            readable(accent, tint, grounds.shape()),
        ),
        ("night", night),
        ("on-night", on(night, ink, WHITE)),
        ("on-night-soft", soft(on(night, ink, WHITE), night)),
        (
            "accent-on-night",
            readable(
                Rgb::from_lch([accent_l.max(0.7), accent_c, hue]),
                night,
                text,
            ),
        ),
        ("panel", panel),
        ("on-panel", readable(ink, panel, 7.0)),
    ];
    // Six hues far enough apart to tell at a glance, at one chroma; the
    // keyword takes the accent, so that code belongs to the deck.
    let panel_l = if panel.is_dark() { 0.78 } else { 0.48 };
    let syntax =
        |chroma: f32, hue: f32| readable(Rgb::from_lch([panel_l, chroma, hue]), panel, code);
    res.extend([
        ("hl-keyword", readable(accent, panel, code)),
        ("hl-string", syntax(0.11, 150.0)),
        (
            "hl-comment",
            readable(
                Rgb::from_lch([0.58, soft_c.max(0.01), soft_hue]),
                panel,
                code,
            ),
        ),
        // Lines that are not lit while code is walked through: grey, yet readable.
        (
            "hl-dim",
            readable(mix(panel, readable(ink, panel, 7.0), 0.4), panel, code),
        ),
        ("hl-removed", syntax(0.15, 25.0)),
        ("hl-number", syntax(0.13, 300.0)),
        ("hl-function", syntax(0.14, 262.0)),
        ("hl-type", syntax(0.10, 205.0)),
        ("hl-constant", syntax(0.13, 340.0)),
    ]);
    res
}

/// Custom properties for the series of charts, by ground: `--series-1` and what
/// is read on it, `--on-series-1`, to 6; with `-on-night` and `-on-accent`.
pub fn series_tokens(grounds: &Grounds) -> Vec<(String, Rgb)> {
    let Grounds {
        paper,
        ink,
        night,
        panel,
        ..
    } = *grounds;
    let (accent, least) = (grounds.worn(), grounds.shape());
    let tint = tint(accent, paper);
    let on_accent = on(accent, ink, paper, grounds.text());
    let mut res = on_series("", &series(accent, &[paper, tint, panel], least));
    res.extend(on_series("-on-night", &series(accent, &[night], least)));
    res.extend(on_series(
        "-on-accent",
        &series(on_accent, &[accent], least),
    ));
    res
}

fn on_series(ground: &str, colours: &[Rgb]) -> Vec<(String, Rgb)> {
    let mut res = Vec::new();
    for (colour, number) in colours.iter().zip(1..) {
        res.push((format!("series-{number}{ground}"), *colour));
        res.push((
            format!("on-series-{number}{ground}"),
            on(*colour, BLACK, WHITE, TEXT),
        ));
    }
    res
}

/// Colours of the series of a chart: the accent, then five that differ from it
/// and from each other in lightness first, so that grey and eyes that see few
/// hues tell them apart, and in hue second. All have the least
/// contrast on all grounds.
fn series(accent: Rgb, grounds: &[Rgb], least: f32) -> [Rgb; 6] {
    let is_dark = grounds.iter().any(|ground| ground.is_dark());
    let seen = |colour: Rgb| {
        grounds
            .iter()
            .fold(colour, |colour, ground| readable(colour, *ground, least))
    };
    let [_, chroma, hue] = accent.lch();
    let mut levels = match (is_dark, least > LARGE) {
        (true, false) => vec![0.62, 0.70, 0.78, 0.86, 0.94],
        (true, true) => vec![0.74, 0.80, 0.86, 0.91, 0.96],
        (false, false) => vec![0.26, 0.36, 0.46, 0.55, 0.63],
        (false, true) => vec![0.18, 0.25, 0.32, 0.38, 0.44],
    };
    let mut res = [seen(accent); 6];
    for (at, turn) in (1..).zip([185.0, 120.0, -70.0, 60.0, -130.0]) {
        let far = |level: f32| {
            let to = |colour: &Rgb| (colour.lch()[0] - level).abs();
            res[..at].iter().map(to).fold(f32::INFINITY, f32::min)
        };
        let best = (0..levels.len())
            .max_by(|a, b| far(levels[*a]).total_cmp(&far(levels[*b])))
            .unwrap_or(0);
        let level = levels.remove(best);
        res[at] = seen(Rgb::from_lch([level, chroma.clamp(0.05, 0.11), hue + turn]));
    }
    res
}

/// Inline properties for a slide on a ground of its own in a deck with others.
pub fn on_ground(ground: Rgb, others: &Grounds) -> String {
    let accent = others.accent;
    let ink = if ground.is_dark() { WHITE } else { BLACK };
    let panel = mix(ground, ink, 0.06);
    let own = Grounds {
        accent,
        paper: ground,
        ink: mix(ink, ground, 0.06),
        night: ground,
        panel,
        least: others.least,
    };
    let series = on_series("", &series(accent, &[ground, panel], own.shape()));
    let properties = tokens(&own)
        .into_iter()
        .map(|(name, colour)| (name.to_string(), colour))
        .chain(series);
    properties
        .map(|(name, colour)| format!("--{name}:{};", colour.css()))
        .collect()
}

/// A gradient behind text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gradient {
    /// As CSS, written by us.
    pub css: String,
    /// The stop on which the better ink is hardest to read.
    pub ground: Rgb,
    /// Whether all text can be read on all of it.
    pub is_readable: bool,
}

impl Gradient {
    /// Reads `linear-gradient(120deg, #123, teal 60%, …)`: an angle or a side, then
    /// two to eight colours with their places, and nothing else.
    pub fn parse(text: &str) -> Option<Gradient> {
        let inner = text
            .trim()
            .strip_prefix("linear-gradient(")?
            .strip_suffix(')')?;
        let mut parts = parts(inner);
        let mut css = Vec::new();
        if let Some(way) = direction(parts.first()?) {
            css.push(way);
            parts.remove(0);
        }
        let stops: Option<Vec<(Rgb, String)>> = parts.iter().map(|part| stop(part)).collect();
        let stops = stops.filter(|stops| (2..=8).contains(&stops.len()))?;
        css.extend(stops.iter().map(|(_, css)| css.clone()));
        // Of the inks at hand the one that is best where it is worst.
        let worst = |ink: Rgb| {
            let grounds = stops.iter().map(|(colour, _)| *colour);
            grounds.min_by(|a, b| a.contrast(ink).total_cmp(&b.contrast(ink)))
        };
        let (on_white, on_black) = (worst(WHITE)?, worst(BLACK)?);
        let (ink, ground) = if on_white.contrast(WHITE) >= on_black.contrast(BLACK) {
            (WHITE, on_white)
        } else {
            (BLACK, on_black)
        };
        Some(Gradient {
            css: format!("linear-gradient({})", css.join(",")),
            ground,
            is_readable: ground.contrast(ink) >= TEXT + 0.5,
        })
    }
}

/// Cut at the commas that stand in no brackets.
fn parts(text: &str) -> Vec<String> {
    let mut res = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                res.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = res.last_mut() {
            part.push(c);
        }
    }
    res
}

fn direction(part: &str) -> Option<String> {
    let part = part.trim();
    if let Some(number) = part.strip_suffix("deg") {
        let degrees: i32 = number.trim().parse().ok()?;
        return Some(format!("{}deg", degrees.rem_euclid(360)));
    }
    let sides: Vec<&str> = part.strip_prefix("to ")?.split_whitespace().collect();
    let is_side = |side: &&str| ["top", "bottom", "left", "right"].contains(side);
    let is_way = (1..=2).contains(&sides.len()) && sides.iter().all(is_side);
    is_way.then(|| format!("to {}", sides.join(" ")))
}

fn stop(part: &str) -> Option<(Rgb, String)> {
    let part = part.trim();
    let (colour, place) = match part.rsplit_once(char::is_whitespace) {
        Some((colour, place)) if place.ends_with('%') && !place.contains(')') => {
            let percent: u32 = place.trim_end_matches('%').parse().ok()?;
            (colour, format!(" {}%", percent.min(100)))
        }
        _ => (part, String::new()),
    };
    let colour = Rgb::parse(colour)?;
    Some((colour, format!("{}{place}", colour.css())))
}

/// The better readable of two inks; moved further away if neither passes.
fn on(ground: Rgb, dark: Rgb, light: Rgb, least: f32) -> Rgb {
    let best = if dark.contrast(ground) >= light.contrast(ground) {
        dark
    } else {
        light
    };
    readable(best, ground, least)
}

/// A colour moved along lightness, away from the ground, until its contrast is
/// reached or nothing is left to move.
fn readable(colour: Rgb, ground: Rgb, contrast: f32) -> Rgb {
    if colour.contrast(ground) >= contrast {
        return colour;
    }
    let [lightness, chroma, hue] = colour.lch();
    let (step, end) = if ground.is_dark() {
        (0.01, WHITE)
    } else {
        (-0.01, BLACK)
    };
    (1..=100)
        .map(|n| Rgb::from_lch([(lightness + step * n as f32).clamp(0.0, 1.0), chroma, hue]))
        .find(|moved| moved.contrast(ground) >= contrast)
        .unwrap_or(end)
}

/// A quieter text: as near to the ground as can still be read with ease.
fn soft(ink: Rgb, ground: Rgb, least: f32) -> Rgb {
    (0..=60)
        .rev()
        .map(|percent| mix(ink, ground, percent as f32 / 100.0))
        .find(|colour| colour.contrast(ground) >= least)
        .unwrap_or(ink)
}

fn tint(accent: Rgb, paper: Rgb) -> Rgb {
    let [_, chroma, hue] = accent.lch();
    let [paper_l, paper_c, _] = paper.lch();
    let lightness = if paper.is_dark() {
        paper_l + 0.06
    } else {
        (paper_l - 0.035).min(0.965)
    };
    Rgb::from_lch([
        lightness,
        (chroma * 0.16).clamp(paper_c.min(0.02), 0.035),
        hue,
    ])
}

/// One colour with so much of another one in it.
pub fn mix(from: Rgb, to: Rgb, part: f32) -> Rgb {
    let (a, b) = (from.0.map(f32::from), to.0.map(f32::from));
    let channel = |at: usize| (a[at] + (b[at] - a[at]) * part) / 255.0;
    Rgb::of([channel(0), channel(1), channel(2)])
}

#[cfg(test)]
mod tests;
