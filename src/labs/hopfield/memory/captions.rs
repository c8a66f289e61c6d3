//! What the page says in words, and its numbers by name.

use super::{
    learning::Refusal,
    settings::{HopfieldSettings, Memory, Neurons, Order, Source},
    shown::Shown,
    trained::Trained,
};
use crate::{
    data::drawings::DrawnSet,
    labs::kit::{Format, Observable, StatusItem},
    physics::hopfield::{Rule, Verdict, recall::Attempt, rules::LearningNotice},
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

/// The name of a memory in the language of the person.
pub fn name(memory: &Memory, t: Texts) -> String {
    let own = own_name(memory);
    match memory.source {
        Source::Drawn(set, _) if memory.name.is_empty() && DrawnSet::ALL[usize::from(set)] == DrawnSet::Pictures => {
            t.get(picture_key(own)).to_owned()
        }
        _ => own.to_owned(),
    }
}

/// The name that was given to a memory, or the one that a built-in picture comes with, in English.
pub fn own_name(memory: &Memory) -> &str {
    match memory.source {
        Source::Drawn(set, index) if memory.name.is_empty() => {
            DrawnSet::ALL[usize::from(set)].names()[usize::from(index)]
        }
        _ => &memory.name,
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
fn name_of(settings: &HopfieldSettings, index: usize, t: Texts) -> String {
    let active = settings.active();
    active.get(index).map_or_else(String::new, |&index| name(&settings.memories[index], t))
}

/// The verdict on what the pad shows, in words.
pub fn verdict(shown: &Shown<'_>, t: Texts) -> (String, Mood) {
    if shown.scrub.is_some() {
        return (t.get("hopfield.verdict.film").to_owned(), Mood::Neutral);
    }
    let frame = shown.frame;
    let Some(verdict) = frame.verdict.as_ref().filter(|_| shown.is_current() || shown.is_running) else {
        // A picture just drawn, that the network has not seen yet.
        let has_none = shown.settings.active().is_empty();
        let key = if has_none { "hopfield.verdict.none" } else { "hopfield.verdict.ready" };
        return (t.get(key).to_owned(), Mood::Neutral);
    };
    of_verdict(shown.settings, verdict, frame.updates, t)
}

/// A verdict in words, after so many updates.
pub fn of_verdict(settings: &HopfieldSettings, verdict: &Verdict, updates: u64, t: Texts) -> (String, Mood) {
    let named = |key: &'static str, index: usize| t.fill(key, &[("name", &name_of(settings, index, t))]);
    match verdict {
        Verdict::NoMemories => (t.get("hopfield.verdict.none").to_owned(), Mood::Neutral),
        Verdict::Moving if updates == 0 => (t.get("hopfield.verdict.ready").to_owned(), Mood::Neutral),
        Verdict::Moving => (t.get("hopfield.verdict.moving").to_owned(), Mood::Neutral),
        Verdict::Recalled(index) => (named("hopfield.verdict.recalled", *index), Mood::Good),
        Verdict::Inverted(index) => (named("hopfield.verdict.inverted", *index), Mood::Caution),
        Verdict::Mixture { of, .. } => {
            let sign = |inverted: bool| if inverted { "\u{2212}" } else { "" };
            let names: Vec<String> = of
                .iter()
                .map(|&(index, inverted)| format!("{}{}", sign(inverted), name_of(settings, index, t)))
                .collect();
            (t.fill("hopfield.verdict.mixture", &[("names", &names.join(" + "))]), Mood::Caution)
        }
        Verdict::Spurious => (t.get("hopfield.verdict.spurious").to_owned(), Mood::Caution),
        Verdict::TwoCycle => (t.get("hopfield.verdict.two_cycle").to_owned(), Mood::Caution),
        Verdict::Cycle(length) => (t.fill("hopfield.verdict.cycle", &[("length", &length.to_string())]), Mood::Caution),
    }
}

/// Why a neuron did what it did.
pub fn attempt(attempt: &Attempt, t: Texts) -> String {
    let key = match (attempt.before, attempt.after) {
        (-1, 1) => "hopfield.asked.on",
        (1, -1) => "hopfield.asked.off",
        (1, _) => "hopfield.asked.stays_on",
        _ => "hopfield.asked.stays_off",
    };
    t.fill(key, &[("field", &numbers::fixed(attempt.field, 2))])
}

/// The load at which the network that stands begins to forget, where one is known: attention over the memories themselves has
/// none, whatever rule is chosen beside it.
pub fn critical_load(settings: &HopfieldSettings) -> Option<f64> {
    settings.rule.critical_load().filter(|_| settings.neurons != Neurons::Modern)
}

/// Whether the gauge warns, and its words.
pub fn gauge(settings: &HopfieldSettings, trained: Option<&Trained>, t: Texts) -> (bool, String) {
    let rule = settings.rule;
    let neurons = settings.neuron_count() as f64;
    // Attention looks at the memories themselves, whatever the rule made of them.
    let is_ruled = settings.neurons != Neurons::Modern;
    match trained.and_then(|trained| trained.notice).filter(|_| is_ruled) {
        Some(LearningNotice::Dependent { independent: count }) => {
            return (true, t.plural("hopfield.gauge.dependent", count, &[("count", &count.to_string())]));
        }
        Some(LearningNotice::Unfinished { neurons: count }) => {
            return (true, t.plural("hopfield.gauge.unfinished", count, &[("count", &count.to_string())]));
        }
        Some(LearningNotice::Repeated { memories: count }) => {
            return (true, t.plural("hopfield.gauge.repeated", count, &[("count", &count.to_string())]));
        }
        None => {}
    }
    let count = settings.memories.iter().filter(|memory| memory.on).count() as f64;
    let critical = critical_load(settings);
    if let Some(critical) = critical
        && count > critical * neurons
    {
        return (true, t.get("hopfield.gauge.over").to_owned());
    }
    let blends = is_ruled && matches!(rule, Rule::Hebb | Rule::Covariance);
    if let Some((a, b, overlap)) = trained.and_then(|trained| trained.closest).filter(|_| blends)
        && overlap.abs() > LOOK_ALIKE
    {
        let (a, b) = (name_of(settings, a, t), name_of(settings, b, t));
        let values = [("first", a.as_str()), ("second", b.as_str()), ("overlap", &numbers::fixed(overlap, 2))];
        return (true, t.fill("hopfield.gauge.alike", &values));
    }
    match critical {
        Some(critical) => {
            let most = format!("{}", (critical * neurons).floor());
            (false, t.fill("hopfield.gauge.holds", &[("count", &most)]))
        }
        None if is_ruled && rule == Rule::Storkey => (false, t.get("hopfield.gauge.storkey").to_owned()),
        None => (false, t.get("hopfield.gauge.dense").to_owned()),
    }
}

/// What to see in the bars.
pub fn overlaps_caption(shown: &Shown<'_>, t: Texts) -> String {
    let key = match shown.frame.verdict {
        _ if shown.settings.neurons == Neurons::Modern => "hopfield.likeness.attention",
        Some(Verdict::Recalled(_)) => "hopfield.likeness.one_wins",
        Some(Verdict::Inverted(_)) => "hopfield.likeness.inverse",
        Some(Verdict::Mixture { .. }) => "hopfield.likeness.several",
        Some(Verdict::Spurious) => "hopfield.likeness.spurious",
        _ => "hopfield.likeness.watch",
    };
    t.get(key).to_owned()
}

/// What the film's time is counted in.
pub fn time_axis(neurons: Neurons) -> &'static str {
    match neurons {
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
        Refusal::Failed(problem) => problem.text(t),
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

/// The numbers of what the pad shows, by name. `overlap:1` is the overlap with the first memory that is on.
pub fn observables(shown: &Shown<'_>) -> Vec<Observable> {
    let (settings, frame) = (shown.settings, shown.frame);
    let unit = match settings.neurons {
        Neurons::OnOff => "hopfield.status.updates",
        Neurons::Graded => "hopfield.status.time",
        Neurons::Modern => "hopfield.status.steps",
    };
    let neurons = settings.neuron_count() as f64;
    let whole = |id: &str, value: f64| Observable::new(id, value, Format::Whole);
    // What has no meaning now is still known by its name.
    let perhaps = |id: &str, value: Option<f64>, decimals| Observable {
        value,
        ..Observable::new(id, f64::NAN, Format::Decimals(decimals))
    };
    let overlaps = shown.overlaps();
    let best = best(&overlaps).map(|best| overlaps[best]);
    let has_noise = settings.order.has_noise() && settings.neurons == Neurons::OnOff;
    let temperature = has_noise.then_some(frame.temperature);
    let energy = frame.energy.map(|energy| energy / neurons);
    let mut found = vec![
        whole("updates", frame.updates as f64).said(unit, "hopfield.status.updates.tip"),
        whole("neurons", neurons).said("hopfield.status.neurons", "hopfield.status.neurons.tip"),
        whole("memories", frame.memories as f64).said("hopfield.status.memories", "hopfield.status.memories.tip"),
        perhaps("energy", energy, 3).said("hopfield.status.energy", "hopfield.status.energy.tip"),
        perhaps("best_overlap", best, 2).said("hopfield.status.best", "hopfield.status.best.tip"),
        perhaps("temperature", temperature, 2).said("hopfield.status.temperature", "hopfield.status.temperature.tip"),
    ];
    let each = overlaps.iter().enumerate();
    found.extend(
        each.map(|(place, &overlap)| Observable::new(format!("overlap:{}", place + 1), overlap, Format::Decimals(2))),
    );
    found
}

/// The status bar: observables that have words and a value. The best match is named.
pub fn status(shown: &Shown<'_>, t: Texts) -> Vec<StatusItem> {
    let observables = observables(shown);
    let said = observables.iter().filter(|observable| !observable.words.is_empty() && observable.value.is_some());
    let item = |observable: &Observable| {
        let mut item = observable.status(t);
        if observable.id == "best_overlap"
            && let Some(best) = best(&shown.overlaps())
        {
            item.value = format!("{} {}", name_of(shown.settings, best, t), item.value);
        }
        item
    };
    said.map(item).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Language;

    #[test]
    fn the_gauge_speaks_of_the_network_that_stands() {
        let t = Texts::new(Language::English);
        let said = |settings: &HopfieldSettings| gauge(settings, None, t).1;
        let settings = |rule: Rule, neurons: Neurons| HopfieldSettings { rule, neurons, ..HopfieldSettings::default() };
        // 0.138 of 400 neurons, and all of them.
        assert!(said(&settings(Rule::Hebb, Neurons::OnOff)).contains("up to 55 fit"));
        assert!(said(&settings(Rule::PseudoInverse, Neurons::OnOff)).contains("up to 400 fit"));
        for other in [
            settings(Rule::Polynomial(4), Neurons::OnOff),
            settings(Rule::Exponential, Neurons::OnOff),
            // Attention over the memories themselves, whatever rule stands beside it.
            settings(Rule::Hebb, Neurons::Modern),
            settings(Rule::Storkey, Neurons::Modern),
        ] {
            assert_eq!(critical_load(&other), None);
            assert_eq!(said(&other), t.get("hopfield.gauge.dense"), "{:?}, {:?}", other.rule, other.neurons);
        }
        assert_eq!(said(&settings(Rule::Storkey, Neurons::OnOff)), t.get("hopfield.gauge.storkey"));
    }

    #[test]
    fn what_a_rule_has_to_say_of_its_memories_is_said_where_the_rule_counts() {
        let t = Texts::new(Language::English);
        let mut settings = HopfieldSettings { rule: Rule::Storkey, ..HopfieldSettings::default() };
        let again = settings.memories[0].clone();
        settings.memories.push(again);
        let patterns = settings.patterns().expect("they fit");
        let learned = settings.rule.learn(&patterns, &|_| true).expect("learns").expect("not stopped");
        let trained = Trained::new(learned.network, patterns, learned.notice);
        assert!(gauge(&settings, Some(&trained), t).1.contains("1 picture equals another"));
        settings.neurons = Neurons::Modern;
        assert_eq!(gauge(&settings, Some(&trained), t).1, t.get("hopfield.gauge.dense"));
    }
}
