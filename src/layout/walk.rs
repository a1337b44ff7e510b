//! Steps inside a block: code that is walked through, and blocks of code that
//! change into each other.

use crate::deck::{Block, BlockKind};
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
                attrs: Default::default(),
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
    let has_class = block.attrs.classes.iter().any(|class| class == MORPH);
    has_class && matches!(block.kind, BlockKind::Code(_))
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

/// Numbers what changes inside of a block, behind the block's own step.
pub fn number(block: &mut Block, next: &mut dyn FnMut() -> u16) {
    let is_row = is_row(block);
    let own = block.step;
    match &mut block.kind {
        BlockKind::Code(code) => {
            for (at, stage) in code.look.stages.iter_mut().enumerate() {
                stage.step = if at == 0 { own } else { next() };
            }
        }
        BlockKind::Group { body, .. } if is_row => {
            for (at, inner) in body.iter_mut().enumerate() {
                if at > 0 {
                    inner.step = next();
                }
                number(inner, next);
            }
        }
        BlockKind::Quote(body) => body.iter_mut().for_each(|inner| number(inner, next)),
        BlockKind::List(list) => {
            let items = list.items.iter_mut().filter(|item| item.step == 0);
            for inner in items.flat_map(|item| &mut item.blocks) {
                number(inner, next);
            }
        }
        BlockKind::Group { .. }
        | BlockKind::Heading { .. }
        | BlockKind::Paragraph(_)
        | BlockKind::Table(_)
        | BlockKind::Math(_)
        | BlockKind::Rule
        | BlockKind::Html(_) => {}
    }
}
