//! Single keys typed into the terminal while a deck is watched.

use std::sync::atomic::{AtomicBool, Ordering};

/// Whether another program has the terminal.
static LENT: AtomicBool = AtomicBool::new(false);

/// Whether another program has the terminal, and ours should be silent.
pub fn is_lent() -> bool {
    LENT.load(Ordering::Relaxed)
}

/// Runs a program that takes over the terminal, while we neither read nor print.
pub fn lend<T>(run: impl FnOnce() -> T) -> T {
    LENT.store(true, Ordering::Relaxed);
    let res = terminal::lend(run);
    LENT.store(false, Ordering::Relaxed);
    res
}

pub use terminal::listen;

#[cfg(unix)]
mod terminal {
    use std::io::IsTerminal;
    use std::sync::{Mutex, PoisonError};

    use rustix::termios::{
        LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
    };

    /// Held by whoever reads from the terminal, or has changed how it reads.
    static READING: Mutex<()> = Mutex::new(());

    /// How the terminal was before; brought back when this is dropped.
    pub struct Keys(Termios);

    impl Drop for Keys {
        fn drop(&mut self) {
            // The terminal may be gone already.
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &self.0);
        }
    }

    fn single_keys(before: &Termios) -> Termios {
        let mut modes = before.clone();
        // Signals stay: Ctrl-C and Ctrl-Z are the system's.
        modes
            .local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        // A read ends after a fifth of a second without a key, so that the
        // terminal can be lent.
        modes.special_codes[SpecialCodeIndex::VMIN] = 0;
        modes.special_codes[SpecialCodeIndex::VTIME] = 2;
        modes
    }

    /// Calls `pressed` for every key until it says `false`. `None` if there is
    /// no terminal to read from and to print to.
    pub fn listen(pressed: impl Fn(char) -> bool + Send + 'static) -> Option<Keys> {
        let (stdin, stdout) = (std::io::stdin(), std::io::stdout());
        if !stdin.is_terminal() || !stdout.is_terminal() {
            return None;
        }
        let before = tcgetattr(&stdin).ok()?;
        tcsetattr(&stdin, OptionalActions::Now, &single_keys(&before)).ok()?;
        std::thread::spawn(move || {
            let mut byte = [0];
            loop {
                let read = {
                    let _reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
                    rustix::io::read(std::io::stdin(), &mut byte)
                };
                match read {
                    Ok(0) => std::thread::yield_now(),
                    Ok(_) if !pressed(char::from(byte[0])) => return,
                    Ok(_) => {}
                    Err(_) => return,
                }
            }
        });
        Some(Keys(before))
    }

    pub fn lend<T>(run: impl FnOnce() -> T) -> T {
        let _reading = READING.lock().unwrap_or_else(PoisonError::into_inner);
        let stdin = std::io::stdin();
        let ours = tcgetattr(&stdin).ok();
        if let Some(ours) = &ours {
            let mut plain = ours.clone();
            plain
                .local_modes
                .insert(LocalModes::ICANON | LocalModes::ECHO);
            let _ = tcsetattr(&stdin, OptionalActions::Now, &plain);
        }
        let res = run();
        if let Some(ours) = ours {
            let _ = tcsetattr(&stdin, OptionalActions::Now, &ours);
        }
        res
    }
}

#[cfg(not(unix))]
mod terminal {
    use std::io::{BufRead, IsTerminal};

    /// Nothing has to be brought back here.
    pub struct Keys;

    /// Calls `pressed` for the first key of every line until it says `false`.
    /// `None` if there is no terminal.
    pub fn listen(pressed: impl Fn(char) -> bool + Send + 'static) -> Option<Keys> {
        if !std::io::stdin().is_terminal() {
            return None;
        }
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines().map_while(Result::ok) {
                if line.chars().next().is_some_and(|key| !pressed(key)) {
                    return;
                }
            }
        });
        Some(Keys)
    }

    pub fn lend<T>(run: impl FnOnce() -> T) -> T {
        run()
    }
}
