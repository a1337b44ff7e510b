//! Points made fewer: each new one is the mean of those it stands for, so that
//! nothing fine is lost by chance and no edge has steps.

/// Width and height in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Points side by side.
    pub width: usize,
    /// Points above each other.
    pub height: usize,
}

impl Size {
    /// How many points there are.
    pub fn count(self) -> usize {
        self.width * self.height
    }
}

/// The same picture smaller. Each point has `N` bytes; with `has_alpha` the last
/// says how much of the others is seen, and what is not seen has no say in the mean.
pub fn shrink<const N: usize>(from: &[u8], size: Size, to: Size, has_alpha: bool) -> Vec<u8> {
    let across = shares(size.width, to.width);
    let down = shares(size.height, to.height);
    let mut res = Vec::with_capacity(to.count() * N);
    let mut sums = vec![[0.0_f32; N]; to.width];
    for rows in &down {
        sums.fill([0.0; N]);
        for (row, part) in rows {
            let line = &from[row * size.width * N..][..size.width * N];
            add::<N>(&mut sums, line, &across, *part, has_alpha);
        }
        for sum in &sums {
            res.extend(point::<N>(*sum, has_alpha));
        }
    }
    res
}

/// Which of so many points each of the fewer stands for, and which part of it
/// each of them is.
fn shares(from: usize, to: usize) -> Vec<Vec<(usize, f32)>> {
    let step = from as f64 / to.max(1) as f64;
    let of = |at: usize| {
        let (start, end) = (at as f64 * step, ((at + 1) as f64 * step).min(from as f64));
        let points = start.floor() as usize..(end.ceil() as usize).min(from);
        let part = |point: usize| {
            let own = (end.min((point + 1) as f64) - start.max(point as f64)).max(0.0);
            (point, (own / step) as f32)
        };
        points.map(part).collect()
    };
    (0..to).map(of).collect()
}

fn add<const N: usize>(
    sums: &mut [[f32; N]],
    line: &[u8],
    across: &[Vec<(usize, f32)>],
    part: f32,
    has_alpha: bool,
) {
    for (sum, points) in sums.iter_mut().zip(across) {
        for (point, own) in points {
            let bytes = &line[point * N..][..N];
            let weight = own * part;
            let seen = match has_alpha {
                true => weight * f32::from(bytes[N - 1]) / 255.0,
                false => weight,
            };
            for (at, byte) in bytes.iter().enumerate() {
                let weight = if has_alpha && at == N - 1 {
                    weight
                } else {
                    seen
                };
                sum[at] += weight * f32::from(*byte);
            }
        }
    }
}

fn point<const N: usize>(mut sum: [f32; N], has_alpha: bool) -> [u8; N] {
    if has_alpha {
        let seen = (sum[N - 1] / 255.0).max(1e-6);
        sum[..N - 1].iter_mut().for_each(|value| *value /= seen);
    }
    sum.map(|value| value.round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::{Size, shrink};

    const fn size(width: usize, height: usize) -> Size {
        Size { width, height }
    }

    #[test]
    fn a_point_is_the_mean_of_those_it_stands_for() {
        let grey = shrink::<1>(&[0, 100, 200, 100], size(2, 2), size(1, 1), false);
        assert_eq!(grey, [100]);
        // Three become two: the one in the middle has a say in both.
        let row = shrink::<1>(&[0, 90, 255], size(3, 1), size(2, 1), false);
        assert_eq!(row, [30, 200]);
        let rgb = shrink::<3>(&[255, 0, 10, 0, 255, 30], size(2, 1), size(1, 1), false);
        assert_eq!(rgb, [128, 128, 20]);
    }

    #[test]
    fn what_is_not_seen_gives_no_colour() {
        let half = shrink::<4>(&[200, 10, 0, 255, 0, 0, 0, 0], size(2, 1), size(1, 1), true);
        assert_eq!(half, [200, 10, 0, 128]);
        let none = shrink::<4>(&[9, 9, 9, 0, 9, 9, 9, 0], size(2, 1), size(1, 1), true);
        assert_eq!(none[3], 0);
    }

    #[test]
    fn every_size_is_filled() {
        for (from, to) in [(1, 1), (7, 3), (100, 99), (5, 1)] {
            let line = vec![77; from];
            let res = shrink::<1>(&line, size(from, 1), size(to, 1), false);
            assert_eq!(res, vec![77; to], "{from} to {to}");
        }
    }
}
