//! The numbers that the cards of the page show.

use super::{
    film::Shown,
    settings::{Direction, NoiseSettings},
    work::Work,
};
use crate::labs::kit::{CardId, Table};

/// Names of the cards.
pub(super) const CARDS: [CardId; 4] = ["field", "history", "drawing", "moments"];

/// The numbers of a card; none while it shows none.
pub(super) fn table(work: &Work, settings: &NoiseSettings, direction: Direction, card: CardId) -> Option<Table> {
    let film = work.film.as_ref();
    let table = match card {
        "field" => {
            let film = film?;
            let points = Shown { film, moment: work.playhead.moment(film), direction }.points();
            Table::of_numbers(["x", "y", "colour"], points.map(|([x, y], kind)| [x, y, f32::from(kind)].map(f64::from)))
        }
        "history" => {
            let film = film?;
            let rows = film
                .twins
                .iter()
                .map(|twins| [twins.time, if film.has_classes { twins.class } else { f64::NAN }, twins.point]);
            Table::of_numbers(["time", "twins_agree_in_colour", "twins_agree_in_point"], rows)
        }
        "drawing" => {
            let dots = settings.drawing.iter();
            Table::of_numbers(
                ["x", "y", "colour"],
                dots.map(|dot| [dot.at[0], dot.at[1], f32::from(dot.kind)].map(f64::from)),
            )
        }
        _ => return None,
    };
    (!table.rows().is_empty()).then_some(table)
}
