//! Pictures to learn from.

use std::sync::Arc;

use super::{
    RbmError,
    kernel::binarise,
    noise::{Purpose, Streams},
};

/// The value of black for Gaussian pixels, whose noise has the standard deviation 1: a quarter of the range of greys.
pub const INK: f32 = 4.0;

/// How grey pictures become black and white.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Binarise {
    /// Each pixel on with a probability of its grey value, drawn afresh in each epoch.
    #[default]
    Sample,
    /// On from half grey.
    Threshold,
}

/// Grey pictures of one size, 0 for paper and 255 for ink, with labels where there are any. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Samples {
    width: usize,
    height: usize,
    /// In the memory that it came in: a slice of its own would be a copy.
    grey: Arc<Vec<u8>>,
    labels: Option<Arc<[u8]>>,
    classes: usize,
}

impl Samples {
    /// Pictures one after another, row by row; a label for each, or none at all.
    ///
    /// # Errors
    /// If the lengths do not fit, or there is no picture.
    pub fn new(width: usize, height: usize, grey: Vec<u8>, labels: Option<Vec<u8>>) -> Result<Self, RbmError> {
        let pixels = width * height;
        if grey.is_empty() || pixels == 0 {
            return Err(RbmError::Empty);
        }
        if !grey.len().is_multiple_of(pixels) {
            return Err(RbmError::Length {
                name: "pictures",
                expected: grey.len().next_multiple_of(pixels),
                found: grey.len(),
            });
        }
        let count = grey.len() / pixels;
        if let Some(labels) = &labels
            && labels.len() != count
        {
            return Err(RbmError::Length { name: "labels", expected: count, found: labels.len() });
        }
        let classes = labels.iter().flatten().max().map_or(0, |&last| usize::from(last) + 1);
        Ok(Self { width, height, grey: Arc::new(grey), labels: labels.map(Into::into), classes })
    }

    /// Pixels along the upper edge.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Pixels along the left edge.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Pixels in a picture.
    #[must_use]
    pub fn pixels(&self) -> usize {
        self.width * self.height
    }

    /// Returns the number of pictures.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grey.len() / self.pixels()
    }

    /// Never: there is at least one picture.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.grey.is_empty()
    }

    /// Returns a picture: a byte a pixel, row by row from the top, 255 for full ink.
    #[must_use]
    pub fn grey(&self, index: usize) -> &[u8] {
        &self.grey[index * self.pixels()..][..self.pixels()]
    }

    /// Returns all pictures, one after another, a byte a pixel.
    #[must_use]
    pub fn all_grey(&self) -> &[u8] {
        &self.grey
    }

    /// Returns the label of a picture; none if the pictures have no labels.
    #[must_use]
    pub fn label(&self, index: usize) -> Option<u8> {
        self.labels.as_ref().map(|labels| labels[index])
    }

    /// Returns the labels of all pictures, in their order; none if they have no labels.
    #[must_use]
    pub fn labels(&self) -> Option<&[u8]> {
        self.labels.as_deref()
    }

    /// One more than the largest label; 0 without labels.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Mean of each pixel, 0 to 1.
    #[must_use]
    pub fn means(&self) -> Vec<f32> {
        let mut sums = vec![0_u64; self.pixels()];
        for picture in self.grey.chunks_exact(self.pixels()) {
            for (sum, &grey) in sums.iter_mut().zip(picture) {
                *sum += u64::from(grey);
            }
        }
        let count = self.len() as f64;
        sums.into_iter().map(|sum| (sum as f64 / (255.0 * count)) as f32).collect()
    }

    /// These pictures, in this order.
    #[must_use]
    pub fn select(&self, which: &[u32]) -> Self {
        let mut grey = Vec::with_capacity(which.len() * self.pixels());
        which.iter().for_each(|&index| grey.extend_from_slice(self.grey(index as usize)));
        let labels = self.labels.as_ref().map(|labels| which.iter().map(|&index| labels[index as usize]).collect());
        Self { grey: Arc::new(grey), labels, ..*self }
    }

    /// The same pictures with rows and columns exchanged.
    #[must_use]
    pub fn turned(&self) -> Self {
        let (width, height) = (self.width, self.height);
        let turned = |picture: &[u8]| -> Vec<u8> {
            (0..width).flat_map(|x| (0..height).map(move |y| y * width + x)).map(|place| picture[place]).collect()
        };
        let mut grey = Vec::with_capacity(self.grey.len());
        (0..self.len()).for_each(|index| grey.extend(turned(self.grey(index))));
        Self { width: height, height: width, grey: Arc::new(grey), ..self.clone() }
    }

    /// Training and validation pictures: a share of them, drawn by the seed, is held back. At least one stays on each
    /// side, unless the share is 0 or there is only one.
    #[must_use]
    pub fn split(&self, validation: f64, seed: u64) -> (Self, Option<Self>) {
        let count = self.len();
        let held_back = ((validation * count as f64).round() as usize).clamp(1, count.max(2) - 1);
        if validation <= 0.0 || count < 2 {
            return (self.clone(), None);
        }
        let order = shuffled(count, seed, u64::MAX);
        let (back, train) = order.split_at(held_back);
        (self.select(train), Some(self.select(back)))
    }

    /// A picture as bits, at a moment (an epoch): the first words of a row. The label's bit is set behind the pixels
    /// where the machine has classes.
    pub fn bits_into(&self, index: usize, how: Binarise, classes: usize, streams: Streams, words: &mut [u64]) {
        words.fill(0);
        match how {
            Binarise::Sample => binarise(self.grey(index), streams.row(index), words),
            Binarise::Threshold => {
                for (word, grey) in words.iter_mut().zip(self.grey(index).chunks(64)) {
                    *word = grey.iter().rev().fold(0, |word, &grey| word << 1 | u64::from(grey >= 128));
                }
            }
        }
        if let Some(label) = self.label(index).filter(|&label| usize::from(label) < classes) {
            let unit = self.pixels() + usize::from(label);
            words[unit / 64] |= 1 << (unit % 64);
        }
    }

    /// A picture as numbers, black being [`INK`], with its label's unit.
    pub fn values_into(&self, index: usize, values: &mut [f32]) {
        let (pixels, labels) = values.split_at_mut(self.pixels());
        for (value, &grey) in pixels.iter_mut().zip(self.grey(index)) {
            *value = INK * f32::from(grey) / 255.0;
        }
        labels.fill(0.0);
        if let Some(label) = self.label(index)
            && let Some(value) = labels.get_mut(usize::from(label))
        {
            *value = 1.0;
        }
    }
}

/// The numbers below `count` in random order (Fisher and Yates).
#[must_use]
pub fn shuffled(count: usize, seed: u64, epoch: u64) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    shuffle(&mut order, seed, epoch);
    order
}

/// Brings the numbers into random order (Fisher and Yates), one that seed and epoch decide.
pub fn shuffle(order: &mut [u32], seed: u64, epoch: u64) {
    let stream = Streams::new(seed, Purpose::Order, epoch).row(0);
    for last in (1..order.len()).rev() {
        order.swap(last, stream.below(last as u32, last + 1));
    }
}
