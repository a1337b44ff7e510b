//! Steps inside a block: code that is walked through, and blocks of code that
//! change into each other.

use crate::deck::{Attrs, Block, BlockKind, Braced, Code};
use crate::diag::Diagnostics;

/// The group that code blocks in a row with `{.morph}` become.
pub const MORPH: &str = "morph";

/// Puts code blocks in a row with `{.morph}` into one group.
pub fn join(diags: &mut Diagnostics, blocks: &mut Vec<Block>) {
    let mut res: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if let BlockKind::Group { name, body } = &mut block.kind
            && name != MORPH
        {
            join(diags, body);
        }
        if !is_morph(&block) {
            res.push(block);
            continue;
        }
        match res.last_mut() {
            Some(Block {
                kind: BlockKind::Group { name, body },
                span,
                ..
            }) if name == MORPH && body.iter().all(is_morph) => {
                *span = span.to(block.span);
                body.push(block);
            }
            _ => res.push(Block {
                span: block.span,
                attrs: timing(&mut block.attrs),
                step: 0,
                kind: BlockKind::Group {
                    name: MORPH.to_string(),
                    body: vec![block],
                },
            }),
        }
    }
    for block in &mut res {
        if let BlockKind::Group { name, body } = &mut block.kind
            && name == MORPH
            && let [
                Block {
                    kind: BlockKind::Code(code),
                    ..
                },
            ] = &body[..]
        {
            diags.lone_morph(code.info);
            let lone = body.remove(0);
            *block = lone;
        }
    }
    *blocks = res;
}

fn is_morph(block: &Block) -> bool {
    block.attrs.has(MORPH) && matches!(block.kind, BlockKind::Code(_))
}

/// Takes what says when the first block of a row appears: the row does then.
fn timing(attrs: &mut Attrs) -> Attrs {
    let is_when = |class: &mut String| matches!(class.as_str(), "step" | "dim");
    if attrs.is_empty() {
        return Attrs::default();
    }
    let pairs = |attrs: &mut Attrs| {
        attrs
            .pairs
            .extract_if(.., |(key, _)| key == "step")
            .collect()
    };
    Attrs::from(Braced {
        id: None,
        classes: attrs.classes.extract_if(.., is_when).collect(),
        pairs: pairs(attrs),
    })
}

/// Whether a block is a row of code blocks that change into each other.
pub fn is_row(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Group { name, body } => {
            name == MORPH
                && body
                    .iter()
                    .all(|block| matches!(block.kind, BlockKind::Code(_)))
        }
        _ => false,
    }
}

/// Numbers the stages of a walk through a block of code that appears at step
/// `own`.
pub fn number(code: &mut Code, own: u16, next: &mut dyn FnMut() -> u16) {
    for (at, stage) in code.look.stages.iter_mut().enumerate() {
        stage.step = if at == 0 { own } else { next() };
    }
}
