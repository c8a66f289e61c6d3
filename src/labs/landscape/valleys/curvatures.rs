//! Roll a Hessian: how seldom a random surface curves upwards in all directions.

use egui::{Align2, Stroke, Ui, vec2};

use super::work::{DIMENSIONS, Work};
use crate::{
    labs::kit::{PageContext, deck},
    physics::landscape::curvatures::exact_chance,
    widgets::{
        Tokens,
        buttons::IconButton,
        card::captioned,
        icons::Icon,
        numbers,
        plot::{Axes, log_ticks, measured_point, painted_log, sentence},
        tip::Tip,
        tokens::{bold, regular, size},
    },
};

/// Draws the card's title and content. Returns whether matrices are to be rolled.
pub(super) fn curvatures_ui(work: &Work, ui: &mut Ui, cx: &PageContext<'_>, titled: bool) -> bool {
    let t = cx.texts;
    ui.spacing_mut().item_spacing.y = 4.0;
    let mut wanted = false;
    let mut button = |ui: &mut Ui| {
        let button = IconButton::new(t.get("valleys.roll")).icon(Icon::Dice).min_size(vec2(0.0, 28.0));
        let response = ui.add_enabled_ui(!work.is_rolling(), |ui| button.show(ui)).inner;
        wanted = response.tip(t.get("valleys.roll.tip")).clicked();
    };
    if titled {
        deck::title_ui(ui, cx, t.get("valleys.curvatures"), "", button);
    } else {
        button(ui);
    }
    let rolled = u64::from(work.rolled[0].tries);
    let caption = match rolled {
        0 => t.get("valleys.curvatures.caption.empty").to_owned(),
        _ => t.fill("valleys.curvatures.caption", &[("count", &numbers::whole(rolled))]),
    };
    captioned(ui, &caption, |ui| chances_ui(work, ui, cx));
    wanted
}

fn chances_ui(work: &Work, ui: &mut Ui, cx: &PageContext<'_>) {
    let (t, tokens) = (cx.texts, Tokens::of(ui));
    let (x, y) = ([0.5, DIMENSIONS as f64 + 0.5], [-5.0, 0.2]);
    let axes = Axes {
        x,
        y,
        x_ticks: (1..=DIMENSIONS).map(|rows| rows as f64).collect(),
        y_ticks: log_ticks(y[0], y[1], 6),
        x_label: Some(t.get("valleys.axis.directions")),
        y_label: t.get("valleys.axis.chance"),
    };
    let is_empty = work.rolled[0].tries == 0;
    painted_log(
        ui,
        "curvatures",
        &axes,
        [false, true],
        |_| {},
        |painter, at| {
            for rows in 1..=3 {
                let Some(chance) = exact_chance(rows) else { continue };
                let middle = at(rows as f64, chance.log10());
                painter.line_segment(
                    [middle - vec2(14.0, 0.0), middle + vec2(14.0, 0.0)],
                    Stroke::new(3.0, tokens.reference),
                );
            }
            // Over the line for one direction, where nothing else stands.
            let place = at(1.35, exact_chance(1).unwrap_or(0.5).log10());
            painter.text(
                place,
                Align2::LEFT_CENTER,
                t.get("valleys.curvatures.exact"),
                bold(size::CAPTION),
                tokens.reference,
            );
            for (place, share) in work.rolled.iter().enumerate().filter(|(_, share)| share.tries > 0) {
                let rows = place as f64 + 1.0;
                let (low, high) = share.interval();
                let log = |chance: f64| chance.max(1e-9).log10().max(y[0]);
                let color = tokens.series[0];
                if share.hits == 0 {
                    // Never yet: all that is known is how seldom at most.
                    let [head, foot] = [at(rows, log(high)), at(rows, y[0])];
                    painter.line_segment([head, foot], Stroke::new(1.5, color));
                    painter.text(
                        head,
                        Align2::CENTER_BOTTOM,
                        t.get("valleys.curvatures.never"),
                        regular(size::TICK),
                        tokens.t2,
                    );
                } else {
                    measured_point(painter, at, [rows, log(share.value())], [log(low), log(high)], 4.0, color);
                }
            }
            if is_empty {
                let frame = egui::Rect::from_two_pos(at(x[0], -2.6), at(x[1], y[0]));
                sentence(painter, frame, t.get("valleys.curvatures.empty"), tokens.t2);
            }
        },
    );
}
