//! Makes the scripts of an export small and packs them, once for all exports.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::DeflateEncoder;

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
