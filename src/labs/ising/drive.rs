//! Slow heating, slow cooling, and the field cycle: the simulation turns the knob by itself.

use super::settings::{HOTTEST, IsingSettings};

/// What is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DriveKind {
    /// Temperature up to 4 (to 5 from above).
    Heat,
    /// Temperature down to 1 (to 0 from below).
    Cool,
    /// Field to +1.5, to −1.5, to +1.5 and back to 0.
    CycleField,
}

/// Ends of a field cycle in J.
pub const CYCLE_FIELD: f64 = 1.5;

/// A drive under way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drive {
    /// What is turned.
    pub kind: DriveKind,
    from: f64,
    to: f64,
    done: u32,
    sweeps: u32,
}

impl Drive {
    /// Begins where the settings stand.
    #[must_use]
    pub fn new(kind: DriveKind, settings: &IsingSettings) -> Self {
        let temperature = settings.temperature;
        let (from, to) = match kind {
            DriveKind::Heat => (temperature, if temperature < 3.9 { 4.0 } else { HOTTEST }),
            DriveKind::Cool => (temperature, if temperature > 1.1 { 1.0 } else { 0.0 }),
            DriveKind::CycleField => (settings.field, 0.0),
        };
        Self { kind, from, to, done: 0, sweeps: settings.drive_sweeps.max(1) }
    }

    /// How much is done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        f64::from(self.done) / f64::from(self.sweeps)
    }

    /// One sweep on: turns the knob. Returns whether the end is reached.
    pub fn advance(&mut self, settings: &mut IsingSettings) -> bool {
        self.done += 1;
        let t = self.progress();
        match self.kind {
            DriveKind::Heat | DriveKind::Cool => settings.temperature = self.from + (self.to - self.from) * t,
            DriveKind::CycleField => settings.field = self.cycle(t),
        }
        self.done >= self.sweeps
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
        let mut settings = IsingSettings { field: 0.3, drive_sweeps: 1000, ..IsingSettings::default() };
        let mut drive = Drive::new(DriveKind::CycleField, &settings);
        let mut fields = Vec::new();
        while !drive.advance(&mut settings) {
            fields.push(settings.field);
        }
        assert!(fields.windows(2).all(|pair| (pair[1] - pair[0]).abs() < 0.02));
        assert!(fields.iter().any(|&h| h > 1.49) && fields.iter().any(|&h| h < -1.49));
        assert!(settings.field.abs() < 1e-9);
    }

    #[test]
    fn slow_cooling_ends_at_one() {
        let mut settings = IsingSettings { drive_sweeps: 10, ..IsingSettings::default() };
        let mut drive = Drive::new(DriveKind::Cool, &settings);
        while !drive.advance(&mut settings) {}
        assert!((settings.temperature - 1.0).abs() < 1e-12);
    }
}
