//! XML that is always well-formed: what is opened is closed, text is escaped,
//! and characters that XML does not know are left out.

use std::fmt::{Display, Write};

use crate::escape::xml as escape;

/// A document or a piece of one being written.
#[derive(Default)]
pub struct Xml {
    out: String,
    open: Vec<&'static str>,
    /// Whether the last tag can still get attributes.
    in_tag: bool,
}

impl Xml {
    /// A whole document.
    pub fn document() -> Xml {
        Xml {
            out: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".into(),
            ..Xml::default()
        }
    }

    /// Begins an element.
    pub fn open(&mut self, tag: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out += tag;
        self.open.push(tag);
        self.in_tag = true;
        self
    }

    /// Adds an attribute to the element just begun.
    pub fn attr(&mut self, name: &str, value: impl Display) -> &mut Self {
        debug_assert!(self.in_tag, "{name} stands in no tag");
        let _ = write!(self.out, " {name}=\"");
        escape(&mut self.out, &value.to_string());
        self.out.push('"');
        self
    }

    /// Adds an attribute if there is a value.
    pub fn attr_if(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// Text of the element.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        escape(&mut self.out, text);
        self
    }

    /// A piece of XML that was written by this program.
    pub fn piece(&mut self, xml: &str) -> &mut Self {
        self.end_tag();
        self.out += xml;
        self
    }

    /// Ends the element begun last.
    pub fn close(&mut self) -> &mut Self {
        let Some(tag) = self.open.pop() else {
            return self;
        };
        if std::mem::take(&mut self.in_tag) {
            self.out += "/>";
        } else {
            let _ = write!(self.out, "</{tag}>");
        }
        self
    }

    /// An element that holds text and nothing else.
    pub fn leaf(&mut self, tag: &'static str, text: &str) -> &mut Self {
        self.open(tag).text(text).close()
    }

    /// An element that has one attribute and nothing else.
    pub fn value(&mut self, tag: &'static str, value: impl Display) -> &mut Self {
        self.open(tag).attr("val", value).close()
    }

    /// What was written, with all that is still open ended.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out
    }

    fn end_tag(&mut self) {
        if std::mem::take(&mut self.in_tag) {
            self.out.push('>');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Xml;

    #[test]
    fn whatever_is_said_is_well_formed() {
        let mut xml = Xml::default();
        xml.open("a:t").attr("name", "a\"<\n\u{1}b");
        xml.text("x < y & z\u{0}\u{b}\u{fffe}").open("a:br");
        assert_eq!(
            xml.finish(),
            "<a:t name=\"a&quot;&lt;&#10;b\">x &lt; y &amp; z<a:br/></a:t>"
        );
    }
}
