//! The program `deckle`: reads its arguments, runs a command, says how it went.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    std::process::exit(deckle::cli::run() as i32);
}
