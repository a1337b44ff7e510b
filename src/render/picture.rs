//! Pictures to HTML.

use super::ASSET_SCHEME;
use super::html::Writer;
use crate::deck::look::Look;
use crate::deck::{Attrs, Braced, Image};

impl Writer<'_> {
    /// A picture in a `<figure>`, its title below it. It fills its place unless
    /// it is to be `whole`.
    pub fn figure(&mut self, image: &Image, whole: bool) -> String {
        let mut placed = image.attrs.clone();
        placed.keep_keys(|key| !matches!(key, "width" | "height"));
        self.figure_element(
            image,
            Some(if whole { "whole" } else { "cover" }),
            &placed,
            image.step,
        );
        self.take()
    }

    /// A picture behind everything; it says nothing to those who cannot see it.
    pub fn backdrop(&mut self, image: &Image) -> String {
        if self
            .assets
            .get(image.href.as_str())
            .is_some_and(|asset| asset.key.is_some())
        {
            match image.medium() {
                Some(_) => self.film_behind(image),
                None => self.image(image, Some("backdrop"), &Attrs::default(), 0),
            }
        }
        self.take()
    }

    /// The `<figure>` of a picture or film.
    pub fn figure_element(&mut self, image: &Image, class: Option<&str>, attrs: &Attrs, step: u16) {
        if image.medium().is_some() {
            return self.played(image, class.unwrap_or_default(), attrs, step);
        }
        self.push("<figure");
        self.attrs(attrs, step, "picture");
        let size = Look::of(attrs).0.size_style();
        if !size.is_empty() {
            let style = format!(" style=\"{size}\"");
            self.push(&style);
        }
        self.push(">");
        let pairs = attrs.pairs.iter().filter(|(key, _)| key == "focus");
        let focus = Attrs::from(Braced {
            pairs: pairs.cloned().collect(),
            ..Braced::default()
        });
        self.image(image, class, &focus, 0);
        if !image.title.is_empty() {
            self.push("<figcaption>");
            self.text(&image.title);
            self.push("</figcaption>");
        }
        self.push("</figure>");
    }

    /// What stands in the place of a picture or film that is not there.
    pub fn missing(&mut self, image: &Image) {
        self.push("<span class=\"missing\" role=\"img\" aria-label=\"");
        self.text(&image.alt);
        self.push("\">");
        self.text(if image.href.starts_with("data:") {
            "data:"
        } else {
            &image.href
        });
        self.push("</span>");
    }

    /// The `src` stands last and the attributes in this order: `export` finds
    /// pictures by this very spelling.
    pub fn image(&mut self, image: &Image, class: Option<&str>, attrs: &Attrs, step: u16) {
        if image.medium().is_some() {
            return self.played_in_line(image, attrs, step);
        }
        let asset = self.assets.get(image.href.as_str()).copied();
        let Some((key, asset)) = asset.and_then(|asset| Some((asset.key.as_deref()?, asset)))
        else {
            self.missing(image);
            return;
        };
        let look = Look::of(attrs).0;
        let parts = [look.size_style(), look.focus_style()];
        let style = parts.iter().filter(|part| !part.is_empty());
        let style: Vec<&str> = style.map(String::as_str).collect();
        self.push("<img");
        self.attrs(attrs, step, class.unwrap_or_default());
        if !style.is_empty() {
            self.push(&format!(" style=\"{}\"", style.join(";")));
        }
        self.push(" alt=\"");
        self.text(&image.alt);
        self.push("\"");
        if let Some((width, height)) = asset.size {
            self.push(&format!(" width=\"{width}\" height=\"{height}\""));
        }
        self.push(&format!(" src=\"{ASSET_SCHEME}{key}\">"));
    }
}
