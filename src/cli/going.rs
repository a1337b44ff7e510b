//! `goto`: takes a watched deck to the slide of a line.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use super::args::{Goto, PORT};
use super::{Outcome, say};
use crate::open::Trouble;
use crate::serve::{Ask, usual_ports};

/// A deck on this machine answers at once, or not at all.
const PATIENCE: Duration = Duration::from_secs(2);

pub fn run(args: &Goto) -> anyhow::Result<Outcome> {
    let (file, line) = args
        .place
        .rsplit_once(':')
        .and_then(|(file, line)| Some((file, line.parse().ok().filter(|line| *line > 0)?)))
        .ok_or_else(|| Trouble {
            what: format!("`{}` is not a file and a line", args.place),
            help: "write it as `talk.md:14`".into(),
        })?;
    let ask = Ask::Goto {
        file: std::path::absolute(file)?,
        line,
    };
    let body = serde_json::to_string(&ask)?;
    let ports: Vec<u16> = match args.port {
        Some(port) => vec![port],
        None => usual_ports(PORT).collect(),
    };
    let answers: Vec<Reply> = ports.iter().filter_map(|port| post(*port, &body)).collect();
    if let Some(reply) = answers.iter().find(|reply| reply.is_done) {
        say(&reply.text);
        return Ok(Outcome::Clean);
    }
    Err(match answers.first() {
        Some(reply) => Trouble {
            what: reply.text.clone(),
            help: "name a file of the deck that is being watched".into(),
        },
        None => Trouble {
            what: "no watched deck answers on this machine".into(),
            help: "start one with `deckle watch`, or name its port with `--port`".into(),
        },
    }
    .into())
}

struct Reply {
    is_done: bool,
    text: String,
}

/// One request over a plain socket: this is all the HTTP the command needs.
/// `None` if nobody answers there, or it is no deck that is being watched.
fn post(port: u16, body: &str) -> Option<Reply> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let request = format!(
        "POST /ask HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.take(64 * 1024).read_to_string(&mut answer).ok()?;
    let (head, text) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?;
    matches!(status, "200" | "409").then(|| Reply {
        is_done: status == "200",
        text: text.trim().to_string(),
    })
}
