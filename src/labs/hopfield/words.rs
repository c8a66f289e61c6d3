//! What the lab says in words.

use super::{
    HopfieldLab,
    learning::Refusal,
    settings::{Memory, Neurons, Order, Source},
};
use crate::{
    data::drawings::DrawnSet,
    labs::{Lab, StatusItem},
    physics::hopfield::{Rule, Verdict, recall::Asked, rules::LearningNotice},
    text::Texts,
    widgets::numbers,
};

/// How a verdict is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// As it should be.
    Good,
    /// Not what was stored.
    Caution,
    /// Neither.
    Neutral,
}

/// From this overlap on look-alikes are warned of, with rules that blend them.
const LOOK_ALIKE: f64 = 0.3;

/// The name of a memory.
pub fn name(memory: &Memory, t: Texts) -> String {
    match memory.source {
        Source::Drawn(set, index) if memory.name.is_empty() => {
            let set = DrawnSet::ALL[usize::from(set)];
            let own = set.names()[usize::from(index)];
            if set == DrawnSet::Pictures { t.get(picture_key(own)).to_owned() } else { own.to_owned() }
        }
        _ => memory.name.clone(),
    }
}

fn picture_key(name: &str) -> &'static str {
    match name {
        "face" => "hopfield.picture.face",
        "heart" => "hopfield.picture.heart",
        "star" => "hopfield.picture.star",
        "arrow" => "hopfield.picture.arrow",
        "house" => "hopfield.picture.house",
        "tree" => "hopfield.picture.tree",
        "fish" => "hopfield.picture.fish",
        "cat" => "hopfield.picture.cat",
        "moon" => "hopfield.picture.moon",
        "sun" => "hopfield.picture.sun",
        "key" => "hopfield.picture.key",
        "note" => "hopfield.picture.note",
        "boat" => "hopfield.picture.boat",
        _ => "hopfield.picture.flower",
    }
}

/// The name of the memory that the network knows by this index.
fn name_of(lab: &HopfieldLab, index: usize, t: Texts) -> String {
    let active = lab.settings.active();
    active.get(index).map_or_else(String::new, |&index| name(&lab.settings.memories[index], t))
}

/// The verdict in words.
pub fn verdict(lab: &HopfieldLab, t: Texts) -> (String, Mood) {
    if lab.scrub.is_some() {
        return (t.get("hopfield.verdict.film").to_owned(), Mood::Neutral);
    }
    let frame = lab.frame();
    let Some(verdict) = frame.verdict.as_ref().filter(|_| lab.is_current() || lab.is_running()) else {
        // A picture just drawn, that the network has not seen yet.
        let key = if lab.settings.active().is_empty() { "hopfield.verdict.none" } else { "hopfield.verdict.ready" };
        return (t.get(key).to_owned(), Mood::Neutral);
    };
    of_verdict(lab, verdict, frame.updates, t)
}

/// A verdict in words, after so many updates.
pub fn of_verdict(lab: &HopfieldLab, verdict: &Verdict, updates: u64, t: Texts) -> (String, Mood) {
    let named = |key: &'static str, index: usize| t.fill(key, &[("name", &name_of(lab, index, t))]);
    match verdict {
        Verdict::NoMemories => (t.get("hopfield.verdict.none").to_owned(), Mood::Neutral),
        Verdict::Moving if updates == 0 => (t.get("hopfield.verdict.ready").to_owned(), Mood::Neutral),
        Verdict::Moving => (t.get("hopfield.verdict.moving").to_owned(), Mood::Neutral),
        Verdict::Recalled(index) => (named("hopfield.verdict.recalled", *index), Mood::Good),
        Verdict::Inverted(index) => (named("hopfield.verdict.inverted", *index), Mood::Caution),
        Verdict::Mixture { of, .. } => {
            let sign = |inverted: bool| if inverted { "\u{2212}" } else { "" };
            let names: Vec<String> =
                of.iter().map(|&(index, inverted)| format!("{}{}", sign(inverted), name_of(lab, index, t))).collect();
            (t.fill("hopfield.verdict.mixture", &[("names", &names.join(" + "))]), Mood::Caution)
        }
        Verdict::Spurious => (t.get("hopfield.verdict.spurious").to_owned(), Mood::Caution),
        Verdict::TwoCycle => (t.get("hopfield.verdict.two_cycle").to_owned(), Mood::Caution),
        Verdict::Cycle(length) => (t.fill("hopfield.verdict.cycle", &[("length", &length.to_string())]), Mood::Caution),
    }
}

/// Why a neuron did what it did.
pub fn asked(asked: &Asked, t: Texts) -> String {
    let key = match (asked.before, asked.after) {
        (-1, 1) => "hopfield.asked.on",
        (1, -1) => "hopfield.asked.off",
        (1, _) => "hopfield.asked.stays_on",
        _ => "hopfield.asked.stays_off",
    };
    t.fill(key, &[("field", &numbers::fixed(asked.field, 2))])
}

/// Whether the gauge warns, and its words.
pub fn gauge(lab: &HopfieldLab, t: Texts) -> (bool, String) {
    let rule = lab.settings.rule;
    let neurons = lab.settings.neuron_count() as f64;
    let trained = lab.learning.trained();
    if let Some(LearningNotice::Dependent { independent }) = trained.and_then(|trained| trained.notice) {
        return (true, t.fill("hopfield.gauge.dependent", &[("count", &independent.to_string())]));
    }
    if let Some(LearningNotice::Unfinished { neurons }) = trained.and_then(|trained| trained.notice) {
        return (true, t.fill("hopfield.gauge.unfinished", &[("count", &neurons.to_string())]));
    }
    let count = lab.settings.memories.iter().filter(|memory| memory.on).count() as f64;
    let critical = rule.critical_load();
    if let Some(critical) = critical
        && count > critical * neurons
    {
        return (true, t.get("hopfield.gauge.over").to_owned());
    }
    let blends = matches!(rule, Rule::Hebb | Rule::Covariance);
    if let Some((a, b, overlap)) = trained.and_then(|trained| trained.closest).filter(|_| blends)
        && overlap.abs() > LOOK_ALIKE
    {
        let (a, b) = (name_of(lab, a, t), name_of(lab, b, t));
        let values = [("first", a.as_str()), ("second", b.as_str()), ("overlap", &numbers::fixed(overlap, 2))];
        return (true, t.fill("hopfield.gauge.alike", &values));
    }
    match critical {
        Some(critical) => {
            let most = format!("{}", (critical * neurons).floor());
            (false, t.fill("hopfield.gauge.holds", &[("count", &most)]))
        }
        None if rule == Rule::Storkey => (false, t.get("hopfield.gauge.storkey").to_owned()),
        None => (false, t.get("hopfield.gauge.dense").to_owned()),
    }
}

/// What to see in the bars.
pub fn likeness_caption(lab: &HopfieldLab, t: Texts) -> String {
    let key = match lab.frame().verdict {
        _ if lab.settings.neurons == Neurons::Modern => "hopfield.likeness.attention",
        Some(Verdict::Recalled(_)) => "hopfield.likeness.one_wins",
        Some(Verdict::Mixture { .. }) => "hopfield.likeness.several",
        _ => "hopfield.likeness.watch",
    };
    t.get(key).to_owned()
}

/// What the film's time is counted in.
pub fn time_axis(lab: &HopfieldLab) -> &'static str {
    match lab.settings.neurons {
        Neurons::OnOff => "hopfield.axis.updates",
        Neurons::Graded => "hopfield.axis.time",
        Neurons::Modern => "hopfield.axis.steps",
    }
}

/// Why nothing was learned.
pub fn refusal(refusal: &Refusal, t: Texts) -> String {
    match refusal {
        Refusal::Error(error) => t.fill("hopfield.learn.refused", &[("why", &error.to_string())]),
        Refusal::Cancelled => t.get("hopfield.learn.cancelled").to_owned(),
        Refusal::Failed(why) => t.fill("hopfield.learn.refused", &[("why", why)]),
    }
}

/// The name of a rule.
pub fn rule(rule: Rule, t: Texts) -> &'static str {
    t.get(match rule {
        Rule::Hebb => "hopfield.rule.hebb",
        Rule::Covariance => "hopfield.rule.covariance",
        Rule::Storkey => "hopfield.rule.storkey",
        Rule::PseudoInverse => "hopfield.rule.projection",
        Rule::Perceptron => "hopfield.rule.perceptron",
        Rule::Polynomial(_) => "hopfield.rule.polynomial",
        Rule::Exponential => "hopfield.rule.exponential",
    })
}

/// The memory that a state is most like: the greatest overlap, or the most opposite one where that is much stronger.
pub fn best(overlaps: &[f64]) -> Option<usize> {
    let greatest = (0..overlaps.len()).max_by(|&a, &b| overlaps[a].total_cmp(&overlaps[b]))?;
    let lowest = (0..overlaps.len()).min_by(|&a, &b| overlaps[a].total_cmp(&overlaps[b]))?;
    let is_opposite = overlaps[lowest] < -0.5 && -overlaps[lowest] > overlaps[greatest];
    Some(if is_opposite { lowest } else { greatest })
}

/// The status bar.
pub fn status(lab: &HopfieldLab, t: Texts) -> Vec<StatusItem> {
    let frame = lab.frame();
    let item = |before: &'static str, value: String, tip: &'static str| StatusItem {
        before: t.get(before).to_owned(),
        value,
        after: String::new(),
        tip: t.get(tip).to_owned(),
    };
    let unit = match lab.settings.neurons {
        Neurons::OnOff => "hopfield.status.updates",
        Neurons::Graded => "hopfield.status.time",
        Neurons::Modern => "hopfield.status.steps",
    };
    let mut items = vec![
        item(unit, numbers::whole(frame.updates), "hopfield.status.updates.tip"),
        item(
            "hopfield.status.neurons",
            numbers::whole(lab.settings.neuron_count() as u64),
            "hopfield.status.neurons.tip",
        ),
        item("hopfield.status.memories", frame.memories.to_string(), "hopfield.status.memories.tip"),
    ];
    if let Some(energy) = frame.energy {
        let energy = energy / lab.settings.neuron_count() as f64;
        items.push(item("hopfield.status.energy", numbers::fixed(energy, 3), "hopfield.status.energy.tip"));
    }
    let overlaps = lab.shown_overlaps();
    if let Some(best) = best(&overlaps) {
        let value = format!("{} {}", name_of(lab, best, t), numbers::fixed(overlaps[best], 2));
        items.push(item("hopfield.status.best", value, "hopfield.status.best.tip"));
    }
    if lab.settings.order.has_noise() && lab.settings.neurons == Neurons::OnOff {
        items.push(item(
            "hopfield.status.temperature",
            numbers::fixed(frame.temperature, 2),
            "hopfield.status.temperature.tip",
        ));
    }
    items
}

/// What an order does, in one line.
pub fn order_note(order: Order) -> &'static str {
    match order {
        Order::Random => "hopfield.order.random.note",
        Order::RowByRow => "hopfield.order.rows.note",
        Order::AllAtOnce => "hopfield.order.all.note",
        Order::Noisy => "hopfield.order.noisy.note",
        Order::Annealed => "hopfield.order.annealed.note",
    }
}
