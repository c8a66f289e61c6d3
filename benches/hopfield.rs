//! The speed that the README quotes: learning and recall at N = 784 and 4096.

use std::{hint::black_box, sync::Arc, time::Duration};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use rand::{SeedableRng, rngs::Xoshiro256PlusPlus};
use spinscape::physics::hopfield::{Dynamics, Patterns, Recall, Rule, patterns::with_noise};

/// N and P.
const SIZES: [(usize, usize); 2] = [(784, 50), (4096, 100)];

fn memories(neurons: usize, count: usize) -> Patterns {
    Patterns::random(neurons, count, &mut Xoshiro256PlusPlus::seed_from_u64(1)).expect("in range")
}

fn learning(criterion: &mut Criterion) {
    for (neurons, count) in SIZES {
        let patterns = memories(neurons, count);
        let mut group = criterion.benchmark_group(format!("learning, N = {neurons}, P = {count}"));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        for rule in Rule::ALL {
            group.bench_function(BenchmarkId::from_parameter(format!("{rule:?}")), |bencher| {
                bencher.iter(|| rule.network(black_box(&patterns)).expect("learns"));
            });
        }
    }
}

fn recall(criterion: &mut Criterion) {
    for ((neurons, count), noise) in SIZES.into_iter().zip([0.2, 0.3]) {
        let patterns = memories(neurons, count);
        let mut group = criterion.benchmark_group(format!("recall, N = {neurons}, P = {count}, noise {noise}"));
        group.sample_size(10).measurement_time(Duration::from_secs(3));
        for rule in Rule::ALL {
            let network = Arc::new(rule.network(&patterns).expect("learns"));
            let probe = with_noise(patterns.get(3), noise, &mut Xoshiro256PlusPlus::seed_from_u64(2));
            let begin = || Recall::new(Arc::clone(&network), &probe, Dynamics::RandomOrder, 1).expect("fits");
            // From the probe alone: the first local fields are part of it.
            group.bench_function(BenchmarkId::new("to a fixed point", format!("{rule:?}")), |bencher| {
                bencher.iter(|| {
                    let mut recall = begin();
                    recall.run(50)
                });
            });
            group.bench_function(BenchmarkId::new("one sweep", format!("{rule:?}")), |bencher| {
                bencher.iter(|| {
                    let mut recall = begin();
                    recall.sweep();
                    recall
                });
            });
        }
    }
}

criterion_group!(benches, learning, recall);
criterion_main!(benches);
