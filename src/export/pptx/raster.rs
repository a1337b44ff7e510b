//! Outlines into points: how much of each point an outline covers, painted over
//! what is there.

use kurbo::{Affine, BezPath, PathEl, Point};

use crate::palette::Rgb;

/// How far a straight line may be from the curve it stands for, in points.
const EXACT: f64 = 0.05;

/// What an outline is filled with.
pub enum Paint {
    /// One colour.
    Plain(Rgb),
    /// Colours along a line, or around a place: from a point of the picture to
    /// where along it that is.
    Gradient(Affine, bool, Vec<(f32, Rgb, f32)>),
}

/// A picture in points, seen through where nothing is painted.
pub struct Raster {
    width: usize,
    height: usize,
    /// Red, green, blue times alpha, and alpha.
    points: Vec<[f32; 4]>,
}

impl Raster {
    /// An empty picture.
    pub fn new(width: usize, height: usize) -> Raster {
        Raster {
            width,
            height,
            points: vec![[0.0; 4]; width * height],
        }
    }

    /// Fills an outline; of what it covers, `seen` is how much is painted.
    pub fn fill(&mut self, path: &BezPath, paint: &Paint, seen: f32) {
        let cover = self.cover(path);
        for (at, (own, point)) in cover.iter().zip(&mut self.points).enumerate() {
            let own = own.min(1.0) * seen;
            if own < 1.0 / 512.0 {
                continue;
            }
            let (colour, alpha) = match paint {
                Paint::Plain(colour) => (*colour, 1.0),
                Paint::Gradient(to, is_round, stops) => {
                    let (x, y) = (at % self.width, at / self.width);
                    let place = *to * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                    let along = if *is_round {
                        place.to_vec2().hypot()
                    } else {
                        place.x
                    };
                    along_stops(stops, along as f32)
                }
            };
            let own = own * alpha;
            let rgb = colour.channels();
            for (old, new) in point.iter_mut().zip(rgb.into_iter().chain([255])) {
                *old = *old * (1.0 - own) + f32::from(new) * own;
            }
        }
    }

    /// Red, green, blue and alpha of each point, row by row.
    pub fn bytes(&self) -> Vec<u8> {
        let byte = |value: f32| value.round().clamp(0.0, 255.0) as u8;
        let of = |[r, g, b, a]: &[f32; 4]| {
            let seen = (a / 255.0).max(1e-6);
            [byte(r / seen), byte(g / seen), byte(b / seen), byte(*a)]
        };
        self.points.iter().flat_map(of).collect()
    }

    /// How much of each point an outline covers. Each of its lines changes how much
    /// is covered of all that is right of it; summed up from the left this gives
    /// the area.
    fn cover(&self, path: &BezPath) -> Vec<f32> {
        let mut changes = vec![0.0_f32; self.width * self.height + 2];
        let (mut start, mut last) = (Point::ZERO, Point::ZERO);
        let width = self.width as f64;
        let mut line = |from: Point, to: Point| self.edge(&mut changes, from, to, width);
        kurbo::flatten(path, EXACT, |element| match element {
            PathEl::MoveTo(to) => {
                line(last, start);
                (start, last) = (to, to);
            }
            PathEl::LineTo(to) => {
                line(last, to);
                last = to;
            }
            PathEl::ClosePath => {
                line(last, start);
                last = start;
            }
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => {}
        });
        line(last, start);
        let mut res = vec![0.0; self.width * self.height];
        for (row, out) in res.chunks_exact_mut(self.width.max(1)).enumerate() {
            let mut sum = 0.0;
            for (at, out) in out.iter_mut().enumerate() {
                sum += changes[row * self.width + at];
                *out = sum.abs();
            }
        }
        res
    }

    /// One line of an outline, cut into rows.
    fn edge(&self, changes: &mut [f32], from: Point, to: Point, width: f64) {
        if !(from.is_finite() && to.is_finite()) || from.y == to.y {
            return;
        }
        let (way, top, bottom) = match from.y < to.y {
            true => (1.0, from, to),
            false => (-1.0, to, from),
        };
        let slope = (bottom.x - top.x) / (bottom.y - top.y);
        let first = top.y.max(0.0).floor() as usize;
        let last = bottom.y.min(self.height as f64).ceil().max(0.0) as usize;
        for row in first..last.min(self.height) {
            let y0 = top.y.max(row as f64);
            let y1 = bottom.y.min((row + 1) as f64);
            if y1 <= y0 {
                continue;
            }
            let high = (y1 - y0) * way;
            let at = |y: f64| (top.x + slope * (y - top.y)).clamp(0.0, width);
            let (x0, x1) = (at(y0).min(at(y1)), at(y0).max(at(y1)));
            self.strip(changes, row, (x0, x1), high);
        }
    }

    /// A piece of a line within one row, so high: shared by the points it crosses.
    fn strip(&self, changes: &mut [f32], row: usize, (x0, x1): (f64, f64), high: f64) {
        let base = row * self.width;
        let end = self.width;
        let mut add = |at: usize, part: f64| {
            if at < end {
                changes[base + at] += part as f32;
            }
        };
        let (first, last) = (x0.floor() as usize, x1.ceil() as usize);
        if last <= first + 1 {
            // Within one point: what is right of the middle of the line is covered.
            let covered = 1.0 - ((x0 + x1) / 2.0 - first as f64);
            add(first, high * covered);
            add(first + 1, high * (1.0 - covered));
            return;
        }
        let mut before = 0.0;
        for at in first..=last {
            let own = area(at as f64, (x0, x1));
            add(at, high * (own - before));
            before = own;
        }
    }
}

/// How much of a point at `left` is right of a slanted line that runs from `x0` to
/// `x1` within its row.
fn area(left: f64, (x0, x1): (f64, f64)) -> f64 {
    // The mean over the row of how far a place is right of the line.
    let upto = |x: f64| {
        let t = x.clamp(x0, x1);
        let within = (t - x0) * (t - x0) / (2.0 * (x1 - x0));
        within + (x - t).max(0.0)
    };
    upto(left + 1.0) - upto(left)
}

/// The colour at a place along a gradient, and how much of it is seen.
fn along_stops(stops: &[(f32, Rgb, f32)], at: f32) -> (Rgb, f32) {
    let next = stops.iter().position(|(place, ..)| *place > at);
    match (next, stops.first(), stops.last()) {
        (Some(0), Some((_, colour, seen)), _) | (None, _, Some((_, colour, seen))) => {
            (*colour, *seen)
        }
        (Some(next), ..) => {
            let ((a, from, seen_a), (b, to, seen_b)) = (stops[next - 1], stops[next]);
            let part = (at - a) / (b - a).max(1e-6);
            let parts = from.channels().into_iter().zip(to.channels());
            let mixed: Vec<u8> = parts
                .map(|(a, b)| (f32::from(a) + (f32::from(b) - f32::from(a)) * part).round() as u8)
                .collect();
            let colour = Rgb::from([mixed[0], mixed[1], mixed[2]]);
            (colour, seen_a + (seen_b - seen_a) * part)
        }
        (None, _, None) => (crate::palette::BLACK, 0.0),
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{BezPath, Circle, Shape as _};

    use super::{Paint, Raster};
    use crate::palette::BLACK;

    fn painted(path: &BezPath, width: usize, height: usize) -> Vec<u8> {
        let mut raster = Raster::new(width, height);
        raster.fill(path, &Paint::Plain(BLACK), 1.0);
        raster
            .bytes()
            .chunks_exact(4)
            .map(|point| point[3])
            .collect()
    }

    #[test]
    fn points_are_painted_as_far_as_they_are_covered() {
        let path = BezPath::from_svg("M0.5 0H3V1.5H0.5Z").expect("a path");
        assert_eq!(
            painted(&path, 4, 2),
            [128, 255, 255, 0, 64, 128, 128, 0],
            "half, whole, none"
        );
        let slanted = BezPath::from_svg("M0 0L4 1V0Z").expect("a path");
        assert_eq!(painted(&slanted, 4, 1), [32, 96, 159, 223]);
    }

    #[test]
    fn what_goes_beyond_the_picture_is_cut_off() {
        let path = BezPath::from_svg("M-9 -9H9V9H-9Z").expect("a path");
        assert_eq!(painted(&path, 2, 2), [255; 4]);
        let path = BezPath::from_svg("M5 0H9V2H5Z").expect("a path");
        assert_eq!(painted(&path, 2, 2), [0; 4]);
    }

    #[test]
    fn a_circle_is_as_large_as_it_is() {
        let circle = Circle::new((10.0, 10.0), 8.0).to_path(0.01);
        let sum: f64 = painted(&circle, 20, 20)
            .iter()
            .map(|own| f64::from(*own) / 255.0)
            .sum();
        assert!((sum - 201.06).abs() < 2.5, "{sum}");
    }
}
