//! The program `deckle`: reads its arguments, runs a command, says how it went.

fn main() {
    std::process::exit(deckle::cli::run() as i32);
}
