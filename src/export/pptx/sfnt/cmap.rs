//! Which letter of a font stands for which code point: the table `cmap`.

use std::collections::BTreeMap;

use super::{long, short, words};

/// The code points of a font's letters, of the table with the most of them.
pub fn read(cmap: &[u8]) -> Option<Vec<(u32, u16)>> {
    let mut best = Vec::new();
    for at in 0..usize::from(short(cmap, 2)?) {
        let table = cmap.get(long(cmap, 4 + 8 * at + 4)? as usize..)?;
        let found = match short(table, 0)? {
            4 => in_segments(table)?,
            12 => in_groups(table)?,
            _ => continue,
        };
        if found.len() > best.len() {
            best = found;
        }
    }
    Some(best)
}

/// Format 4: sixteen bits.
fn in_segments(table: &[u8]) -> Option<Vec<(u32, u16)>> {
    let twice = usize::from(short(table, 6)?);
    let mut res = Vec::new();
    for at in (0..twice).step_by(2) {
        let (last, first) = (short(table, 14 + at)?, short(table, 16 + twice + at)?);
        let delta = short(table, 16 + 2 * twice + at)?;
        let place = 16 + 3 * twice + at;
        let offset = usize::from(short(table, place)?);
        for letter in first..=last {
            let number = match offset {
                0 => letter.wrapping_add(delta),
                _ => match short(table, place + offset + 2 * usize::from(letter - first))? {
                    0 => 0,
                    number => number.wrapping_add(delta),
                },
            };
            if number != 0 && letter != u16::MAX {
                res.push((u32::from(letter), number));
            }
        }
    }
    Some(res)
}

/// Format 12: all of Unicode.
fn in_groups(table: &[u8]) -> Option<Vec<(u32, u16)>> {
    let mut res = Vec::new();
    for at in 0..long(table, 12)? as usize {
        let group = table.get(16 + 12 * at..28 + 12 * at)?;
        let (first, last, number) = (long(group, 0)?, long(group, 4)?, long(group, 8)?);
        if last.checked_sub(first)? > u32::from(u16::MAX) {
            return None;
        }
        for letter in first..=last {
            let number = u16::try_from(number.checked_add(letter - first)?).ok()?;
            res.push((letter, number));
        }
    }
    Some(res)
}

/// The letters by code points, in runs: format 4, and 12 where there are more.
pub fn written(map: &BTreeMap<u32, u16>) -> Vec<u8> {
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (letter, number) in map {
        match runs.last_mut() {
            Some((first, last, start))
                if *last + 1 == *letter
                    && u32::from(*start) + (letter - *first) == u32::from(*number) =>
            {
                *last = *letter;
            }
            _ => runs.push((*letter, *letter, *number)),
        }
    }
    let mut low: Vec<(u16, u16, u16)> = runs
        .iter()
        .filter_map(|(first, last, number)| {
            let first = u16::try_from(*first).ok()?;
            let last = u16::try_from(*last).unwrap_or(u16::MAX - 1);
            Some((first, last, number.wrapping_sub(first)))
        })
        .collect();
    low.push((u16::MAX, u16::MAX, 1));
    let short_table = segments(&low);
    let is_wide = map.keys().next_back().is_some_and(|last| *last > 0xffff);
    let n_tables: u16 = if is_wide { 2 } else { 1 };
    let begins = 4 + 8 * u32::from(n_tables);
    let mut res = words(&[0, n_tables, 3, 1]);
    res.extend(begins.to_be_bytes());
    if is_wide {
        res.extend(words(&[3, 10]));
        res.extend((begins + short_table.len() as u32).to_be_bytes());
    }
    res.extend(short_table);
    if is_wide {
        res.extend(words(&[12, 0]));
        let length = 16 + 12 * runs.len() as u32;
        let long = |number: u32| number.to_be_bytes();
        res.extend([long(length), long(0), long(runs.len() as u32)].concat());
        for (first, last, number) in runs {
            res.extend([long(first), long(last), long(u32::from(number))].concat());
        }
    }
    res
}

fn segments(runs: &[(u16, u16, u16)]) -> Vec<u8> {
    let n = runs.len() as u16;
    let power = n.ilog2() as u16;
    let found = 2 << power;
    let mut res = words(&[4, 16 + 8 * n, 0, 2 * n, found, power, 2 * n - found]);
    res.extend(words(&runs.iter().map(|run| run.1).collect::<Vec<u16>>()));
    res.extend(words(&[0]));
    res.extend(words(&runs.iter().map(|run| run.0).collect::<Vec<u16>>()));
    res.extend(words(&runs.iter().map(|run| run.2).collect::<Vec<u16>>()));
    res.extend(words(&vec![0; runs.len()]));
    res
}
