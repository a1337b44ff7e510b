//! Films and sounds. In a text they stand where pictures stand; what they are
//! is told by the name of their file.

use super::words::MEDIA_CLASSES;
use super::{Attrs, Image};

/// What plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Medium {
    /// Moving pictures.
    Film,
    /// Sound alone.
    Sound,
}

/// Endings of files that today's browsers play, and their media types.
const KINDS: [(&str, Medium, &str); 13] = [
    ("mp4", Medium::Film, "video/mp4"),
    ("m4v", Medium::Film, "video/mp4"),
    ("webm", Medium::Film, "video/webm"),
    ("ogv", Medium::Film, "video/ogg"),
    ("mp3", Medium::Sound, "audio/mpeg"),
    ("m4a", Medium::Sound, "audio/mp4"),
    ("aac", Medium::Sound, "audio/aac"),
    ("wav", Medium::Sound, "audio/wav"),
    ("ogg", Medium::Sound, "audio/ogg"),
    ("oga", Medium::Sound, "audio/ogg"),
    ("opus", Medium::Sound, "audio/ogg"),
    ("flac", Medium::Sound, "audio/flac"),
    ("weba", Medium::Sound, "audio/webm"),
];

/// Keys whose value is the name of a file.
pub const FILE_KEYS: [&str; 2] = ["poster", "captions"];

/// Milliseconds beyond which a time is a slip of the pen: a day.
const LONGEST: f64 = 86_400_000.0;

impl Medium {
    /// What a file of this name is, with its ending and its media type.
    pub fn of(href: &str) -> Option<(Medium, &'static str, &'static str)> {
        if href.starts_with("data:") {
            return None;
        }
        let path = href.split(['?', '#']).next()?;
        let (_, ending) = path.rsplit_once('.')?;
        let known = KINDS
            .iter()
            .find(|(known, _, _)| known.eq_ignore_ascii_case(ending));
        known.map(|(ending, medium, mime)| (*medium, *ending, *mime))
    }

    /// What messages call it.
    pub fn name(self) -> &'static str {
        match self {
            Medium::Film => "film",
            Medium::Sound => "sound",
        }
    }
}

impl Image {
    /// What it plays; `None` if it is a picture.
    pub fn medium(&self) -> Option<Medium> {
        Medium::of(&self.href).map(|(medium, _, _)| medium)
    }
}

/// How a film or sound plays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Play {
    /// `.autoplay`: it plays, silently, while its slide is shown.
    pub itself: bool,
    /// `.loop`: it begins anew when it ends.
    pub again: bool,
    /// `.muted`: it is silent until somebody asks for sound.
    pub muted: bool,
    /// `controls=no`: nothing lies over it.
    pub bare: bool,
    /// `start=1:05`: where it begins, in milliseconds.
    pub start: u32,
    /// `end=90`: where it ends.
    pub end: Option<u32>,
}

impl Play {
    /// Reads the attributes, and says which of them cannot be read.
    pub fn of(attrs: &Attrs) -> (Play, Vec<(&str, &str)>) {
        let mut play = Play {
            itself: attrs.has("autoplay"),
            again: attrs.has("loop"),
            muted: attrs.has("muted"),
            ..Play::default()
        };
        let mut faults = Vec::new();
        for (key, value) in &attrs.pairs {
            let time = time(value);
            let is_read = match key.as_str() {
                "start" => time.map(|time| play.start = time).is_some(),
                "end" => time.map(|time| play.end = Some(time)).is_some(),
                "controls" => {
                    play.bare = value == "no";
                    matches!(value.as_str(), "yes" | "no")
                }
                _ => true,
            };
            if !is_read {
                faults.push((key.as_str(), value.as_str()));
            }
        }
        if let Some(end) = attrs.get("end")
            && play.end.is_some_and(|end| end <= play.start)
        {
            faults.push(("end", end));
            play.end = None;
        }
        (play, faults)
    }

    /// Attributes without the words that say how something plays.
    pub fn without_words(attrs: &Attrs) -> Attrs {
        let mut rest = attrs.clone();
        rest.keep_classes(|class| !MEDIA_CLASSES.contains(&class));
        rest
    }
}

/// `75`, `75.5` and `1:15.5` are seconds, `1:02:03` begins with hours.
fn time(text: &str) -> Option<u32> {
    let is_plain = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
    };
    let parts: Vec<&str> = text.trim().split(':').collect();
    if parts.len() > 3 || !parts.iter().all(|part| is_plain(part)) {
        return None;
    }
    let mut seconds = 0.0;
    for part in parts {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    let millis = (seconds * 1000.0).round();
    (millis <= LONGEST).then_some(millis as u32)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(time("75"), Some(75_000));
        assert_eq!(time("1:15.5"), Some(75_500));
        assert_eq!(time("1:02:03"), Some(3_723_000));
        for wrong in ["", ":", "-1", "1e3", "nan", "1:2:3:4", "99999999", "1.2.3"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
