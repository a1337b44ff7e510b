//! Who holds which link of a shared talk.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::render::Part;

/// What a link lets its holder do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The speaker's own machine: the deck with its notes, and everything else.
    Speaker,
    /// A phone in the speaker's hand.
    Driver,
    /// The phone of somebody who drives when the driver hands over.
    CoPresenter,
    /// Somebody in the audience: sees the slides, asks, answers polls.
    Follower,
    /// A second projector.
    Display,
}

impl Role {
    /// The page of a role.
    pub fn part(self) -> Part {
        match self {
            Role::Speaker => Part::Speaker,
            Role::Driver => Part::Driver,
            Role::CoPresenter => Part::CoPresenter,
            Role::Follower => Part::Follower,
            Role::Display => Part::Display,
        }
    }

    /// All of them.
    pub const ALL: [Role; 5] = [
        Role::Speaker,
        Role::Driver,
        Role::CoPresenter,
        Role::Follower,
        Role::Display,
    ];

    /// Whether it may see notes and questions.
    pub fn leads(self) -> bool {
        matches!(self, Role::Speaker | Role::Driver | Role::CoPresenter)
    }

    /// Letters of its token, five bits each. What a whole room types from a
    /// wall is shorter; still nobody guesses 60 bits.
    fn length(self) -> usize {
        match self {
            Role::Follower => 12,
            _ => 26,
        }
    }
}

/// The token of every role, new for every run.
#[derive(Debug, Clone)]
pub struct Tokens(Vec<(Role, String, [u8; 32])>);

impl Tokens {
    /// Five tokens that nobody can guess.
    ///
    /// # Errors
    /// If the system gives no random numbers.
    pub fn new() -> anyhow::Result<Tokens> {
        let tokens = Role::ALL.map(|role| {
            let token = random(role.length())?;
            let digest = Sha256::digest(token.as_bytes()).into();
            Ok((role, token, digest))
        });
        tokens
            .into_iter()
            .collect::<anyhow::Result<_>>()
            .map(Tokens)
    }

    /// The token of a role.
    pub fn of(&self, role: Role) -> &str {
        let own = self.0.iter().find(|(own, _, _)| *own == role);
        own.map_or("", |(_, token, _)| token)
    }

    /// The role of who shows this token. Digests are compared, all of them and
    /// to their ends, so that the time says nothing about how near a guess is.
    pub fn role(&self, shown: &str) -> Option<Role> {
        let shown: [u8; 32] = Sha256::digest(shown.as_bytes()).into();
        let mut res = None;
        for (role, _, digest) in &self.0 {
            let pairs = digest.iter().zip(&shown);
            let difference = pairs.fold(0, |sum, (a, b)| sum | (a ^ b));
            if std::hint::black_box(difference) == 0 {
                res = Some(*role);
            }
        }
        res
    }
}

/// So many letters of five random bits each. None of them is taken for another
/// when it is read from a wall.
pub fn random(n_letters: usize) -> anyhow::Result<String> {
    const LETTERS: &[u8; 32] = b"23456789abcdefghjkmnpqrstuvwxyzi";
    let mut bytes = vec![0; n_letters];
    getrandom::fill(&mut bytes)
        .map_err(anyhow::Error::msg)
        .context("the system gives no random numbers")?;
    let letters = bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(byte % 32)]));
    Ok(letters.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_of_one_role_and_a_guess_of_none() {
        let tokens = Tokens::new().expect("random numbers");
        for role in Role::ALL {
            let token = tokens.of(role);
            assert_eq!(tokens.role(token), Some(role));
            assert_eq!(tokens.role(&token.to_uppercase()), None, "{token}");
            assert_eq!(tokens.role(&token[1..]), None);
            assert_eq!(tokens.role(&format!("{token} ")), None);
        }
        assert_eq!(tokens.role(""), None);
        let again = Tokens::new().expect("random numbers");
        assert_ne!(tokens.of(Role::Follower), again.of(Role::Follower));
    }
}
