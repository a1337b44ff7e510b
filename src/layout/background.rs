//! What a slide stands on.

use std::path::Path;

use crate::deck::{Attrs, Frame, Image};
use crate::diag::Diagnostics;
use crate::palette::{Gradient, Rgb, on_ground};
use crate::source::Spanned;
use crate::theme::Theme;

/// A colour becomes a ground with a palette of its own, a gradient one on which
/// its worst stop can be read, anything else is a picture
/// or a film.
pub fn set(diags: &mut Diagnostics, frame: &mut Frame, background: Spanned<String>, theme: &Theme) {
    let Spanned { value, span } = background;
    if let Some(ground) = Rgb::parse(&value) {
        add_style(frame, &on_ground(ground, &theme.grounds));
        frame.classes.push("own-ground".into());
    } else if let Some(gradient) = Gradient::parse(&value) {
        if !gradient.is_readable {
            diags.pale_gradient(span);
        }
        add_style(frame, &on_ground(gradient.ground, &theme.grounds));
        add_style(frame, &format!("--gradient:{}", gradient.css));
        frame
            .classes
            .extend(["own-ground".into(), "own-gradient".into()]);
    } else if Path::new(&value).extension().is_some() && !value.contains("gradient(") {
        frame.backdrop = Some(Image {
            href: value,
            alt: String::new(),
            title: String::new(),
            attrs: Attrs::default(),
            step: 0,
            span,
        });
    } else {
        diags.bad_colour(span, &value);
    }
}

/// Puts declarations behind those that a frame has.
fn add_style(frame: &mut Frame, own: &str) {
    let style = &mut frame.style;
    if !style.is_empty() && !style.ends_with(';') {
        style.push(';');
    }
    *style += own;
}
