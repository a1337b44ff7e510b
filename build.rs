//! What is made once for all runs of the program: the scripts of an export, small
//! and packed, and the grammars of code, each by itself.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use syntect::dumps::dump_to_uncompressed_file;
use syntect::parsing::syntax_definition::{Pattern, SyntaxDefinition};
use syntect::parsing::{Regex, SyntaxReference, SyntaxSet, SyntaxSetBuilder};

#[path = "src/render/minify.rs"]
mod minify;
#[path = "src/render/script.rs"]
mod script;
#[expect(dead_code, reason = "what only served pages need is not packed")]
#[path = "src/render/scripts.rs"]
mod scripts;

const DESK_CSS: &str = include_str!("templates/desk.css");
const STAGE_CSS: &str = include_str!("templates/stage.css");
const SLIDE_CSS: &str = include_str!("templates/slide.css");

/// Makes the scripts of an export out of how they are written in it.
const UNPACK_JS: &str = include_str!("templates/unpack.js");

fn main() {
    for path in ["build.rs", "templates", "src/render"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo says where"));
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("cargo gives a folder to write to");
    };
    let desk = minify::css(DESK_CSS);
    write("desk.css", &desk);
    write("stage.css", &minify::css(STAGE_CSS));
    write("slide.css", &minify::css(SLIDE_CSS));
    let style = format!("{}{desk}", scripts::LAYERS);
    for (name, media) in [("silent", ""), ("playing", scripts::MEDIA)] {
        let own = scripts::closed(&format!("{}{media}", scripts::OWN.concat()));
        write(&format!("{name}.js"), &own);
        write(&format!("{name}.packed.js"), &packed(&style, &own));
        if media.is_empty() {
            let names: BTreeSet<&str> = scripts::names(&own).collect();
            let names: Vec<&str> = names.into_iter().collect();
            write(&format!("{name}.names"), &names.join(" "));
        }
    }
    let (list, blobs) = grammars(&folder.join("grammar"));
    write("grammars.txt", &list);
    std::fs::write(folder.join("grammars.bin"), blobs).expect("cargo gives a folder to write to");
}

/// The scripts of an export and the style sheet they need, as a script that
/// makes both. Half of an ordinary export would be our code otherwise.
fn packed(style: &str, script: &str) -> String {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::best());
    let done = packed
        .write_all(format!("{style}\0{script}").as_bytes())
        .and_then(|()| packed.finish());
    let packed = STANDARD.encode(done.expect("writing to memory does not fail"));
    format!("{}('{packed}');", script::small(UNPACK_JS))
}

// ---- grammars

/// Takes the set of all grammars apart, because reading all of it takes longer
/// than making a short deck: the bytes of each, and a list with one line for each:
/// its name, `hidden` or nothing, the endings of its files, where its bytes stand,
/// where those for text in ASCII stand, and the numbers of the grammars it needs.
/// The first line says where the bytes of one stand that does nothing.
fn grammars(file: &Path) -> (String, Vec<u8>) {
    let mut blobs: Vec<u8> = Vec::new();
    let mut add = |syntax: &SyntaxReference| {
        dump_to_uncompressed_file(syntax, file).expect("cargo gives a folder to write to");
        let bytes = std::fs::read(file).expect("it was written just now");
        let start = blobs.len();
        blobs.extend(&bytes);
        format!("{start}..{}", blobs.len())
    };
    let builder = two_face::syntax::extra_newlines().into_builder();
    let (ascii, nothing) = (builder_of(builder.syntaxes()).build(), nothing());
    let mut list = format!("{}\n", add(&nothing.syntaxes()[0]));
    let needs: Vec<String> = builder.syntaxes().iter().map(needed).collect();
    let all = builder.build();
    for ((syntax, ascii), needs) in all.syntaxes().iter().zip(ascii.syntaxes()).zip(needs) {
        let hidden = if syntax.hidden { "hidden" } else { "" };
        let fields = [
            &syntax.name,
            hidden,
            &syntax.file_extensions.join(" "),
            &add(syntax),
            &add(ascii),
            &needs,
        ];
        list += &format!("{}\n", fields.join("\t"));
    }
    (list, blobs)
}

/// A grammar that others can have in its place.
fn nothing() -> SyntaxSet {
    let mut builder = SyntaxSetBuilder::new();
    builder.add(SyntaxDefinition {
        name: String::new(),
        file_extensions: Vec::new(),
        scope: syntect::parsing::Scope::default(),
        first_line_match: None,
        hidden: true,
        variables: Default::default(),
        contexts: Default::default(),
    });
    builder.build()
}

/// The numbers of the grammars that one refers to. Only its description for
/// debugging gives them.
fn needed(syntax: &SyntaxDefinition) -> String {
    const MARK: &str = "syntax_index: ";
    let shown = format!("{:?}", syntax.contexts);
    let number = |(at, _): (usize, &str)| -> Option<usize> {
        let rest = &shown[at + MARK.len()..];
        rest.split(|c: char| !c.is_ascii_digit())
            .next()?
            .parse()
            .ok()
    };
    let numbers: BTreeSet<usize> = shown.match_indices(MARK).filter_map(number).collect();
    let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
    numbers.join(" ")
}

/// The same grammars for text in ASCII. Their expressions find the same there, and
/// are made in a quarter of the time: each `\p{L}` is a list of 600 ranges.
fn builder_of(syntaxes: &[SyntaxDefinition]) -> SyntaxSetBuilder {
    let mut res = SyntaxSetBuilder::new();
    for syntax in syntaxes {
        let mut syntax = syntax.clone();
        let contexts = syntax.contexts.values_mut();
        for pattern in contexts.flat_map(|context| &mut context.patterns) {
            let Pattern::Match(found) = pattern else {
                continue;
            };
            let ascii = in_ascii(found.regex.regex_str());
            // One that refers to what another has found cannot be tried yet.
            if !found.has_captures && Regex::try_compile(&ascii).is_none() {
                found.regex = Regex::new(ascii);
            }
        }
        res.add(syntax);
    }
    res
}

/// An expression of Oniguruma with its classes of characters cut down to ASCII:
/// those that have a name by an option, those of Unicode one by one.
fn in_ascii(expression: &str) -> String {
    let mut res = String::from("(?IWDSP)");
    let mut depth = 0_usize;
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        match c {
            '\\' => {
                if let Some((class, end)) = class(rest) {
                    match (depth, class) {
                        (0, "") => res += "(?!)",
                        (0, _) => res += &format!("[{class}]"),
                        _ => res += class,
                    }
                    rest = &rest[end..];
                    continue;
                }
                length += rest[1..].chars().next().map_or(0, char::len_utf8);
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        res += &rest[..length];
        rest = &rest[length..];
    }
    res
}

/// The class that an expression begins with, as it stands in brackets, and its
/// length. Those of small and of capital letters are none: they depend on options.
fn class(expression: &str) -> Option<(&'static str, usize)> {
    let name = expression.strip_prefix("\\p{")?.split('}').next()?;
    let class = match name {
        "L" => "a-zA-Z",
        "N" | "Nd" => "0-9",
        "Nl" | "Mn" | "Mc" | "Lt" | "Lm" | "Lo" => "",
        "Pc" => "_",
        _ => return None,
    };
    Some((class, name.len() + 4))
}
