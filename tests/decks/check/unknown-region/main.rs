// region: body
let a;
// endregion
