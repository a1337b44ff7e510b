//! Code of others that draws and sets what authors wrote: a panic in it ends what it was
//! asked for, and no more. Nothing of that reaches the terminal, where it would stand
//! between the words for the author, who can do nothing about it but mend the place that
//! a diagnostic names.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Does some work on this thread; `None` if it panics.
pub fn here<T>(work: impl FnOnce() -> T) -> Option<T> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                usual(panic);
            }
        }));
    });
    let was = IS_QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(was);
    done.ok()
}

/// Does some work on a thread of its own with a stack of so many bytes, for what goes
/// down a level for each one of its input; `None` if it panics, or there is no thread.
pub fn aside<T: Send>(stack: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    let thread = std::thread::Builder::new().stack_size(stack);
    std::thread::scope(|scope| {
        let running = thread.spawn_scoped(scope, || here(work)).ok()?;
        running.join().ok().flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_its_work_and_is_silent_only_there() {
        let fault = || -> u32 { unreachable!("of others") };
        assert_eq!(here(fault), None);
        assert_eq!(aside(1 << 20, fault), None);
        assert!(!IS_QUIET.get());
        assert_eq!(here(|| here(fault)), Some(None));
        assert_eq!((here(|| 1), aside(1 << 20, || 2)), (Some(1), Some(2)));
    }
}
