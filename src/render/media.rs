//! Films and sounds to HTML. A browser's own controls serve them; that they play
//! while their slide is shown is `templates/media.js`'s business, so that
//! without a script nothing plays by itself.

use super::ASSET_SCHEME;
use super::html::{Writer, attributes};
use crate::deck::look::Look;
use crate::deck::media::Play;
use crate::deck::{Attrs, Image, Medium};
use crate::escape::escape;

impl Writer<'_> {
    /// A film or sound with its caption. Printed, a note says what cannot be.
    pub fn played(&mut self, image: &Image, class: &str, attrs: &Attrs, step: u16) {
        let Some(medium) = image.medium() else {
            return;
        };
        let own = Play::without_words(attrs);
        let mut html = String::from("<figure");
        html += &attributes(&own, step, &format!("picture {}", medium.name()));
        let size = Look::of(attrs).0.size_style();
        if !size.is_empty() {
            html += &format!(" style=\"{size}\"");
        }
        html += ">";
        let player = self.player(image, &attributes(&Attrs::default(), 0, class), attrs);
        let is_found = player.is_some();
        match player {
            Some(player) => html += &player,
            None => {
                self.push(&html);
                self.missing(image);
                html = String::new();
            }
        }
        // A sound shows nothing, so its text names it.
        let caption = match medium {
            Medium::Sound if image.title.is_empty() => &image.alt,
            Medium::Sound | Medium::Film => &image.title,
        };
        if !caption.is_empty() {
            html += "<figcaption>";
            escape(&mut html, caption);
            html += "</figcaption>";
        }
        if !is_found {
            return self.push(&(html + "</figure>"));
        }
        html += "<p class=\"played\" aria-hidden=\"true\">▶ ";
        escape(&mut html, image.href.rsplit('/').next().unwrap_or_default());
        self.own(html + "</p></figure>");
    }

    /// A film or sound in a line of text.
    pub fn played_in_line(&mut self, image: &Image, attrs: &Attrs, step: u16) {
        let own = attributes(&Play::without_words(attrs), step, "");
        match self.player(image, &own, attrs) {
            Some(player) => self.own(player),
            None => self.missing(image),
        }
    }

    /// A silent film behind everything that goes on for ever.
    pub fn film_behind(&mut self, image: &Image) {
        if let Some(address) = self.address(&image.href) {
            self.own(format!(
                "<video class=\"backdrop\" aria-hidden=\"true\" tabindex=\"-1\" muted loop playsinline \
                 preload=\"auto\" data-play src=\"{address}\"></video>"
            ));
        }
    }

    /// The element that plays, with attributes of its `own`; `None` if there is no
    /// such file.
    fn player(&self, image: &Image, own: &str, attrs: &Attrs) -> Option<String> {
        let address = self.address(&image.href)?;
        let play = Play::of(attrs).0;
        let medium = image.medium()?;
        let tag = match medium {
            Medium::Film => "video",
            Medium::Sound => "audio",
        };
        let mut html = format!("<{tag}{own}");
        let size = self.assets.get(image.href.as_str())?.size;
        let shape = size.map_or_else(String::new, |(width, height)| {
            format!("--ratio:{}", f64::from(width * 1000 / height) / 1000.0)
        });
        let styles = [Look::of(attrs).0.focus_style(), shape];
        let styles: Vec<&str> = styles
            .iter()
            .map(String::as_str)
            .filter(|style| !style.is_empty())
            .collect();
        if !styles.is_empty() {
            html += &format!(" style=\"{}\"", styles.join(";"));
        }
        let name = if image.alt.is_empty() {
            &image.title
        } else {
            &image.alt
        };
        html += " aria-label=\"";
        escape(&mut html, name);
        html += "\" controls";
        html += &flags(play, medium);
        let poster = attrs.get("poster").and_then(|href| self.address(href));
        html += match poster {
            Some(_) => " preload=\"none\"",
            None => " preload=\"metadata\"",
        };
        if let Some((width, height)) = size {
            html += &format!(" width=\"{width}\" height=\"{height}\"");
        }
        if let Some(poster) = poster.filter(|_| medium == Medium::Film) {
            html += &format!(" poster=\"{poster}\"");
        }
        html += &format!(" src=\"{address}{}\">", fragment(play));
        if let Some(captions) = attrs.get("captions").and_then(|href| self.address(href)) {
            html += &format!("<track kind=\"captions\" label=\"CC\" default src=\"{captions}\">");
        }
        Some(html + &format!("</{tag}>"))
    }

    fn address(&self, href: &str) -> Option<String> {
        let asset = self.assets.get(href)?;
        let key = asset.key.as_ref()?;
        Some(format!("{ASSET_SCHEME}{key}"))
    }
}

/// How it plays, for the browser and for our script.
fn flags(play: Play, medium: Medium) -> String {
    let mut res = String::new();
    if medium == Medium::Film {
        res += " playsinline";
    }
    if play.muted || play.itself {
        res += " muted";
    }
    let is_part = play.start > 0 || play.end.is_some();
    if play.again && !is_part {
        res += " loop";
    }
    if play.itself {
        res += " data-play";
    }
    if play.bare {
        res += " data-bare";
    }
    // A browser's own loop begins at the very start.
    if play.again && is_part {
        res += " data-again";
        res += &play
            .end
            .map_or_else(String::new, |end| format!(" data-end=\"{}\"", seconds(end)));
    }
    if play.start > 0 {
        res += &format!(" data-start=\"{}\"", seconds(play.start));
    }
    res
}

/// The part that is played, as the W3C's Media Fragments say it.
fn fragment(play: Play) -> String {
    let end = play.end.filter(|_| !play.again);
    match (play.start, end) {
        (0, None) => String::new(),
        (start, None) => format!("#t={}", seconds(start)),
        (start, Some(end)) => format!("#t={},{}", seconds(start), seconds(end)),
    }
}

fn seconds(millis: u32) -> f64 {
    f64::from(millis) / 1000.0
}
