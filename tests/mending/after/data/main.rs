// region: start
fn main() {}
// endregion
