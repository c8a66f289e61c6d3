//! What learning comes to: exact optima, likelihoods by two ways, digits that are dreamed, and real handwriting.

use std::{env, fs::File, path::PathBuf};

use rayon::prelude::*;
use spinscape::{
    data::{digits, idx, samples::bars_and_stripes},
    physics::rbm::{
        Binarise, Machine, Method, Samples, Schedule, Shape, TrainerSettings, VisibleKind,
        ais::Annealing,
        chains::Chains,
        exact,
        network::Clamp,
        training::{Stepped, Training},
    },
};

fn written(count: usize, seed: u64) -> Samples {
    let (grey, labels) = digits::labelled(count, seed);
    Samples::new(28, 28, grey, Some(labels)).expect("whole")
}

fn learn(samples: &Samples, hidden: usize, labels: bool, settings: TrainerSettings) -> Training {
    let classes = if labels { samples.classes() } else { 0 };
    let shape = Shape { visible: samples.pixels(), classes, hidden, kind: VisibleKind::Binary };
    let (train, validation) = samples.split(0.1, 5);
    let machine = Machine::new(shape, &train.means(), settings.seed).expect("in range");
    let mut training = Training::new(machine, settings, train, validation).expect("fits");
    while training.epoch() < u64::from(settings.epochs) {
        assert!(!matches!(training.step(), Stepped::RanAway(_)));
    }
    training
}

/// Σ ln p over black-and-white pictures, exactly.
fn total(machine: &Machine, samples: &Samples) -> f64 {
    let log_z = exact::log_partition(machine, &|_| true).expect("small").expect("not stopped");
    let picture =
        |index: usize| -> Vec<f32> { samples.grey(index).iter().map(|&grey| f32::from(grey) / 255.0).collect() };
    (0..samples.len()).map(|index| exact::log_likelihood(machine, &picture(index), log_z)).sum()
}

/// The best that any distribution can do: twelve patterns once and two twice among sixteen.
fn optimum() -> f64 {
    12.0 * (1.0_f64 / 16.0).ln() + 4.0 * (2.0_f64 / 16.0).ln()
}

fn learn_bars(method: Method, rate: f64, schedule: Schedule, epochs: u32, seed: u64) -> Training {
    let samples = bars_and_stripes(3);
    let settings = TrainerSettings { method, batch: 16, rate, schedule, epochs, seed, ..TrainerSettings::default() };
    let shape = Shape { visible: 9, classes: 0, hidden: 12, kind: VisibleKind::Binary };
    let machine = Machine::new(shape, &samples.means(), seed).expect("in range");
    let mut training = Training::new(machine, settings, samples, None).expect("fits");
    while training.epoch() < u64::from(epochs) {
        training.step();
    }
    training
}

#[test]
fn bars_and_stripes_are_learned_to_within_one_nat_of_the_optimum_on_five_seeds_of_five() {
    let samples = bars_and_stripes(3);
    assert_eq!(samples.len(), 16);
    let reached: Vec<f64> = (1..=5_u64)
        .into_par_iter()
        .map(|seed| {
            total(
                &learn_bars(Method::Cd(25), 0.2, Schedule::Linear, 30_000, seed).trainer().network().machine(),
                &samples,
            )
        })
        .collect();
    println!("optimum {:.3}, reached {reached:.3?}", optimum());
    assert!((optimum() + 41.588_831).abs() < 1e-6);
    assert!(reached.iter().all(|&total| total > optimum() - 1.0 && total <= optimum()), "{reached:?}");
}

#[test]
fn the_preset_that_is_wrong_on_purpose_redraws_better_while_its_likelihood_falls() {
    let samples = bars_and_stripes(3);
    let early = learn_bars(Method::Cd(1), 0.5, Schedule::Constant, 1000, 7);
    let late = learn_bars(Method::Cd(1), 0.5, Schedule::Constant, 20_000, 7);
    let error = |training: &Training| {
        // A mean over the last epochs: a single one is noisy.
        let curve = training.curve();
        let last = &curve[curve.len() - curve.len().min(50)..];
        last.iter().map(|point| point.reconstruction_error).sum::<f64>() / last.len() as f64
    };
    let likelihood = |training: &Training| total(&training.trainer().network().machine(), &samples);
    println!("redraw error {} to {}", error(&early), error(&late));
    println!("log-likelihood {} to {}", likelihood(&early), likelihood(&late));
    assert!(error(&late) < error(&early));
    assert!(likelihood(&late) < likelihood(&early) - 1.0);
}

#[test]
fn annealing_agrees_with_the_exact_sum_on_a_trained_machine() {
    let samples = written(2000, 3);
    let settings = TrainerSettings { method: Method::Pcd(1), epochs: 30, rate: 0.05, ..TrainerSettings::default() };
    let training = learn(&samples, 20, false, settings);
    let machine = training.trainer().network().machine();
    let exact = exact::log_partition(&machine, &|_| true).expect("small").expect("not stopped");
    let annealing = Annealing { runs: 100, steps: 10_000, seed: 2 };
    let found = annealing.run(&machine, &samples, Binarise::Sample, &|_| true).expect("fits").expect("not stopped");
    println!("exact {exact:.3}, annealed {:.3} ± {:.3}, back {:.3}", found.log_z, found.error, found.reverse);
    assert!(found.error <= 0.5 && found.error > 0.0);
    let off = (found.log_z - exact).abs();
    assert!(off < 0.5 && off < 3.0 * found.error, "{found:?} against {exact}");
    assert!((found.reverse - exact).abs() < 0.5, "chains that go back agree: {found:?}");
}

/// Squared distance to the nearest of some pictures.
fn nearest(picture: &[f32], samples: &Samples) -> (f32, u8) {
    let of = |index: usize| {
        let distance: f32 =
            samples.grey(index).iter().zip(picture).map(|(&grey, p)| (f32::from(grey) / 255.0 - p).powi(2)).sum();
        (distance, samples.label(index).unwrap_or(0))
    };
    (0..samples.len()).map(of).min_by(|a, b| a.0.total_cmp(&b.0)).expect("pictures")
}

#[test]
fn learning_digits_lowers_the_free_energy_of_others_and_dreams_of_the_label_asked_for() {
    let samples = written(3000, 11);
    let settings = TrainerSettings { method: Method::Pcd(1), epochs: 100, rate: 0.05, ..TrainerSettings::default() };
    let training = learn(&samples, 150, true, settings);
    let curve = training.curve();
    let validation = |place: usize| curve[place].free_energy_validation.expect("held back");
    assert!(validation(curve.len() - 1) < validation(0) - 50.0, "{} to {}", validation(0), validation(curve.len() - 1));
    assert!(curve[curve.len() - 1].pseudo_log_likelihood > curve[0].pseudo_log_likelihood + 20.0);
    let network = training.trainer().network();
    let shape = network.shape();
    let (mut right, mut distance, mut noise) = (0, 0.0, 0.0);
    for label in 0..10_u8 {
        let clamp = Clamp::label(shape, usize::from(label)).expect("ten labels");
        let mut chains = Chains::from_noise(network, 10, 100 + u64::from(label));
        noise +=
            (0..10).map(|row| nearest(&chains.pictures(network, 1.0, None).row(row)[..784], &samples).0).sum::<f32>();
        chains.run(network, 1.0, 500, Some(&clamp));
        let pictures = chains.pictures(network, 1.0, Some(&clamp));
        for row in 0..10 {
            let (off, found) = nearest(&pictures.row(row)[..784], &samples);
            distance += off;
            right += usize::from(found == label);
        }
    }
    println!("{right} of 100 dreams are the label asked for; distance {distance:.0} against {noise:.0} of noise");
    assert!(right > 50, "most of the time: {right} of 100");
    assert!(distance < 0.5 * noise, "dreams are nearer to digits than noise is");
}

#[test]
fn a_machine_that_learned_labels_reads_digits_that_it_has_not_seen() {
    let samples = written(3000, 12);
    let settings = TrainerSettings { method: Method::Pcd(1), epochs: 30, rate: 0.05, ..TrainerSettings::default() };
    let training = learn(&samples, 150, true, settings);
    let network = training.trainer().network();
    let fresh = written(300, 99);
    let chains = Chains::from_samples(network, &fresh, &(0..300).collect::<Vec<_>>(), Binarise::Threshold, 1);
    let right = (0..300)
        .filter(|&row| {
            let classes = spinscape::physics::rbm::measures::class_probabilities(network, &chains.visible().bits, row);
            let best = (0..10).max_by(|&a, &b| classes[a].total_cmp(&classes[b]));
            best == fresh.label(row).map(usize::from)
        })
        .count();
    println!("{right} of 300 read right");
    assert!(right > 210, "{right} of 300");
}

/// Real handwriting, where there is some; says so where not.
fn real() -> Option<(Samples, PathBuf)> {
    let Some(folder) = env::var_os("SPINSCAPE_MNIST").map(PathBuf::from) else {
        println!("skipped: SPINSCAPE_MNIST names no folder with IDX files of handwriting");
        return None;
    };
    let open = |stem: &str| {
        let names = [format!("{stem}.gz"), stem.to_owned()];
        let path = names.iter().map(|name| folder.join(name)).find(|path| path.exists()).expect("the files are there");
        (File::open(&path).expect("readable"), path)
    };
    let (file, path) = open("train-images-idx3-ubyte");
    let images = idx::read_images(file, "images", &|_| true).expect("good").expect("not stopped");
    let (file, _) = open("train-labels-idx1-ubyte");
    let labels = idx::read_labels(file, "labels", &|_| true).expect("good").expect("not stopped");
    Some((Samples::new(images.width, images.height, images.grey, Some(labels)).expect("fits"), path))
}

#[test]
fn real_handwriting_is_read_and_most_of_it_recognised_by_the_digits_of_the_program() {
    let Some((real, _)) = real() else { return };
    assert_eq!((real.len(), real.width(), real.height(), real.classes()), (60_000, 28, 28, 10));
    // Published of these files: the first labels, and the mean grey value.
    assert_eq!(&real.labels().expect("labels")[..5], &[5, 0, 4, 1, 9]);
    let mean = real.means().iter().map(|&mean| f64::from(mean)).sum::<f64>() / 784.0;
    assert!((mean - 0.1307).abs() < 1e-4, "{mean}");
    let (grey, labels) = digits::labelled(10_000, 7);
    let norms: Vec<i32> =
        grey.chunks_exact(784).map(|picture| picture.iter().map(|&g| i32::from(g).pow(2)).sum()).collect();
    let tested: Vec<usize> = (50_000..60_000).step_by(7).collect();
    let recognised = |&index: &usize| {
        let picture = real.grey(index);
        let product =
            |other: &[u8]| -> i32 { other.iter().zip(picture).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum() };
        let distances = grey.chunks_exact(784).zip(&norms).map(|(other, norm)| norm - 2 * product(other));
        let best = distances.enumerate().min_by_key(|&(_, distance)| distance).map(|(place, _)| labels[place]);
        best == real.label(index)
    };
    let right = tested.par_iter().filter(|index| recognised(index)).count();
    let share = right as f64 / tested.len() as f64;
    println!("nearest of 10,000 made digits: {:.1} % of {} real ones recognised", 100.0 * share, tested.len());
    assert!(share >= 0.8, "{share}");
}

#[test]
fn real_handwriting_is_learned() {
    let Some((real, _)) = real() else { return };
    let first: Vec<u32> = (0..5000).collect();
    let settings = TrainerSettings { method: Method::Pcd(1), epochs: 10, rate: 0.05, ..TrainerSettings::default() };
    let training = learn(&real.select(&first), 100, false, settings);
    let curve = training.curve();
    let (before, after) = (curve[0].pseudo_log_likelihood, curve[curve.len() - 1].pseudo_log_likelihood);
    println!("pseudo-log-likelihood {before:.0} to {after:.0}");
    assert!(after > before + 50.0, "{before} to {after}");
}
