//! A shared talk: who may do what, where the talk stands, and what everybody
//! is told about it.
//!
//! What is told is a state, never a change: whoever missed some is right again
//! with the next. It is written once, however many listen; a listener that is
//! slow finds the newest when it comes back, and holds nobody up.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

use super::Bytes;
use super::answers::{Answers, Asked, Counted};
use super::say::{
    NO_SUCH, NO_TEXT, NOT_YOUR_TURN, NOT_YOURS, Refusal, Say, TOO_MANY, Timer, UNKNOWN_VOTER,
};
use super::tokens::Role;
use crate::deck::Plan;
use crate::deck::poll::{Poll, polls};

/// Letters of a question.
const MAX_QUESTION: usize = 280;
/// Questions that wait for an answer.
const MAX_QUESTIONS: usize = 200;
/// Questions a minute, from everybody together.
const MAX_A_MINUTE: usize = 60;
/// Questions of one follower, and the time between two of them.
const MAX_OF_ONE: u32 = 20;
const BETWEEN: Duration = Duration::from_secs(5);
/// Followers that may ask and answer.
const MAX_VOTERS: usize = 5_000;

/// What the server knows of the deck.
#[derive(Debug, Clone, Default)]
pub struct Talk {
    slides: Vec<Stop>,
}

/// A slide as the server knows it.
#[derive(Debug, Clone)]
struct Stop {
    steps: u32,
    polls: Vec<Poll>,
}

impl Talk {
    /// What a plan says of its slides.
    pub fn of(plan: &Plan) -> Talk {
        let slides = plan.frames.iter().map(|frame| Stop {
            steps: u32::from(frame.steps),
            polls: polls(frame),
        });
        Talk {
            slides: slides.collect(),
        }
    }

    fn steps(&self, slide: usize) -> u32 {
        self.slides.get(slide).map_or(0, |stop| stop.steps)
    }
}

/// Everything that changes while people talk.
#[derive(Debug, Default)]
struct Room {
    seq: u64,
    slide: usize,
    step: u32,
    furthest: usize,
    timer: Timer,
    /// Whether the co-presenter drives.
    is_handed: bool,
    tallies: Vec<Tally>,
    questions: Vec<Question>,
    /// Numbers of questions that were dealt with.
    n_asked: u64,
    asked: Vec<Asked>,
    recent: VecDeque<f64>,
    voters: HashMap<String, Voter>,
    /// Whether something has changed and was not yet told, as it can wait.
    is_stale: bool,
    /// The same of what only those who lead may know.
    is_stale_for_leaders: bool,
    is_unsaved: bool,
}

impl Room {
    /// The polls of the slides that were shown.
    fn shown(&self) -> impl Iterator<Item = &Tally> {
        let furthest = self.furthest;
        self.tallies
            .iter()
            .filter(move |tally| tally.slide <= furthest)
    }
}

#[derive(Debug)]
struct Tally {
    slide: usize,
    poll: Poll,
    counts: Vec<u32>,
}

#[derive(Debug, Clone, Serialize)]
struct Question {
    id: u64,
    text: String,
    at: f64,
}

#[derive(Debug, Default)]
struct Voter {
    votes: HashMap<String, usize>,
    n_asked: u32,
    last: f64,
}

/// What everybody may know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct State<'a> {
    run: &'a str,
    seq: u64,
    slide: usize,
    step: u32,
    /// Counts of each poll that was shown, by id.
    polls: HashMap<&'a str, &'a [u32]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<Lead<'a>>,
}

/// What only those who lead may know.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Lead<'a> {
    now: f64,
    timer: Timer,
    driver: Role,
    followers: usize,
    questions: &'a [Question],
}

/// The place where all of a shared talk meet.
pub struct Hub {
    run: String,
    talk: Talk,
    room: Mutex<Room>,
    audience: watch::Sender<Bytes>,
    leaders: watch::Sender<Bytes>,
    spot: watch::Sender<Bytes>,
    n_followers: AtomicUsize,
}

/// What one listener hears.
pub struct Ears {
    /// States.
    pub states: watch::Receiver<Bytes>,
    /// Where the laser points; not for followers.
    pub spot: Option<watch::Receiver<Bytes>>,
    /// Counts the follower as long as it listens.
    _seat: Option<Seat>,
}

impl Ears {
    /// What is told next; a beat if nothing is for so long. `None` if the talk
    /// is over.
    pub async fn next(&mut self, beat: Duration) -> Option<Bytes> {
        let pointed = async {
            match &mut self.spot {
                Some(spot) => spot
                    .changed()
                    .await
                    .map(|()| spot.borrow_and_update().clone()),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            changed = self.states.changed() => {
                changed.ok()?;
                Some(self.states.borrow_and_update().clone())
            }
            spot = pointed => spot.ok(),
            () = tokio::time::sleep(beat) => Some(Bytes::from_static(b"event: beat\ndata:\n\n")),
        }
    }
}

/// A follower that listens.
struct Seat(Arc<Hub>);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.n_followers.fetch_sub(1, Ordering::Relaxed);
        self.0.room().is_stale_for_leaders = true;
    }
}

fn now() -> f64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.unwrap_or_default().as_millis() as f64
}

fn event(name: &str, data: &impl Serialize) -> Bytes {
    let data = serde_json::to_string(data).unwrap_or_default();
    Bytes::from(format!("event: {name}\ndata: {data}\n\n"))
}

impl Hub {
    /// A talk that stands at its first slide.
    pub fn new(run: String, talk: Talk) -> Hub {
        let tallies = talk.slides.iter().enumerate().flat_map(|(slide, stop)| {
            stop.polls.iter().map(move |poll| Tally {
                slide,
                counts: vec![0; poll.options.len()],
                poll: poll.clone(),
            })
        });
        let room = Room {
            tallies: tallies.collect(),
            ..Room::default()
        };
        let hub = Hub {
            run,
            talk,
            room: Mutex::new(room),
            audience: watch::Sender::new(Bytes::new()),
            leaders: watch::Sender::new(Bytes::new()),
            spot: watch::Sender::new(Bytes::new()),
            n_followers: AtomicUsize::new(0),
        };
        hub.tell(&hub.room());
        hub
    }

    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a listener of this role hears from now on; the newest state comes
    /// at once.
    pub fn listen(self: &Arc<Self>, role: Role) -> Ears {
        let mut states = match role.leads() {
            true => {
                // What was told last says what time it was then.
                self.tell_leaders(&self.room());
                self.leaders.subscribe()
            }
            false => self.audience.subscribe(),
        };
        states.mark_changed();
        let mut spot = self.spot.subscribe();
        spot.mark_unchanged();
        let is_follower = role == Role::Follower;
        if is_follower {
            self.n_followers.fetch_add(1, Ordering::Relaxed);
            self.room().is_stale_for_leaders = true;
        }
        Ears {
            states,
            spot: (!is_follower).then_some(spot),
            _seat: is_follower.then(|| Seat(self.clone())),
        }
    }

    /// Writes the state once and hands it to everybody.
    fn tell(&self, room: &Room) {
        let state = self.state(room, None);
        self.audience.send_replace(event("state", &state));
        self.tell_leaders(room);
    }

    /// Writes the state for those who lead; it holds the time of now.
    fn tell_leaders(&self, room: &Room) {
        let lead = Lead {
            now: now(),
            timer: room.timer,
            driver: match room.is_handed {
                true => Role::CoPresenter,
                false => Role::Driver,
            },
            followers: self.n_followers.load(Ordering::Relaxed),
            questions: &room.questions,
        };
        let state = self.state(room, Some(lead));
        self.leaders.send_replace(event("state", &state));
    }

    fn state<'a>(&'a self, room: &'a Room, lead: Option<Lead<'a>>) -> State<'a> {
        State {
            run: &self.run,
            seq: room.seq,
            slide: room.slide,
            step: room.step,
            polls: room
                .shown()
                .map(|tally| (tally.poll.id.as_str(), &tally.counts[..]))
                .collect(),
            lead,
        }
    }

    /// Tells what could wait, such as votes: called a few times a second. Gives
    /// what is to be saved, if that has changed.
    pub fn settle(&self) -> Option<Answers> {
        let mut room = self.room();
        let is_stale_for_leaders = std::mem::take(&mut room.is_stale_for_leaders);
        if std::mem::take(&mut room.is_stale) {
            self.tell(&room);
        } else if is_stale_for_leaders {
            self.tell_leaders(&room);
        }
        std::mem::take(&mut room.is_unsaved).then(|| self.answers(&room))
    }

    fn answers(&self, room: &Room) -> Answers {
        Answers {
            run: self.run.clone(),
            polls: room
                .shown()
                .map(|tally| Counted::new(&tally.poll, &tally.counts))
                .collect(),
            questions: room.asked.clone(),
        }
    }

    /// A new name for a follower; `None` if there are too many.
    pub fn welcome(&self, known: &str) -> Option<String> {
        let mut room = self.room();
        if room.voters.contains_key(known) {
            return Some(known.into());
        }
        if room.voters.len() >= MAX_VOTERS {
            return None;
        }
        let name = super::tokens::random(16).ok()?;
        room.voters.insert(name.clone(), Voter::default());
        Some(name)
    }

    /// Does what somebody says, if the role may. Gives the number of the state
    /// that comes of it.
    ///
    /// # Errors
    /// If the role may not, or what is said is about nothing in this talk.
    pub fn hear(&self, role: Role, say: Say) -> Result<u64, Refusal> {
        match say {
            Say::Ask { voter, text } if role == Role::Follower => self.ask(&voter, &text),
            Say::Vote {
                voter,
                poll,
                option,
            } if role == Role::Follower => self.vote(&voter, &poll, option),
            Say::Ask { .. } | Say::Vote { .. } => Err(NOT_YOURS),
            _ if !role.leads() => Err(NOT_YOURS),
            Say::Hand { to } => self.hand(role, to),
            Say::Done { question } => self.done(question),
            Say::Timer(timer) => self.set_timer(timer),
            Say::Go { .. } | Say::Next | Say::Back | Say::Point { .. } | Say::Unpoint => {
                let room = self.room();
                // At the speaker's own desk nobody waits to be handed the talk.
                let is_turn = match role {
                    Role::CoPresenter => room.is_handed,
                    Role::Driver => !room.is_handed,
                    _ => true,
                };
                if !is_turn {
                    return Err(NOT_YOUR_TURN);
                }
                self.drive(room, role, say)
            }
        }
    }

    fn drive(&self, mut room: MutexGuard<'_, Room>, role: Role, say: Say) -> Result<u64, Refusal> {
        let last = self.talk.slides.len().saturating_sub(1);
        let (slide, step) = (room.slide, room.step);
        let (slide, step) = match say {
            Say::Next if step < self.talk.steps(slide) => (slide, step + 1),
            Say::Next if slide < last => (slide + 1, 0),
            Say::Back if step > 0 => (slide, step - 1),
            Say::Back if slide > 0 => (slide - 1, self.talk.steps(slide - 1)),
            Say::Go { first: true, .. } if room.seq > 0 => return Ok(room.seq),
            Say::Go { slide, step, .. } => (slide.min(last), step),
            Say::Point { x, y } => {
                let is_on_slide = |part: f32| (0.0..=1.0).contains(&part);
                if is_on_slide(x) && is_on_slide(y) {
                    self.spot.send_replace(event("spot", &[x, y]));
                }
                return Ok(room.seq);
            }
            Say::Unpoint => {
                self.spot.send_replace(event("spot", &[0.0_f32; 0]));
                return Ok(room.seq);
            }
            _ => (slide, step),
        };
        let step = step.min(self.talk.steps(slide));
        if (slide, step) == (room.slide, room.step) && room.seq > 0 {
            return Ok(room.seq);
        }
        // With its first word the speaker's page only says where it stands.
        if room.timer.at == 0.0 && (room.seq > 0 || role != Role::Speaker) {
            let at = now();
            room.timer = Timer {
                past: 0.0,
                since: at,
                at,
            };
        }
        room.seq += 1;
        (room.slide, room.step) = (slide, step);
        room.furthest = room.furthest.max(slide);
        room.is_stale = false;
        self.tell(&room);
        Ok(room.seq)
    }

    fn set_timer(&self, timer: Timer) -> Result<u64, Refusal> {
        let mut room = self.room();
        let is_time = |ms: f64| ms.is_finite() && ms >= 0.0;
        if is_time(timer.past)
            && is_time(timer.since)
            && is_time(timer.at)
            && timer.at > room.timer.at
        {
            room.timer = timer;
            self.tell(&room);
        }
        Ok(room.seq)
    }

    fn hand(&self, role: Role, to: Role) -> Result<u64, Refusal> {
        let mut room = self.room();
        let may = match (role, to) {
            (Role::Speaker | Role::Driver, Role::Driver | Role::CoPresenter) => true,
            // The co-presenter gives the talk back, but does not take it.
            (Role::CoPresenter, Role::Driver) => room.is_handed,
            _ => false,
        };
        if !may {
            return Err(NOT_YOURS);
        }
        room.is_handed = to == Role::CoPresenter;
        self.tell(&room);
        Ok(room.seq)
    }

    fn done(&self, question: u64) -> Result<u64, Refusal> {
        let mut room = self.room();
        room.questions.retain(|waiting| waiting.id != question);
        self.tell(&room);
        Ok(room.seq)
    }

    fn ask(&self, voter: &str, text: &str) -> Result<u64, Refusal> {
        // What is shown is one line of text, whatever was typed.
        let text: String = text
            .split(|c: char| c.is_whitespace() || is_control(c))
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        if text.is_empty() || text.chars().count() > MAX_QUESTION {
            return Err(NO_TEXT);
        }
        let at = now();
        let mut room = self.room();
        let room = &mut *room;
        let Some(asker) = room.voters.get_mut(voter) else {
            return Err(UNKNOWN_VOTER);
        };
        while room.recent.front().is_some_and(|then| at - then > 60_000.0) {
            room.recent.pop_front();
        }
        let is_soon = asker.n_asked > 0 && at - asker.last < BETWEEN.as_millis() as f64;
        if is_soon
            || asker.n_asked >= MAX_OF_ONE
            || room.recent.len() >= MAX_A_MINUTE
            || room.questions.len() >= MAX_QUESTIONS
        {
            return Err(TOO_MANY);
        }
        asker.n_asked += 1;
        asker.last = at;
        room.recent.push_back(at);
        room.n_asked += 1;
        room.asked.push(Asked {
            at,
            slide: room.slide + 1,
            text: text.clone(),
        });
        room.questions.push(Question {
            id: room.n_asked,
            text,
            at,
        });
        room.is_stale_for_leaders = true;
        room.is_unsaved = true;
        Ok(room.seq)
    }

    fn vote(&self, voter: &str, poll: &str, option: usize) -> Result<u64, Refusal> {
        let mut room = self.room();
        let room = &mut *room;
        let furthest = room.furthest;
        let tally = room
            .tallies
            .iter_mut()
            .find(|tally| tally.poll.id == poll && tally.slide <= furthest);
        let Some(tally) = tally.filter(|tally| option < tally.counts.len()) else {
            return Err(NO_SUCH);
        };
        let Some(voter) = room.voters.get_mut(voter) else {
            return Err(UNKNOWN_VOTER);
        };
        if let Some(before) = voter.votes.insert(poll.into(), option) {
            tally.counts[before] -= 1;
        }
        tally.counts[option] += 1;
        room.is_stale = true;
        room.is_unsaved = true;
        Ok(room.seq)
    }
}

/// Signs that are no text, or turn the reading direction of what follows.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}
