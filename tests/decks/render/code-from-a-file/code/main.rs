// A file.
fn main() {
    // region: body
    let a = 1;
    // #region inner
    let b = 2;
    // #endregion
    // endregion: body
}
