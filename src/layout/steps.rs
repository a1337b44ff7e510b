//! Numbers what appears step by step.

use super::walk;
use crate::deck::{Block, BlockKind, List};

/// Gives a step to the items of lists (all of the slide's if `with_lists`) and
/// to all that stands in `::: steps`, whose fence is then taken away; and to
/// what changes inside of blocks.
pub fn number(blocks: &mut Vec<Block>, with_lists: bool, n_steps: &mut u16) {
    let mut res = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        if walk::is_row(&block) {
            walk::number(&mut block, &mut || next(n_steps));
            res.push(block);
            continue;
        }
        match block.kind {
            BlockKind::Group { name, mut body } if name == "steps" => {
                for inner in &mut body {
                    match &mut inner.kind {
                        BlockKind::List(list) => items(list, n_steps),
                        _ => inner.step = next(n_steps),
                    }
                    walk::number(inner, &mut || next(n_steps));
                }
                res.extend(body);
            }
            BlockKind::Group { name, mut body } => {
                number(&mut body, with_lists, n_steps);
                block.kind = BlockKind::Group { name, body };
                res.push(block);
            }
            BlockKind::List(ref mut list) if with_lists => {
                items(list, n_steps);
                res.push(block);
            }
            _ => {
                walk::number(&mut block, &mut || next(n_steps));
                res.push(block);
            }
        }
    }
    *blocks = res;
}

fn items(list: &mut List, n_steps: &mut u16) {
    for item in &mut list.items {
        item.step = next(n_steps);
        for inner in &mut item.blocks {
            walk::number(inner, &mut || next(n_steps));
        }
    }
}

fn next(n_steps: &mut u16) -> u16 {
    *n_steps = n_steps.saturating_add(1);
    *n_steps
}
