//! What the command line may say. The only file that knows clap.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::export::{self, Form};
use crate::import::{self, Wishes};
use crate::theme;

/// The port that is tried first.
pub const PORT: u16 = 4400;

/// Turns an article or Markdown into a slide deck worth presenting.
///
/// One binary, no network: the deck it exports is one HTML file that asks for
/// nothing and opens anywhere.
#[derive(Debug, Parser)]
#[command(name = "deckle", version, max_term_width = 100, after_help = EXAMPLES, propagate_version = true, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  deckle present article.txt          show an article as slides, at once
  deckle import article.txt           make a deck of it that you can edit: article/*.md
  deckle watch article                show the deck and follow every edit
  deckle export article -o talk.html  write it as one file, to mail or to keep

Exit codes: 0 clean, 1 something was found in the deck, 2 could not run.";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a deck of slides out of an article
    #[command(after_help = "\
Examples:
  deckle import article.txt                  writes the folder article/
  deckle import page.html -o talk            writes the folder talk/
  deckle import one.md two.txt -o talk       one deck of both
  deckle import article.txt --minutes 10 --drop Background
  deckle import article.txt --update         after the article or the slides were edited
  deckle import article.txt --report --dry-run   where each point comes from
  curl -s https://example.org/ | deckle import - -o talk")]
    Import(Import),
    /// Say what is wrong with a deck, and whether it keeps to its article
    #[command(after_help = "\
Examples:
  deckle check talk/                         what is wrong, and what could be better
  deckle check talk/ --room hall --browser   as seen from the last row, measured by a browser
  deckle check talk/ --fix                   shows what can be mended, and asks
  deckle check --format sarif > deck.sarif   for a code host; `github` for a workflow
  deckle check --explain small-type
  deckle check talk/ --against article.txt   what on its slides is not in the article
  deckle check talk/ --explain-layout 4      which rule chose the layout of slide 4

Notes are opinions: they do not count. Exit codes: 0 clean, 1 a warning or an error,
2 could not run.")]
    Check(Check),
    /// Show a deck, or an article as one, in the browser
    #[command(after_help = "\
Examples:
  deckle present                             the deck of this folder
  deckle present talk/                       a folder of Markdown files
  deckle present article.txt --theme paper   an article, imported in memory
  deckle present talk/ --share               with a phone as remote, and for the audience's phones

With two screens the slides fill the second one and the speaker view stays on this one;
otherwise S opens it. The key ? shows all the others.

With --share everybody gets a link of their own: the phone in your hand, a co-presenter,
the audience, a second projector. Only slides go to the audience, never notes. What it
asks and answers is kept beside the deck as NAME.answers.json.")]
    Present(Present),
    /// Show a deck, record how long each slide takes, compare with the run before
    #[command(after_help = "\
Examples:
  deckle rehearse talk/                      writes talk.rehearsal.json beside the deck

The speaker view shows when the talk will end at this pace, and which slides marked
`optional: true` to leave out. Ctrl-C ends the run and prints what each slide took.")]
    Rehearse(Rehearse),
    /// Show a deck and follow every edit without reloading
    #[command(after_help = "\
Examples:
  deckle watch talk.md
  deckle watch article.txt --no-follow

Alt and click, or E, opens what is under the pointer in your editor: $DECKLE_EDITOR,
else $VISUAL, else $EDITOR.")]
    Watch(WatchArgs),
    /// Take the watched deck to the slide of a line
    #[command(after_help = "\
For editors to call, with the file and the line of the cursor. The deck must be
shown by `deckle watch` on this machine.

Examples:
  deckle goto talk.md:14
  deckle goto talk.md:14 --port 8080")]
    Goto(Goto),
    /// Write a deck as one HTML file that needs nothing else, as a presentation, PDF, pictures or text
    #[command(after_help = "\
Examples:
  deckle export talk/                        writes talk.html
  deckle export talk/ --to pptx              writes talk.pptx, to be edited in PowerPoint
  deckle export talk/ --to pptx --template house.potx   in the layouts of a template
  deckle export talk/ --to pdf --handout 3   three slides on a sheet, with their notes
  deckle export talk/ --to png --scale 2     writes talk-png/001.png and so on
  deckle export talk/ -o article.md          the talk as an article
  deckle export talk/ --to txt --notes only  what is said, and nothing else
  deckle export talk/ --notes off --report   for everybody, and what weighs what
  deckle export article.txt -o - | gzip > talk.html.gz")]
    Export(Export),
    /// Print this help, that of a command, or the language of decks
    #[command(after_help = "\
Examples:
  deckle help import            what can be said to `import`
  deckle help language          all that a deck may say
  deckle help language steps    a part of it
  deckle help layouts           how a slide comes to its layout")]
    Help(Help),
}

#[derive(Debug, Args)]
pub struct Import {
    /// Plain text, Markdown, HTML, EPUB or DOCX; `-` reads standard input.
    /// Several become one deck
    #[arg(required = true, value_name = "ARTICLE")]
    pub articles: Vec<PathBuf>,
    /// Folder to write; named after the article if not given
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Bring a deck in step with its article that has changed; your edits stay
    #[arg(long)]
    pub update: bool,
    /// Print where each text of the slides comes from, and what was left out
    #[arg(long, conflicts_with = "update")]
    pub report: bool,
    /// Write nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub amount: Amount,
}

/// How much of an article is shown, and which sections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
#[command(next_help_heading = "What of an article is shown")]
pub struct Amount {
    /// At most so many slides; factors share one rather than go
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub slides: Option<u16>,
    /// About so many minutes: one for a slide, half of one for title, agenda and closing
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub minutes: Option<u16>,
    /// `brief`: two points a factor; `full`: every passage that can be a slide [default: normal]
    #[arg(long, value_name = "LEVEL")]
    pub detail: Option<Detail>,
    /// The level of the headings that begin a factor, 1 to 6
    #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=6))]
    pub split_at: Option<u8>,
    /// Keep the section with this heading, or one that begins so; repeatable
    #[arg(long, value_name = "HEADING")]
    pub keep: Vec<String>,
    /// Leave out the section with this heading, or one that begins so; repeatable
    #[arg(long, value_name = "HEADING")]
    pub drop: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// Title, agenda, a slide with two points for each factor, closing
    Brief,
    /// What an ordinary talk shows
    Normal,
    /// Every passage that can be a slide
    Full,
}

impl Amount {
    /// The same in the words of the import.
    pub fn wishes(&self) -> Wishes {
        // Whoever gives minutes wants them filled as far as the article goes.
        let usual = match self.minutes {
            Some(_) => import::Detail::Full,
            None => import::Detail::Normal,
        };
        Wishes {
            slides: self.slides.map(usize::from),
            minutes: self.minutes.map(usize::from),
            detail: match self.detail {
                None => usual,
                Some(Detail::Brief) => import::Detail::Brief,
                Some(Detail::Normal) => import::Detail::Normal,
                Some(Detail::Full) => import::Detail::Full,
            },
            split_at: self.split_at,
            keep: self.keep.clone(),
            drop: self.drop.clone(),
        }
    }
}

fn theme_help() -> String {
    let names: Vec<String> = theme::names()
        .iter()
        .map(|name| format!("`{name}`"))
        .collect();
    let names = names.join(", ");
    format!("Theme to use instead of the deck's own: {names}, or a folder")
}

#[derive(Debug, Args)]
pub struct Deck {
    /// A Markdown file, a folder of them, or an article
    /// [default: `deck.md`, `slides.md` or the deck in `slides/`]
    #[arg(value_name = "DECK")]
    pub deck: Option<PathBuf>,
    #[arg(long, value_name = "NAME", help = theme_help())]
    pub theme: Option<String>,
    /// Show raw HTML as it is written, scripts included; only for decks you trust
    #[arg(long)]
    pub trust: bool,
    #[command(flatten)]
    pub amount: Amount,
}

#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub deck: Deck,
    #[command(flatten)]
    pub looking: Looking,
    #[command(flatten)]
    pub mending: Mending,
    /// Article that every text of the slides made of it has to be in
    #[arg(long, value_name = "ARTICLE")]
    pub against: Option<PathBuf>,
    /// Say why slide N, counted from 1, has its layout
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub explain_layout: Option<u32>,
    /// Hold slides without `from` against the article too
    #[arg(long, requires = "against")]
    pub all: bool,
}

/// What is looked for, and how it is told.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is looked for")]
pub struct Looking {
    /// How findings are printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
    /// Say what a finding means, and nothing else
    #[arg(long, value_name = "CODE")]
    pub explain: Option<String>,
    /// Where the talk is given
    #[arg(long, value_name = "ROOM")]
    pub room: Option<Place>,
    /// Let a browser measure what fits: the one that is installed, or this one
    #[arg(long, value_name = "PROGRAM", num_args = 0..=1, require_equals = true)]
    pub browser: Option<Option<PathBuf>>,
    /// Ask the web whether links to it lead somewhere; needs `curl`
    #[arg(long)]
    pub online: bool,
    /// A dictionary of Hunspell's, `NAME.dic` beside `NAME.aff`
    /// [default: the system's for the deck's language]
    #[arg(long, value_name = "FILE")]
    pub dictionary: Option<PathBuf>,
    /// Count this as an error; repeatable
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,
    /// Count this as a warning; repeatable
    #[arg(long, value_name = "CODE")]
    pub warn: Vec<String>,
    /// Do not report this; repeatable
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,
}

/// Whether what can be mended is.
#[derive(Debug, Args)]
#[command(next_help_heading = "Mending")]
pub struct Mending {
    /// Show as a difference what can be mended safely, ask, and write it
    #[arg(long)]
    pub fix: bool,
    /// Write it without asking
    #[arg(long, requires = "fix")]
    pub yes: bool,
    /// Only show it
    #[arg(long, requires = "fix", conflicts_with = "yes")]
    pub dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the lines they are about
    Human,
    /// One line each
    Short,
    /// An array of objects
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands of GitHub
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Place {
    /// A meeting room
    Small,
    /// A hall with many rows
    Hall,
}

#[derive(Debug, Args)]
pub struct Serving {
    /// Port to listen on [default: 4400, or a free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// Address to listen on; another than the default lets others read the deck [default: 127.0.0.1]
    #[arg(long, value_name = "ADDRESS")]
    pub host: Option<IpAddr>,
    /// Do not open the browser
    #[arg(long)]
    pub no_open: bool,
}

#[derive(Debug, Args)]
pub struct Present {
    #[command(flatten)]
    pub deck: Deck,
    #[command(flatten)]
    pub serving: Serving,
    /// Let phones and other screens in the local network take part, each by a link of its own
    #[arg(long)]
    pub share: bool,
}

#[derive(Debug, Args)]
pub struct Rehearse {
    #[command(flatten)]
    pub deck: Deck,
    #[command(flatten)]
    pub serving: Serving,
}

#[derive(Debug, Args)]
pub struct WatchArgs {
    #[command(flatten)]
    pub deck: Deck,
    #[command(flatten)]
    pub serving: Serving,
    /// Go to the slide that was edited (the default)
    #[arg(long, overrides_with = "no_follow")]
    pub follow: bool,
    /// Stay on the slide that is shown
    #[arg(long)]
    pub no_follow: bool,
    /// Look at the files again and again, where a drive does not tell of changes
    #[arg(long)]
    pub poll: bool,
}

#[derive(Debug, Args)]
pub struct Goto {
    /// A file of the deck and a line in it, counted from 1
    #[arg(value_name = "FILE:LINE")]
    pub place: String,
    /// Port of the watched deck [default: 4400 and those behind it]
    #[arg(long)]
    pub port: Option<u16>,
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub deck: Deck,
    /// What to write [default: what the ending of the output says, else html]
    #[arg(long, value_name = "FORMAT", value_parser = form(), help_heading = "What is written")]
    pub to: Option<Form>,
    /// File to write, for pictures a folder; `-` is standard output
    /// [default: the deck's name with the ending of the format]
    #[arg(short, long, value_name = "FILE", help_heading = "What is written")]
    pub output: Option<PathBuf>,
    /// Presentation or template whose layouts, colours and fonts slides take, for `pptx`
    #[arg(long, value_name = "FILE", help_heading = "What is written")]
    pub template: Option<PathBuf>,
    /// Replace a file that is not an export
    #[arg(long, help_heading = "What is written")]
    pub force: bool,
    /// Notes with the slides, without them, or notes alone
    /// [default: with them; in a PDF without]
    #[arg(long, value_name = "WHICH", num_args = 0..=1, default_missing_value = "on", help_heading = "What is written")]
    pub notes: Option<Notes>,
    #[command(flatten)]
    pub printing: Printing,
    #[command(flatten)]
    pub page: PageArgs,
}

/// What is wanted of a page.
#[derive(Debug, Args)]
#[command(next_help_heading = "HTML")]
pub struct PageArgs {
    /// Say what of the file weighs what
    #[arg(long)]
    pub report: bool,
    /// Count a larger file as a finding: `200KB`, `1.5MB`
    #[arg(long, value_name = "SIZE", value_parser = size)]
    pub budget: Option<u64>,
    /// Where the file will lie; chats and networks that show a link to it then show its title
    #[arg(long, value_name = "ADDRESS", value_parser = address)]
    pub url: Option<String>,
    /// Also a picture of the first slide for such links, `NAME.png` beside the file, made by an
    /// installed browser
    #[arg(long, requires = "url")]
    pub card: bool,
    /// Whether pictures with far more points than any screen shows of them are made smaller, also
    /// in a presentation [default: fit]
    #[arg(long, value_name = "HOW")]
    pub pictures: Option<Pictures>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Pictures {
    /// As many points as a screen of 3840 by 2160 shows; photographs at quality 85
    Fit,
    /// All points they have
    Original,
}

/// How a deck is printed by a browser.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "PDF and pictures, made by an installed browser")]
pub struct Printing {
    /// Only these slides: `3`, `1,4-6`, `8-`
    #[arg(long, value_name = "SLIDES")]
    pub pick: Option<String>,
    /// Show each step by itself
    #[arg(long)]
    pub steps: bool,
    /// PDF as sheets for a desk: 1, 2, 3 or 6 slides on each, with their notes
    #[arg(long, value_name = "N", value_parser = ["1", "2", "3", "6"])]
    pub handout: Option<String>,
    /// Size of those sheets [default: what is customary where the deck's language is spoken]
    #[arg(long, value_name = "SIZE")]
    pub paper: Option<Paper>,
    /// Pixels of a picture for each of a slide's 1280 by 720, 0.25 to 4 [default: 1]
    #[arg(long, value_name = "FACTOR", value_parser = scale)]
    pub scale: Option<f64>,
    /// All slides on one picture
    #[arg(long)]
    pub sheet: bool,
    /// Browser to use instead of the one that is found: Chrome, Chromium, Edge or Brave
    #[arg(long, value_name = "PROGRAM")]
    pub browser: Option<PathBuf>,
}

fn scale(text: &str) -> Result<f64, String> {
    let read = text.parse().ok();
    let scale = read.filter(|scale| (0.25..=4.0).contains(scale));
    scale.ok_or_else(|| "a number from 0.25 to 4 is wanted".to_string())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Paper {
    /// 210 by 297 millimetres
    A4,
    /// 8.5 by 11 inches
    Letter,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Notes {
    /// With the slides
    On,
    /// Not at all
    Off,
    /// Alone
    Only,
}

impl Notes {
    /// The same in the words of the export.
    pub fn wanted(self) -> export::Notes {
        match self {
            Notes::On => export::Notes::On,
            Notes::Off => export::Notes::Off,
            Notes::Only => export::Notes::Only,
        }
    }
}

/// Reads a size of a file as we print one: a thousand bytes are a kilobyte.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("`{text}` is no size; write it like `200KB` or `1.5MB`");
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    let factor = match unit.trim().to_lowercase().as_str() {
        "b" => 1.0,
        "kb" | "k" => 1e3,
        "mb" | "m" => 1e6,
        _ => return Err(wrong()),
    };
    let number: f64 = number.parse().map_err(|_| wrong())?;
    Ok((number * factor) as u64)
}

/// Reads an address on the web.
fn address(text: &str) -> Result<String, String> {
    let is_plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control());
    let has_host = ["https://", "http://"].iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty())
    });
    match is_plain && has_host {
        true => Ok(text.to_string()),
        false => Err("an address begins with `https://`".into()),
    }
}

/// Reads the name of a form.
fn form() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.map(Form::name))
        .map(|name| Form::named(&name).expect("only names of forms pass"))
}

#[derive(Debug, Args)]
pub struct Help {
    /// A command, `language` or `layouts`
    pub about: Option<String>,
    /// A part of the language: `steps`, `code`, `charts`
    #[arg(num_args = 0..)]
    pub topic: Vec<String>,
}

/// The long help of a command, or of the program; `None` if there is no such
/// command.
pub fn help_of(name: Option<&str>) -> Option<String> {
    let mut cli = Cli::command();
    cli.build();
    let command = match name {
        Some(name) => cli.find_subcommand_mut(name)?,
        None => &mut cli,
    };
    Some(command.render_long_help().to_string())
}

/// The command and its arguments. Help, version and faults are printed here;
/// then what the process ends with is returned.
pub fn read() -> Result<Command, super::Outcome> {
    let cli = Cli::try_parse().map_err(|error| {
        let _ = error.print();
        // Help and version are answers, not faults.
        if error.use_stderr() {
            super::Outcome::Failed
        } else {
            super::Outcome::Clean
        }
    })?;
    Ok(cli.command)
}
