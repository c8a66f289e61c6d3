//! What a person changes on the shelf and on the pad, done to the settings.

use std::{collections::HashSet, sync::Arc};

use rand::{RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};

use super::{
    captions,
    picture::Picture,
    settings::{HopfieldSettings, MOST_MEMORIES, Memory, Occlusion, Source, drawn, random_picture},
    trained::Trained,
};
use crate::{
    data::drawings::DrawnSet,
    labs::{
        kit::Host,
        offers::{OfferedMachine, OfferedNetwork, OfferedPicture, OfferedPictures},
    },
    physics::hopfield::Rule,
    text::Texts,
};

/// Random pictures added at once.
const RANDOM: usize = 10;
/// Features of a machine added at once.
const FEATURES: usize = 10;
/// Noise that a clean picture gets when other noise is asked for.
const SOME_NOISE: f64 = 0.2;

/// The sentence that says that the shelf is full.
pub(super) fn full(t: Texts) -> String {
    t.fill("hopfield.notice.full", &[("most", &MOST_MEMORIES.to_string())])
}

/// The picture as a memory with a free name.
///
/// # Errors
/// The sentence that says why it is not stored: it is on the shelf already, or the shelf is full.
pub(super) fn new_memory(settings: &HopfieldSettings, picture: Picture, t: Texts) -> Result<Memory, String> {
    if let Some(same) = settings.memories.iter().find(|memory| memory.picture == picture) {
        return Err(t.fill("hopfield.notice.stored_before", &[("name", &captions::name(same, t))]));
    }
    if settings.memories.len() >= MOST_MEMORIES {
        return Err(full(t));
    }
    let mut names = (1..).map(|number: usize| t.fill("hopfield.memory.numbered", &[("number", &number.to_string())]));
    let is_free = |name: &String| settings.memories.iter().all(|memory| memory.name != *name);
    let name = names.find(is_free).unwrap_or_default();
    Ok(Memory::new(name, picture, Source::Made))
}

/// The pictures of a set, or random ones.
pub(super) fn from_set(settings: &HopfieldSettings, set: Option<DrawnSet>, t: Texts) -> Vec<Memory> {
    let (side, known) = (settings.side, &settings.memories);
    let Some(set) = set else {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(settings.seed ^ known.len() as u64);
        let name = |number: usize| t.fill("hopfield.memory.random", &[("number", &number.to_string())]);
        let first = known.len() + 1;
        let random = (first..first + RANDOM).map(|number| {
            let seed = rng.random();
            Memory::new(name(number), random_picture(seed, side), Source::Random(seed))
        });
        return random.collect();
    };
    (0..set.names().len()).map(|index| drawn(set, index, side)).collect()
}

/// Pictures of what hidden units of a machine look for, the first ones: a unit's weights as ±1. A restricted machine whose weights are patterns is the Hopfield network that has learned them (Barra,
/// Bernacchia, Santucci and Contucci, Neural Networks 34, 1, 2012, DOI 10.1016/j.neunet.2012.06.003).
pub(super) fn from_machine(settings: &HopfieldSettings, offered: &OfferedMachine, t: Texts) -> Vec<Memory> {
    let [width, height] = offered.size;
    if width != height || width * height == 0 {
        return Vec::new();
    }
    let feature = |unit: usize| {
        let weight = |pixel: usize| offered.machine.weights_of(pixel)[unit];
        let signs: Vec<i8> = (0..width * height).map(|pixel| if weight(pixel) > 0.0 { 1 } else { -1 }).collect();
        let name = t.fill("hopfield.memory.feature", &[("number", &(unit + 1).to_string())]);
        let original = Picture::from(signs);
        Memory {
            original: Some(original.clone()),
            ..Memory::new(name, original.resampled(settings.side), Source::Made)
        }
    };
    (0..offered.machine.shape.hidden.min(FEATURES)).map(feature).collect()
}

/// What became of memories that were to go on the shelf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Added {
    /// These came on the shelf.
    pub count: usize,
    /// These were there already, or came twice.
    pub repeated: usize,
    /// For these there was no room.
    pub without_room: usize,
}

impl Added {
    /// What is said of it.
    pub fn text(self, t: Texts) -> String {
        let of = |key, count: usize| (count > 0).then(|| t.plural(key, count, &[("count", &count.to_string())]));
        let full = (self.without_room > 0).then(|| full(t));
        let came = of("hopfield.notice.imported", self.count);
        let parts = [came, of("hopfield.notice.repeated", self.repeated), full];
        t.sentences(&parts.into_iter().flatten().collect::<Vec<_>>())
    }
}

/// The memories of these that the shelf does not have yet and has room for: the same picture twice says nothing new, and some
/// rules would forget it by that.
pub(super) fn sorted_out(settings: &HopfieldSettings, new: Vec<Memory>) -> (Vec<Memory>, Added) {
    let mut known: HashSet<Picture> = settings.memories.iter().map(|memory| memory.picture.clone()).collect();
    let wanted = new.len();
    let mut kept: Vec<Memory> = new.into_iter().filter(|memory| known.insert(memory.picture.clone())).collect();
    let unlike = kept.len();
    kept.truncate(MOST_MEMORIES.saturating_sub(settings.memories.len()));
    let added = Added { count: kept.len(), repeated: wanted - unlike, without_room: unlike - kept.len() };
    (kept, added)
}

/// Spoils the clean picture anew after a change of how.
pub(super) fn corrupt(settings: &mut HopfieldSettings, change: impl FnOnce(&mut HopfieldSettings)) {
    change(settings);
    *settings = settings.clone().corrupted();
}

/// Takes other noise; a clean picture gets some.
pub(super) fn other_noise(settings: &mut HopfieldSettings) {
    settings.noise_seed = settings.noise_seed.wrapping_add(1);
    if settings.noise == 0.0 {
        settings.noise = SOME_NOISE;
    }
}

/// Hides a half, or shows it again where it was hidden.
pub(super) fn hide(settings: &mut HopfieldSettings, half: Occlusion) {
    settings.hidden = if settings.hidden == half { Occlusion::None } else { half };
}

/// Sets cells of the pad, which is the clean picture from then on.
pub(super) fn paint(settings: &mut HopfieldSettings, cells: &[(u16, i8)]) {
    let mut bits = settings.pad.0.to_vec();
    for &(cell, value) in cells {
        bits[usize::from(cell)] = value;
    }
    settings.pad = bits.into();
    settings.clean = settings.pad.clone();
}

/// Offers what was learned to the other labs, or nothing where nothing is.
pub(super) fn offer_network(trained: Option<&Trained>, rule: Rule, host: &Host) {
    host.offers.borrow_mut().offer(trained.map(|trained| OfferedNetwork {
        rule,
        network: Arc::clone(&trained.network),
        memories: Arc::clone(&trained.memories),
    }));
}

/// Offers the memories to the other labs, where they differ from what is offered already.
pub(super) fn offer(memories: &[Memory], host: &Host) {
    let mut offers = host.offers.borrow_mut();
    let is_offered = |(memory, offered): (&Memory, &OfferedPicture)| {
        memory.picture.0 == offered.bits && captions::own_name(memory) == offered.name
    };
    let known = offers.get::<OfferedPictures>().unwrap_or_default();
    if memories.len() == known.0.len() && memories.iter().zip(&known.0).all(is_offered) {
        return;
    }
    let offered = |memory: &Memory| OfferedPicture {
        name: captions::own_name(memory).to_owned(),
        bits: memory.picture.0.clone(),
    };
    offers.offer(Some(OfferedPictures(memories.iter().map(offered).collect())));
}
