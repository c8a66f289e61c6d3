//! Speed of learning at the sizes of the README, and of the products that a dense implementation would need.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use ndarray::{Array2, linalg::general_mat_mul};
use spinscape::physics::rbm::{Machine, Method, Samples, Shape, Trainer, TrainerSettings, VisibleKind};

/// Pictures with the inkedness of handwriting: a fifth of the pixels, in the middle.
fn pictures(side: usize, count: usize) -> Samples {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 33) as usize % 100
    };
    let pixel = |index: usize, random: usize| {
        let (x, y) = (index % side, index / side);
        let inside = |place: usize| (side / 6..side - side / 6).contains(&place);
        if inside(x) && inside(y) && random < 40 { 255 } else { 0 }
    };
    let grey = (0..count * side * side).map(|index| pixel(index % (side * side), random())).collect();
    Samples::new(side, side, grey, None).expect("whole pictures")
}

fn trainer(samples: &Samples, hidden: usize, method: Method) -> Trainer {
    let shape = Shape { visible: samples.pixels(), classes: 0, hidden, kind: VisibleKind::Binary };
    let machine = Machine::new(shape, &samples.means(), 7).expect("in range");
    Trainer::new(&machine, TrainerSettings { method, ..TrainerSettings::default() }, samples.len()).expect("in range")
}

fn learning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("learning, pictures");
    group.throughput(Throughput::Elements(100)).sample_size(30);
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        for (side, hidden) in [(28, 500), (8, 100)] {
            for (name, method) in [("CD-1", Method::Cd(1)), ("PCD-1", Method::Pcd(1)), ("CD-10", Method::Cd(10))] {
                let samples = pictures(side, 1000);
                let mut trainer = trainer(&samples, hidden, method);
                let which: Vec<u32> = (0..100).collect();
                let name = format!("{}x{hidden} {name}, threads {threads}", side * side);
                let mut epoch = 0;
                group.bench_function(name, |bencher| {
                    pool.install(|| {
                        bencher.iter(|| {
                            epoch += 1;
                            trainer.step(&samples, &which, epoch, 0.0);
                        });
                    });
                });
            }
        }
    }
    group.finish();
}

/// The five products of a dense CD-1 step, alone.
fn products(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("five bare products, pictures");
    group.throughput(Throughput::Elements(100)).sample_size(30);
    for (visible, hidden) in [(784, 500), (64, 100)] {
        let v = Array2::<f32>::from_elem((100, visible), 0.2);
        let w = Array2::<f32>::from_elem((visible, hidden), 0.01);
        let mut h = Array2::<f32>::zeros((100, hidden));
        let mut v_again = Array2::<f32>::zeros((100, visible));
        let mut gradient = Array2::<f32>::zeros((visible, hidden));
        group.bench_function(format!("{visible}x{hidden}, matrixmultiply, one thread"), |bencher| {
            bencher.iter(|| {
                general_mat_mul(1.0, &v, &w, 0.0, &mut h);
                general_mat_mul(1.0, &h, &w.t(), 0.0, &mut v_again);
                general_mat_mul(1.0, &v_again, &w, 0.0, &mut h);
                general_mat_mul(1.0, &v.t(), &h, 0.0, &mut gradient);
                general_mat_mul(-1.0, &v_again.t(), &h, 1.0, &mut gradient);
            });
        });
    }
    group.finish();
}

criterion_group!(benches, learning, products);
criterion_main!(benches);
