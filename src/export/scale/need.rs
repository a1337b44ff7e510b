//! How much of a picture's points its slides show.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::deck::{Frame, Image, Slots, pictures, pictures_in_line};

/// Points for each unit of a slide: a slide that fills a screen of 3840 points.
const POINTS: f64 = 3.0;

/// The room that a picture has somewhere, in parts of a slide.
#[derive(Clone, Copy)]
struct Place {
    wide: f64,
    high: f64,
    /// Whether it fills the room, and is cut off; else it is seen whole.
    fills: bool,
}

const SLIDE: Place = Place {
    wide: 1.0,
    high: 1.0,
    fills: true,
};

/// By what each picture may be made smaller, by key, so that it has all the points
/// that the largest place it is shown at has.
pub fn factors(frames: &[Arc<Frame>], size: (u32, u32)) -> BTreeMap<String, f64> {
    let mut res: BTreeMap<String, f64> = BTreeMap::new();
    for frame in frames {
        let places = places(frame);
        for asset in &frame.assets {
            let (Some(key), Some((width, height))) = (&asset.key, asset.size) else {
                continue;
            };
            let own = places.iter().filter(|(href, _)| *href == asset.href);
            let own: Vec<Place> = own.map(|(_, place)| *place).collect();
            // What is found by no look at the model is in raw HTML, which may show it anywhere.
            let all = if own.is_empty() { vec![SLIDE] } else { own };
            for place in all {
                let wide = place.wide * f64::from(size.0) * POINTS / f64::from(width);
                let high = place.high * f64::from(size.1) * POINTS / f64::from(height);
                let factor = if place.fills {
                    wide.max(high)
                } else {
                    wide.min(high)
                };
                let most = res.entry(key.clone()).or_default();
                *most = most.max(factor);
            }
        }
    }
    res
}

/// Every place at which a slide shows a picture, with its address.
fn places(frame: &Frame) -> Vec<(&str, Place)> {
    let Slots {
        body,
        left,
        right,
        picture,
        source,
        figure,
        ..
    } = &frame.slots;
    let canvas = Place {
        fills: !frame.whole_picture,
        ..SLIDE
    };
    let in_line = frame.footnotes.iter().chain([&frame.title, source, figure]);
    let blocks = [body, left, right, &frame.notes];
    let in_text = blocks.into_iter().flat_map(|blocks| pictures(blocks));
    let in_text = in_text.chain(in_line.flat_map(|line| pictures_in_line(line)));
    let mut res: Vec<(&str, Place)> = Vec::new();
    let alone = [(&frame.backdrop, SLIDE), (picture, canvas)];
    for (image, place) in alone {
        let shown = image
            .iter()
            .filter_map(|image| Some((image, place_of(image, place)?)));
        res.extend(shown.map(|(image, place)| (image.href.as_str(), place)));
    }
    for image in in_text {
        // Between the margins, below a title and above the foot.
        let place = Place {
            wide: 7.0 / 8.0,
            high: 0.8,
            fills: image.attrs.has("cover"),
        };
        res.extend(place_of(image, place).map(|place| (image.href.as_str(), place)));
    }
    res
}

/// A film shows a picture that is no picture of the slide's.
fn place_of(image: &Image, place: Place) -> Option<Place> {
    image.medium().is_none().then_some(place)
}
