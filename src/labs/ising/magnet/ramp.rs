//! Slow heating, slow cooling, and the field cycle: the magnet turns a knob of its own.
//!
//! What turns is state of the model and not a setting: a window that is some frames behind cannot set it back.

use crate::labs::ising::magnet::settings::{HOTTEST, MagnetSettings};

/// What is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RampKind {
    /// Temperature up to 4 (to 5 from above).
    Heat,
    /// Temperature down to 1 (to 0 from below).
    Cool,
    /// Field to +1.5, to −1.5, to +1.5 and back to 0.
    CycleField,
}

impl RampKind {
    /// The knob that it turns.
    #[must_use]
    pub fn knob(self) -> Knob {
        match self {
            Self::Heat | Self::Cool => Knob::Temperature,
            Self::CycleField => Knob::Field,
        }
    }
}

/// A knob that a ramp can turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knob {
    /// T.
    Temperature,
    /// h.
    Field,
}

impl Knob {
    /// Where it stands in these settings.
    #[must_use]
    pub fn of(self, settings: &MagnetSettings) -> f64 {
        match self {
            Self::Temperature => settings.temperature,
            Self::Field => settings.field,
        }
    }

    /// The knob in settings that are to be changed.
    pub fn of_mut(self, settings: &mut MagnetSettings) -> &mut f64 {
        match self {
            Self::Temperature => &mut settings.temperature,
            Self::Field => &mut settings.field,
        }
    }
}

/// Ends of a field cycle in J.
pub const CYCLE_FIELD: f64 = 1.5;

/// What a ramp shows of itself. It stays in the frame after the ramp's end, until the knob is set by hand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RampFrame {
    /// Its number, which the window gave.
    pub number: u64,
    /// What is turned.
    pub kind: RampKind,
    /// How much is done, 0 to 1; none after its end.
    pub progress: Option<f64>,
    /// Where the knob stands: T in J/k, or h in J.
    pub value: f64,
}

/// A ramp under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    /// Its number, which the window gave.
    pub number: u64,
    /// What is turned.
    pub kind: RampKind,
    from: f64,
    to: f64,
    done: u32,
    sweeps: u32,
    /// h and m where the closed part of a cycle stands, and ∫ m dh so far; none outside of it.
    closed: Option<[f64; 3]>,
    is_enclosed: bool,
}

/// What a whole field cycle enclosed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LoopArea {
    /// Change of h in a sweep, in J.
    pub rate: f64,
    /// T in J/k.
    pub temperature: f64,
    /// ∮ m dh in J: the work that one cycle costs per spin.
    pub area: f64,
}

impl Ramp {
    /// Begins where the settings stand.
    #[must_use]
    pub fn new(number: u64, kind: RampKind, settings: &MagnetSettings) -> Self {
        let temperature = settings.temperature;
        let (from, to) = match kind {
            RampKind::Heat => (temperature, if temperature < 3.9 { 4.0 } else { HOTTEST }),
            RampKind::Cool => (temperature, if temperature > 1.1 { 1.0 } else { 0.0 }),
            RampKind::CycleField => (settings.field, 0.0),
        };
        Self { number, kind, from, to, done: 0, sweeps: settings.drive_sweeps.max(1), closed: None, is_enclosed: false }
    }

    /// How much is done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        f64::from(self.done) / f64::from(self.sweeps)
    }

    /// One sweep on: turns the knob. Returns whether the end is reached.
    pub fn advance(&mut self, settings: &mut MagnetSettings) -> bool {
        self.done += 1;
        let t = self.progress();
        match self.kind {
            RampKind::Heat | RampKind::Cool => settings.temperature = self.from + (self.to - self.from) * t,
            RampKind::CycleField => settings.field = self.cycle(t),
        }
        self.done >= self.sweeps
    }

    /// Takes m after a sweep of a field cycle. At the end of its closed part, from +1.5 to −1.5 and back, it answers with
    /// what that part enclosed.
    pub fn enclose(&mut self, settings: &MagnetSettings, magnetization: f64) -> Option<LoopArea> {
        if self.kind != RampKind::CycleField || self.is_enclosed {
            return None;
        }
        let [first, last] = self.closed_part();
        let (t, h) = (self.progress(), settings.field);
        if t < first {
            return None;
        }
        let [before, m, sum] = self.closed.unwrap_or([CYCLE_FIELD, magnetization, 0.0]);
        let sum = sum + 0.5 * (m + magnetization) * (h - before);
        self.closed = Some([h, magnetization, sum]);
        if t < last {
            return None;
        }
        let rate = 4.0 * CYCLE_FIELD / ((last - first) * f64::from(self.sweeps));
        self.is_enclosed = true;
        Some(LoopArea { rate, temperature: settings.temperature, area: sum.abs() })
    }

    /// Shares of the time at which the closed part begins and ends.
    fn closed_part(&self) -> [f64; 2] {
        let (before, after) = ((CYCLE_FIELD - self.from).abs(), (CYCLE_FIELD - self.to).abs());
        let length = before + 4.0 * CYCLE_FIELD + after;
        [before / length, (before + 4.0 * CYCLE_FIELD) / length]
    }

    /// Four straight lines, in time as they are long.
    fn cycle(&self, t: f64) -> f64 {
        let corners = [self.from, CYCLE_FIELD, -CYCLE_FIELD, CYCLE_FIELD, self.to];
        let length: f64 = corners.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum();
        let mut left = t * length;
        for pair in corners.windows(2) {
            let line = (pair[1] - pair[0]).abs();
            if left <= line {
                return pair[0] + (pair[1] - pair[0]).signum() * left;
            }
            left -= line;
        }
        self.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_cycle_visits_both_ends_and_comes_back() {
        let mut settings = MagnetSettings { field: 0.3, drive_sweeps: 1000, ..MagnetSettings::default() };
        let mut ramp = Ramp::new(1, RampKind::CycleField, &settings);
        let mut fields = Vec::new();
        while !ramp.advance(&mut settings) {
            fields.push(settings.field);
        }
        assert!(fields.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.02));
        assert!(fields.iter().any(|&h| h > 1.49) && fields.iter().any(|&h| h < -1.49));
        assert!(settings.field.abs() < 1e-9);
    }

    #[test]
    fn a_cycle_encloses_what_a_magnet_with_a_known_loop_encloses() {
        let mut settings =
            MagnetSettings { field: 0.4, temperature: 1.2, drive_sweeps: 20_000, ..MagnetSettings::default() };
        let mut ramp = Ramp::new(1, RampKind::CycleField, &settings);
        // m = ±1, turning over half a unit behind the field: an area of 2 × 2 × 0.5.
        let (mut m, mut found) = (1.0, Vec::new());
        loop {
            let ended = ramp.advance(&mut settings);
            if settings.field > 0.5 {
                m = 1.0;
            } else if settings.field < -0.5 {
                m = -1.0;
            }
            found.extend(ramp.enclose(&settings, m));
            if ended {
                break;
            }
        }
        assert_eq!(found.len(), 1);
        assert!((found[0].area - 2.0).abs() < 0.01, "{found:?}");
        // The whole way is 1.1 + 6 + 1.5 J in 20 000 sweeps.
        assert!((found[0].rate - 8.6 / 20_000.0).abs() < 1e-9, "{found:?}");
        assert_eq!(found[0].temperature, 1.2);
    }

    #[test]
    fn slow_cooling_ends_at_one() {
        let mut settings = MagnetSettings { drive_sweeps: 10, ..MagnetSettings::default() };
        let mut ramp = Ramp::new(1, RampKind::Cool, &settings);
        while !ramp.advance(&mut settings) {}
        assert!((settings.temperature - 1.0).abs() < 1e-12);
    }
}
