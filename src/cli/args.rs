//! What the command line may say. The only file that knows clap.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

/// Turns an article or Markdown into a slide deck worth presenting.
///
/// One binary, no network: the deck it exports is one HTML file that asks for
/// nothing and opens anywhere.
#[derive(Debug, Parser)]
#[command(name = "deckle", version, max_term_width = 100, after_help = EXAMPLES, propagate_version = true)]
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
  curl -s https://example.org/ | deckle import - -o talk")]
    Import(Import),
    /// Show a deck, or an article as one, in the browser
    #[command(after_help = "\
Examples:
  deckle present                             the deck of this folder
  deckle present talk/                       a folder of Markdown files
  deckle present article.txt --theme paper   an article, imported in memory")]
    Present(Present),
    /// Show a deck and follow every edit without reloading
    #[command(after_help = "\
Examples:
  deckle watch talk.md
  deckle watch article.txt --no-follow")]
    Watch(WatchArgs),
    /// Write a deck as one HTML file that needs nothing else
    #[command(after_help = "\
Examples:
  deckle export talk/                        writes talk.html
  deckle export article.txt -o - | gzip > talk.html.gz")]
    Export(Export),
}

#[derive(Debug, Args)]
pub struct Import {
    /// Plain text, Markdown, HTML, EPUB or DOCX; `-` reads standard input
    pub article: PathBuf,
    /// Folder to write; named after the article if not given
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
}

#[derive(Debug, Args)]
pub struct Deck {
    /// A Markdown file, a folder of them, or an article
    /// [default: `deck.md`, `slides.md` or the deck in `slides/`]
    #[arg(value_name = "DECK")]
    pub deck: Option<PathBuf>,
    /// Theme to use instead of the deck's own: `swiss`, `paper`, or a folder
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
}

#[derive(Debug, Args)]
pub struct Serving {
    /// Port to listen on [default: 4400, or a free one]
    #[arg(long)]
    pub port: Option<u16>,
    /// Address to listen on; another than the default lets others read the deck
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    pub host: IpAddr,
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
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub deck: Deck,
    /// File to write; `-` is standard output [default: the deck's name with `.html`]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace a file that is not an export
    #[arg(long)]
    pub force: bool,
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
