//! Which cells of the pad a stroke changes, and how a whole picture is changed at once.

use super::{
    look::{Pen, Tool},
    settings::HopfieldSettings,
};

/// A cell by its column and row, which may lie outside the pad.
pub(super) type Cell = [i32; 2];

/// Neurons with the values that they are set to.
pub(super) type Cells = Vec<(u16, i8)>;

/// The neuron of a cell on a pad of this side, if the cell lies on it.
pub(super) fn neuron(side: usize, [x, y]: Cell) -> Option<usize> {
    let range = 0..side as i32;
    (range.contains(&x) && range.contains(&y)).then_some((y * side as i32 + x) as usize)
}

/// What the noise brush keeps within a stroke and from one to the next.
#[derive(Default)]
pub(super) struct Strokes {
    /// Neurons that the noise brush has met in this stroke.
    met: Vec<bool>,
    luck: u64,
}

impl Strokes {
    /// Begins a stroke on a pad of so many neurons.
    pub fn begin(&mut self, neurons: usize) {
        self.met.clear();
        self.met.resize(neurons, false);
    }

    /// The cells that a path of the pen changes: a square brush along the lines between its cells. The second button
    /// does the opposite.
    pub fn along(&mut self, settings: &HopfieldSettings, pen: Pen, is_secondary: bool, path: &[Cell]) -> Cells {
        let mut cells = Cells::new();
        let value = if (pen.tool == Tool::Draw) == is_secondary { -1 } else { 1 };
        for (place, &to) in path.iter().enumerate() {
            let from = path[place.saturating_sub(1)];
            for at in line(from, to) {
                let corner = at.map(|place| place - pen.brush as i32 / 2);
                let brush = pen.brush as i32;
                let under = (0..brush * brush).map(|offset| [corner[0] + offset % brush, corner[1] + offset / brush]);
                for neuron in under.filter_map(|cell| neuron(settings.side, cell)) {
                    if pen.tool == Tool::Noise {
                        cells.extend(self.noise_at(settings, neuron));
                    } else {
                        cells.push((neuron as u16, value));
                    }
                }
            }
        }
        cells
    }

    /// Turns a neuron over by the toss of a coin, the first time that it is met.
    fn noise_at(&mut self, settings: &HopfieldSettings, neuron: usize) -> Option<(u16, i8)> {
        if std::mem::replace(&mut self.met[neuron], true) {
            return None;
        }
        // What only the eye judges has a small generator of its own.
        self.luck = self.luck.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.luck >> 63 == 1).then(|| (neuron as u16, -settings.pad.0[neuron]))
    }
}

/// The cells of a line without gaps, both ends included.
fn line(from: Cell, to: Cell) -> impl Iterator<Item = Cell> {
    let along = [to[0] - from[0], to[1] - from[1]];
    let steps = along[0].abs().max(along[1].abs()).max(1);
    (0..=steps).map(move |step| {
        let at = |axis: usize| from[axis] + (along[axis] as f32 * step as f32 / steps as f32).round() as i32;
        [at(0), at(1)]
    })
}

/// The area of one colour around a cell, to be turned over.
pub(super) fn flood(settings: &HopfieldSettings, from: Cell) -> Cells {
    let Some(start) = neuron(settings.side, from) else { return Cells::new() };
    let color = settings.pad.0[start];
    let mut met = vec![false; settings.pad.0.len()];
    let mut open = vec![from];
    let mut cells = Cells::new();
    while let Some([x, y]) = open.pop() {
        let Some(index) = neuron(settings.side, [x, y]) else { continue };
        if settings.pad.0[index] != color || std::mem::replace(&mut met[index], true) {
            continue;
        }
        cells.push((index as u16, -color));
        open.extend([[x - 1, y], [x + 1, y], [x, y - 1], [x, y + 1]]);
    }
    cells
}

/// The cells of a rectangle, to be turned off.
pub(super) fn hole(side: usize, from: Cell, to: Cell) -> Cells {
    let range = |axis: usize| from[axis].min(to[axis])..=from[axis].max(to[axis]);
    let cells = range(1).flat_map(|y| range(0).map(move |x| [x, y]));
    cells.filter_map(|cell| neuron(side, cell)).map(|index| (index as u16, -1)).collect()
}

/// A change of the whole picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// Every cell is turned over.
    Invert,
    /// Left and right are swapped.
    Mirror,
    /// Every cell is turned off.
    Clear,
    /// The picture moves by whole cells; what leaves on one side comes in on the other.
    Shift(Cell),
}

impl Change {
    /// The picture after the change.
    pub fn of(self, bits: &[i8], side: usize) -> Vec<i8> {
        let cells = 0..bits.len();
        match self {
            Self::Invert => bits.iter().map(|bit| -bit).collect(),
            Self::Mirror => cells.map(|cell| bits[cell / side * side + side - 1 - cell % side]).collect(),
            Self::Clear => vec![-1; bits.len()],
            Self::Shift([dx, dy]) => {
                let from = |place: usize, by: i32| (place as i32 - by).rem_euclid(side as i32) as usize;
                cells.map(|cell| bits[from(cell / side, dy) * side + from(cell % side, dx)]).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fast_stroke_leaves_no_gap_and_the_right_button_takes_it_back() {
        let settings = HopfieldSettings::default();
        let mut strokes = Strokes::default();
        strokes.begin(settings.neuron_count());
        let pen = Pen { tool: Tool::Draw, brush: 1 };
        let path = [[0, 0], [19, 7], [-3, 12]];
        let drawn = strokes.along(&settings, pen, false, &path);
        assert!((0..20).all(|x| drawn.iter().any(|&(neuron, value)| usize::from(neuron) % 20 == x && value == 1)));
        let erased = strokes.along(&settings, pen, true, &path);
        assert_eq!(erased, drawn.iter().map(|&(neuron, _)| (neuron, -1)).collect::<Cells>());
        let eraser = Pen { tool: Tool::Erase, brush: 1 };
        assert_eq!(strokes.along(&settings, eraser, false, &path), erased);
    }

    #[test]
    fn noise_meets_each_neuron_once_in_a_stroke() {
        let settings = HopfieldSettings::default();
        let mut strokes = Strokes::default();
        strokes.begin(settings.neuron_count());
        let pen = Pen { tool: Tool::Noise, brush: 8 };
        let first = strokes.along(&settings, pen, false, &[[4, 4], [15, 15]]);
        assert!(!first.is_empty());
        assert!(first.iter().all(|&(neuron, value)| value == -settings.pad.0[usize::from(neuron)]));
        assert_eq!(strokes.along(&settings, pen, false, &[[15, 15], [4, 4]]), Cells::new());
    }

    #[test]
    fn changes_of_the_whole_picture_undo_themselves() {
        let bits: Vec<i8> = (0..25).map(|cell| if cell % 3 == 0 { 1 } else { -1 }).collect();
        for change in [Change::Invert, Change::Mirror] {
            assert_ne!(change.of(&bits, 5), bits);
            assert_eq!(change.of(&change.of(&bits, 5), 5), bits);
        }
        let moved = Change::Shift([2, -1]).of(&bits, 5);
        assert_eq!(moved[4 * 5 + 2], bits[0], "two to the right, one up and in again from below");
        assert_eq!(Change::Shift([-2, 1]).of(&moved, 5), bits);
        assert_eq!(hole(5, [3, 1], [-2, 0]).len(), 8);
    }
}
