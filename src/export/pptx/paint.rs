//! Colours of a slide: the theme's palette, what a slide's own background makes
//! of it, and which of them are colours of the presentation's theme.

use std::collections::BTreeMap;

use crate::deck::Frame;
use crate::palette::{self, Rgb};
use crate::theme::Theme;
use crate::theme::places;

/// A colour, by its name in the presentation's theme where it has one: then it
/// changes with the theme.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// The colour itself.
    pub rgb: Rgb,
    /// `tx1`, `accent1` and so on.
    pub scheme: Option<&'static str>,
    /// How much of it is seen, in percent.
    pub alpha: u8,
}

/// Names of the palette and what the presentation's theme calls them, in the
/// order of a theme's colours.
pub const SCHEME: [(&str, &str, &str); 11] = [
    ("ink", "tx1", "dk1"),
    ("paper", "bg1", "lt1"),
    ("night", "tx2", "dk2"),
    ("tint", "bg2", "lt2"),
    ("accent", "accent1", "accent1"),
    ("series-2", "accent2", "accent2"),
    ("series-3", "accent3", "accent3"),
    ("series-4", "accent4", "accent4"),
    ("series-5", "accent5", "accent5"),
    ("series-6", "accent6", "accent6"),
    ("accent-ink", "hlink", "hlink"),
];

impl Colour {
    /// One that no theme changes.
    pub fn fixed(rgb: Rgb) -> Colour {
        Colour {
            rgb,
            scheme: None,
            alpha: 100,
        }
    }

    /// The same, seen through.
    pub fn faint(self, alpha: u8) -> Colour {
        Colour { alpha, ..self }
    }

    /// So much of it, in percent, mixed with another one.
    pub fn mixed(self, percent: f64, other: Colour) -> Colour {
        Colour::fixed(palette::mix(
            other.rgb,
            self.rgb,
            (percent / 100.0).clamp(0.0, 1.0) as f32,
        ))
    }

    /// Six digits as XML has them.
    pub fn hex(self) -> String {
        self.rgb.css().trim_start_matches('#').to_uppercase()
    }
}

/// The palette of a deck or of a slide with a ground of its own.
#[derive(Debug, Clone)]
pub struct Paints {
    tokens: BTreeMap<String, Rgb>,
    /// Names that mean on this slide what they mean in the theme.
    own: bool,
}

/// The colours of one ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ground {
    /// The ground.
    pub bg: Colour,
    /// Text.
    pub fg: Colour,
    /// Secondary text.
    pub soft: Colour,
    /// The accent as text.
    pub mark: Colour,
    /// The accent as a shape.
    pub spot: Colour,
}

impl Paints {
    /// Those of the theme.
    pub fn of(theme: &Theme) -> Paints {
        let tokens = palette::tokens(&theme.grounds)
            .into_iter()
            .map(|(name, colour)| (name.to_string(), colour));
        let series = palette::series_tokens(&theme.grounds);
        Paints {
            tokens: tokens.chain(series).collect(),
            own: false,
        }
    }

    /// The same with what a slide's background makes of them.
    pub fn on(&self, frame: &Frame) -> Paints {
        let mut res = self.clone();
        let said = frame.style.split(';').filter_map(|declaration| {
            let (name, value) = declaration.trim().strip_prefix("--")?.split_once(':')?;
            Some((name.trim().to_string(), Rgb::parse(value)?))
        });
        for (name, colour) in said {
            res.own = true;
            res.tokens.insert(name, colour);
        }
        res
    }

    /// A colour by its name.
    pub fn get(&self, name: &str) -> Colour {
        let rgb = self.tokens.get(name).copied();
        let scheme = SCHEME.iter().find(|(own, _, _)| *own == name);
        Colour {
            rgb: rgb.unwrap_or(palette::BLACK),
            scheme: scheme.map(|(_, said, _)| *said).filter(|_| !self.own),
            alpha: 100,
        }
    }

    /// The colours of a ground.
    pub fn ground(&self, names: &places::Ground) -> Ground {
        Ground {
            bg: self.get(&names.bg),
            fg: self.get(&names.fg),
            soft: self.get(&names.soft),
            mark: self.get(&names.mark),
            spot: self.get(&names.spot),
        }
    }

    /// The colour of a series, counted from 0, on a ground, and what is read on it.
    pub fn series(&self, index: usize, on: &str) -> (Colour, Colour) {
        let number = index % 6 + 1;
        let behind = match on {
            "night" => "-on-night",
            "accent" => "-on-accent",
            _ => "",
        };
        let own = format!("series-{number}{behind}");
        let own = match self.tokens.contains_key(&own) && !self.own {
            true => own,
            false => format!("series-{number}"),
        };
        let mut colour = self.get(&own);
        let accent = self.get("accent");
        if colour.rgb == accent.rgb {
            colour = accent;
        }
        (colour, self.get(&format!("on-{own}")))
    }
}

impl Ground {
    /// White on a darkened picture.
    pub fn dark(paints: &Paints) -> Ground {
        let on = paints.get("on-night");
        Ground {
            bg: paints.get("night"),
            fg: on,
            soft: on,
            mark: on,
            spot: on,
        }
    }

    /// Hairlines.
    pub fn rule(&self) -> Colour {
        self.fg.mixed(20.0, self.bg)
    }

    /// The ground seen through a little text colour.
    pub fn shade(&self, percent: f64) -> Colour {
        self.fg.mixed(percent, self.bg)
    }

    /// A colour of the ground, or of the palette.
    pub fn named(&self, name: &str, paints: &Paints) -> Colour {
        match name {
            "bg" => self.bg,
            "fg" => self.fg,
            "soft" => self.soft,
            "mark" => self.mark,
            "spot" => self.spot,
            "rule" => self.rule(),
            name => paints.get(name),
        }
    }
}
