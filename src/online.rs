//! The web, asked whether an address leads somewhere.
//!
//! By the `curl` that Windows, macOS and nearly every Linux have: it knows the
//! proxies and certificates of its machine, and a program that fetches nothing
//! else needs no HTTP and TLS of its own. Another way of asking needs another
//! [`ask`] and nothing else.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use crate::cores;
use crate::open::Trouble;

/// What became of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Something is there.
    Good,
    /// Nothing is there, and who says so.
    Gone(String),
    /// Nobody knows, and why.
    Unknown(String),
}

/// How long one address may take, in seconds.
const PATIENCE: &str = "20";

#[cfg(windows)]
const NOWHERE: &str = "NUL";
#[cfg(not(windows))]
const NOWHERE: &str = "/dev/null";

/// What curl ends with if a name has no host.
const NO_HOST: i32 = 6;

/// Asks for each address once; several at a time.
///
/// # Errors
/// If there is no curl.
pub fn ask(addresses: &[String]) -> Result<BTreeMap<String, Answer>, Trouble> {
    if addresses.is_empty() {
        return Ok(BTreeMap::new());
    }
    if Command::new("curl").arg("--version").output().is_err() {
        return Err(Trouble {
            what: "there is no `curl` to ask the web with".into(),
            help: "install it, or leave `--online` out".into(),
        });
    }
    let share = addresses.len().div_ceil(cores::MOST);
    let parts: Vec<&[String]> = addresses.chunks(share).collect();
    let said = cores::each(parts, |part| part.iter().map(|one| said(one)).collect());
    let said: Vec<Said> = said.into_iter().flat_map(|part: Vec<Said>| part).collect();
    // Without a network no name has a host; that says nothing about the names.
    let is_online = said.iter().any(|said| said.status > 0);
    let answers = said.iter().map(|said| said.answer(is_online));
    Ok(addresses.iter().cloned().zip(answers).collect())
}

/// What curl said of an address.
struct Said {
    /// Of the last response; 0 if there was none.
    status: u16,
    /// What curl ended with.
    code: i32,
    /// In its own words.
    fault: String,
}

impl Said {
    fn answer(&self, is_online: bool) -> Answer {
        match (self.status, self.code) {
            (404 | 410, _) => Answer::Gone(format!("the server says {}", self.status)),
            (200..=399, 0) => Answer::Good,
            (0, NO_HOST) if is_online => Answer::Gone("no server has that name".into()),
            (0, _) => Answer::Unknown(self.fault.clone()),
            (status, _) => Answer::Unknown(format!("the server says {status}")),
        }
    }
}

/// Asks with as little as possible first; many servers answer only whole
/// questions, so those that say no are asked again for a first byte.
fn said(address: &str) -> Said {
    let short = curl(address, &["--head"]);
    match short.answer(false) {
        Answer::Good => short,
        Answer::Gone(_) | Answer::Unknown(_) if short.status == 0 => short,
        Answer::Gone(_) | Answer::Unknown(_) => curl(address, &["--range", "0-0"]),
    }
}

fn curl(address: &str, how: &[&str]) -> Said {
    // Without the user's settings, and to the web only, wherever it is sent on.
    let output = Command::new("curl")
        .args(["-q", "--silent", "--show-error", "--location", "--globoff"])
        .args(["--max-redirs", "10", "--max-time", PATIENCE])
        .args(["--proto", "=http,https", "--proto-redir", "=http,https"])
        .args([
            "--user-agent",
            concat!("deckle/", env!("CARGO_PKG_VERSION")),
        ])
        .args(["--output", NOWHERE, "--write-out", "%{http_code}"])
        .args(how)
        .args(["--url", address])
        .stdin(Stdio::null())
        .output();
    match output {
        Ok(output) => {
            let fault = String::from_utf8_lossy(&output.stderr);
            let fault = fault.lines().next().unwrap_or("no answer");
            let fault = fault.split_once(") ").map_or(fault, |(_, words)| words);
            Said {
                status: String::from_utf8_lossy(&output.stdout)
                    .trim()
                    .parse()
                    .unwrap_or(0),
                code: output.status.code().unwrap_or(-1),
                fault: fault.to_string(),
            }
        }
        Err(error) => Said {
            status: 0,
            code: -1,
            fault: error.to_string(),
        },
    }
}
