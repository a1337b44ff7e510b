//! What two texts share, and how two changes of one text become one. The only
//! file that knows similar.

use std::ops::Range;

use similar::{Algorithm, DiffOp, MergeResolution, TextDiff, TextMerge, capture_diff_slices};

/// Pairs of places at which two lists hold the same, in order.
pub fn shared(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut res = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, old, new) {
        if let DiffOp::Equal {
            old_index,
            new_index,
            len,
        } = op
        {
            res.extend((0..len).map(|n| (old_index + n, new_index + n)));
        }
    }
    res
}

/// The difference of two texts as `diff -u` writes it, with colours for a
/// terminal if wanted.
pub fn unified(name: &str, old: &str, new: &str, colour: bool) -> String {
    let diff = TextDiff::from_lines(old, new);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header(name, name)
        .to_string();
    if !colour {
        return text;
    }
    let lines = text.split_inclusive('\n').map(|line| {
        let code = match line.as_bytes().first() {
            Some(b'+') => "32",
            Some(b'-') => "31",
            Some(b'@') => "36",
            _ => return line.to_string(),
        };
        format!("\u{1b}[{code}m{}\u{1b}[0m\n", line.trim_end_matches('\n'))
    });
    lines.collect()
}

/// Lines of a text that was changed on two sides.
pub enum Region {
    /// One side changed them, or both the same way, or nobody: as they are now.
    Settled(String),
    /// Both sides changed them, each in its own way.
    Disputed {
        /// As they were.
        base: String,
        /// As the first side has them.
        own: String,
        /// As the second side has them.
        new: String,
    },
}

/// Merges two changed texts line by line.
pub fn merge(base: &str, own: &str, new: &str) -> Vec<Region> {
    let merge = TextMerge::from_lines(base, own, new);
    let regions = merge.regions().iter().map(|region| {
        let mine = lines(region.ours_range(), |at| merge.ours_line(at));
        match region.resolution() {
            MergeResolution::Theirs => {
                Region::Settled(lines(region.theirs_range(), |at| merge.theirs_line(at)))
            }
            MergeResolution::Conflict => Region::Disputed {
                base: lines(region.base_range(), |at| merge.base_line(at)),
                own: mine,
                new: lines(region.theirs_range(), |at| merge.theirs_line(at)),
            },
            // What a later version of the library adds must not cost a line.
            _ => Region::Settled(mine),
        }
    });
    regions.collect()
}

fn lines<'t>(range: Range<usize>, line: impl Fn(usize) -> Option<&'t str>) -> String {
    range.filter_map(line).collect()
}
