//! Rules over a laid-out deck: taste and care, one function each.

use crate::deck::{Frame, Plan, pictures};
use crate::diag::Diagnostics;
use crate::layout;

/// Runs every rule over every slide.
pub fn check(diags: &mut Diagnostics, plan: &Plan) {
    for frame in &plan.frames {
        missing_alt(diags, frame);
        too_much_text(diags, frame, plan.head.size);
    }
}

fn missing_alt(diags: &mut Diagnostics, frame: &Frame) {
    let blocks = [&frame.slots.body, &frame.slots.left, &frame.slots.right];
    let in_text = blocks.into_iter().flat_map(|blocks| pictures(blocks));
    for image in frame.slots.picture.iter().chain(in_text) {
        if image.alt.trim().is_empty() {
            diags.missing_alt(image.span);
        }
    }
}

fn too_much_text(diags: &mut Diagnostics, frame: &Frame, size: (u32, u32)) {
    if layout::is_crowded(frame, size) {
        diags.too_much_text(frame.span);
    }
}
