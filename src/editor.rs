//! The author's editor, told to open a file at a line.
//!
//! There is no standard for that: each editor has its own words. The table
//! below is from the editors' own manuals.

use std::path::Path;
use std::process::{Command, Stdio};

/// Where an author says which editor to use, the first that is set wins.
pub const VARIABLES: [&str; 3] = ["DECKLE_EDITOR", "VISUAL", "EDITOR"];

/// How an editor is told a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `--goto FILE:LINE`
    Goto,
    /// `FILE:LINE`
    Colon,
    /// `+LINE FILE`
    Plus,
    /// `--line LINE FILE`
    Line,
    /// `-nLINE FILE`
    Number,
}

/// Editors by the name of their program: how they are told a line, and whether
/// they run in the terminal they are started from.
const EDITORS: [(&str, Form, bool); 45] = [
    ("code", Form::Goto, false),
    ("code-insiders", Form::Goto, false),
    ("codium", Form::Goto, false),
    ("vscodium", Form::Goto, false),
    ("cursor", Form::Goto, false),
    ("windsurf", Form::Goto, false),
    ("positron", Form::Goto, false),
    ("zed", Form::Colon, false),
    ("zeditor", Form::Colon, false),
    ("zed-editor", Form::Colon, false),
    ("subl", Form::Colon, false),
    ("sublime_text", Form::Colon, false),
    ("lapce", Form::Colon, false),
    ("hx", Form::Colon, true),
    ("helix", Form::Colon, true),
    ("vi", Form::Plus, true),
    ("vim", Form::Plus, true),
    ("nvim", Form::Plus, true),
    ("gvim", Form::Plus, false),
    ("mvim", Form::Plus, false),
    ("neovide", Form::Plus, false),
    ("nano", Form::Plus, true),
    ("micro", Form::Plus, true),
    ("kak", Form::Plus, true),
    ("joe", Form::Plus, true),
    ("mcedit", Form::Plus, true),
    ("emacs", Form::Plus, false),
    ("emacsclient", Form::Plus, false),
    ("gedit", Form::Plus, false),
    ("gnome-text-editor", Form::Plus, false),
    ("xed", Form::Plus, false),
    ("pluma", Form::Plus, false),
    ("geany", Form::Plus, false),
    ("kate", Form::Line, false),
    ("kwrite", Form::Line, false),
    ("mate", Form::Line, false),
    ("bbedit", Form::Plus, false),
    ("idea", Form::Line, false),
    ("webstorm", Form::Line, false),
    ("pycharm", Form::Line, false),
    ("rustrover", Form::Line, false),
    ("goland", Form::Line, false),
    ("clion", Form::Line, false),
    ("phpstorm", Form::Line, false),
    ("notepad++", Form::Number, false),
];

/// A command that opens a file at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The program and what it is told.
    pub words: Vec<String>,
    /// Whether it takes over the terminal.
    pub in_terminal: bool,
}

/// What the author has set, if anything.
pub fn chosen() -> Option<String> {
    VARIABLES
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.trim().is_empty())
}

/// The call for a command as the author set it, such as `code --wait`. An
/// editor we do not know is given the file alone. `None` if the command has an
/// open quote.
pub fn call(command: &str, file: &Path, line: usize) -> Option<Call> {
    let mut words = shlex::split(command).filter(|words| !words.is_empty())?;
    let name = Path::new(&words[0])
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    // `idea64`, `rustrover64` are the same on Windows.
    let name = name.trim_end_matches("64");
    let file = file.display().to_string();
    let known = EDITORS.iter().find(|(known, ..)| *known == name);
    let mut in_terminal = known.is_some_and(|(_, _, in_terminal)| *in_terminal);
    in_terminal |= words
        .iter()
        .skip(1)
        .any(|word| matches!(word.as_str(), "-nw" | "-t" | "-tty"));
    // Waiting is for programs that need the text back.
    words.retain(|word| !matches!(word.as_str(), "--wait" | "-w"));
    match known.map(|(_, form, _)| *form) {
        Some(Form::Goto) => words.extend(["--goto".into(), format!("{file}:{line}")]),
        Some(Form::Colon) => words.push(format!("{file}:{line}")),
        Some(Form::Plus) => words.extend([format!("+{line}"), file]),
        Some(Form::Line) => words.extend(["--line".into(), line.to_string(), file]),
        Some(Form::Number) => words.extend([format!("-n{line}"), file]),
        None => words.push(file),
    }
    Some(Call { words, in_terminal })
}

impl Call {
    /// Starts the editor; one that has a window of its own goes on by itself,
    /// one in the terminal is waited for.
    ///
    /// # Errors
    /// If the program is not there.
    pub fn start(&self) -> std::io::Result<()> {
        let mut command = Command::new(&self.words[0]);
        command.args(&self.words[1..]);
        if self.in_terminal {
            return command.status().map(|_| ());
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        // An ended child that nobody asks for stays in the system's table.
        std::thread::spawn(move || child.wait());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(command: &str) -> String {
        let call = call(command, Path::new("/talk/my deck.md"), 14).expect("a call");
        let mark = if call.in_terminal { " (terminal)" } else { "" };
        call.words.join("|") + mark
    }

    #[test]
    fn each_editor_is_told_in_its_own_words() {
        assert_eq!(said("code --wait"), "code|--goto|/talk/my deck.md:14");
        assert_eq!(
            said("/usr/bin/nvim"),
            "/usr/bin/nvim|+14|/talk/my deck.md (terminal)"
        );
        assert_eq!(
            said("emacs -nw"),
            "emacs|-nw|+14|/talk/my deck.md (terminal)"
        );
        assert_eq!(said("vim"), "vim|+14|/talk/my deck.md (terminal)");
        assert_eq!(said("gvim"), "gvim|+14|/talk/my deck.md");
        assert_eq!(said("subl -w"), "subl|/talk/my deck.md:14");
        assert_eq!(said("emacsclient"), "emacsclient|+14|/talk/my deck.md");
        assert_eq!(said("hx"), "hx|/talk/my deck.md:14 (terminal)");
        assert_eq!(
            said("'/opt/my editors/zed'"),
            "/opt/my editors/zed|/talk/my deck.md:14"
        );
        assert_eq!(said("idea64.exe"), "idea64.exe|--line|14|/talk/my deck.md");
        assert_eq!(said("ed"), "ed|/talk/my deck.md");
        assert_eq!(call("'open", Path::new("a.md"), 1), None);
        assert_eq!(call("", Path::new("a.md"), 1), None);
    }
}
