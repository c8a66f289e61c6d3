//! Magnets on other lattices and with disorder: against all states of small ones, exact energies, and known ground states.

mod common;

use std::sync::Arc;

use common::states::{agree, enumerate};
use rayon::prelude::*;
use spinscape::{
    labs::ising::lattices::replicas::{Ladder, Rung},
    physics::{
        ising::{
            Coupling, Dynamics, Parameters, Start, exact,
            graph::{
                Design, Disorder, Edges, Geometry, Graph, GraphMagnet,
                ground::{anneal, temper},
                neighbour,
                tempering::Tempering,
            },
            measurement,
            record::{Conditions, Measured, Record},
        },
        statistics::Estimate,
    },
};

fn design(geometry: Geometry, side: usize) -> Design {
    Design { geometry, side, seed: 5, ..Design::default() }
}

fn graph(design: Design) -> Arc<Graph> {
    Arc::new(Graph::new(design, 1.0).expect("an allowed design"))
}

#[test]
fn every_lattice_has_the_neighbours_and_rings_that_name_it() {
    for (geometry, rings) in [
        // Triangles, squares and hexagons through one site.
        (Geometry::Square, [0, 4, 0]),
        (Geometry::Triangular, [6, 0, 0]),
        (Geometry::Honeycomb, [0, 0, 3]),
        (Geometry::Cubic, [0, 12, 0]),
    ] {
        let graph = graph(design(geometry, 8));
        assert_eq!(graph.bonds(), graph.sites() * geometry.coordination() / 2);
        let around = |site: usize| graph.around(site).map(|(other, _)| other).collect::<Vec<_>>();
        for site in [0, 7, graph.sites() / 2 + 3, graph.sites() - 1] {
            let neighbours = around(site);
            assert_eq!(neighbours.len(), geometry.coordination());
            assert!(neighbours.iter().all(|&other| around(other).contains(&site) && other != site));
            // Shortest ways between two neighbours that avoid the site.
            let mut found = [0; 3];
            for (index, &a) in neighbours.iter().enumerate() {
                for &b in &neighbours[index + 1..] {
                    for (ring, steps) in [1, 2, 4].into_iter().enumerate() {
                        let mut ways = vec![vec![a]];
                        for _ in 0..steps {
                            ways = ways
                                .into_iter()
                                .flat_map(|way| {
                                    let last = way[way.len() - 1];
                                    around(last)
                                        .into_iter()
                                        .filter(|next| *next != site && !way.contains(next))
                                        .map(|next| [way.clone(), vec![next]].concat())
                                        .collect::<Vec<_>>()
                                })
                                .collect();
                        }
                        let count = ways.iter().filter(|way| way[way.len() - 1] == b).count();
                        found[ring] += count;
                    }
                }
            }
            // On the triangular lattice ways of two steps exist beside the triangles; only the shortest are rings.
            let shortest = found.iter().position(|&count| count > 0).expect("rings");
            assert_eq!(found[shortest], rings[shortest], "{geometry:?} at {site}: {found:?}");
            assert!(rings[..shortest].iter().all(|&count| count == 0));
        }
    }
}

fn run(graph: &Arc<Graph>, temperature: f64, field: f64, sweeps: u32, step: impl Fn(&mut GraphMagnet)) -> Measured {
    let mut magnet = GraphMagnet::new(Arc::clone(graph), Start::Random, temperature, field, 77);
    let mut record = Record::new();
    (0..200).for_each(|_| step(&mut magnet));
    for _ in 0..sweeps {
        step(&mut magnet);
        record.push(magnet.energy(), magnet.spin_sum() as f64);
    }
    // Per magnet, not per spin: the record only takes means of what it is given.
    record.measured(0, &Conditions { spins: 1, temperature, with_field: field != 0.0 })
}

#[test]
fn every_design_agrees_with_all_its_states_under_every_rule() {
    let square = design(Geometry::Square, 4);
    let designs = [
        (design(Geometry::Triangular, 4), 4.0, 0.0),
        (design(Geometry::Honeycomb, 4), 1.6, 0.2),
        (Design { edges: Edges::Free, ..design(Geometry::Cubic, 2) }, 3.0, 0.1),
        (Design { edges: Edges::Free, ..square }, 2.0, 0.0),
        (Design { edges: Edges::Fixed, ..square }, 2.5, -0.3),
        (Design { next_coupling: 0.5, ..square }, 3.0, 0.0),
        (Design { next_coupling: -0.3, ..square }, 2.0, 0.1),
        (Design { disorder: Disorder::DilutedSites(0.3), ..square }, 1.8, 0.0),
        (Design { disorder: Disorder::DilutedBonds(0.4), ..square }, 1.5, 0.1),
        // Nearly all spins stand alone.
        (Design { disorder: Disorder::DilutedBonds(0.95), ..square }, 1.5, 0.0),
        (Design { disorder: Disorder::RandomField(0.8), ..square }, 2.0, 0.0),
        (Design { disorder: Disorder::PlusMinus, ..square }, 1.2, 0.0),
        (Design { disorder: Disorder::Gaussian, ..square }, 1.2, 0.1),
        (Design { disorder: Disorder::PlusMinus, ..design(Geometry::Triangular, 4) }, 1.5, 0.0),
        // Odd sides, and two sites that are neighbours twice.
        (design(Geometry::Square, 2), 2.5, 0.0),
        (design(Geometry::Square, 3), 2.3, 0.0),
        (design(Geometry::Triangular, 3), 4.0, 0.1),
        (Design { edges: Edges::Free, ..design(Geometry::Square, 3) }, 1.8, 0.0),
        (Design { disorder: Disorder::PlusMinus, ..design(Geometry::Square, 3) }, 1.2, 0.0),
    ];
    for (design, temperature, field) in designs {
        let graph = graph(design);
        let truth = enumerate(&graph, temperature, field, |_| true);
        for dynamics in Dynamics::ALL {
            let measured = run(&graph, temperature, field, 100_000, |magnet| magnet.sweep(dynamics));
            let what = format!("{design:?} {dynamics:?}");
            agree(&format!("E of {what}"), measured.energy, truth.energy, 0.25);
            agree(&format!("|M| of {what}"), measured.abs_magnetization, truth.abs_magnetization, 0.25);
        }
    }
}

#[test]
fn exchanges_keep_the_magnetization_and_agree_with_the_states_that_have_it() {
    let free = Design { edges: Edges::Free, ..design(Geometry::Honeycomb, 4) };
    for design in [design(Geometry::Square, 4), free, design(Geometry::Square, 2), design(Geometry::Triangular, 3)] {
        let graph = graph(design);
        let mut magnet = GraphMagnet::new(Arc::clone(&graph), Start::Up, 2.2, 0.0, 3);
        let spins: Vec<i8> = (0..graph.sites() as i32).map(|site| if site % 3 == 0 { 1 } else { -1 }).collect();
        magnet.set_spins(&spins);
        let sum = magnet.spin_sum();
        let truth = enumerate(&graph, 2.2, 0.0, |m| i64::from(m) == sum);
        let mut record = Record::new();
        for _ in 0..100_000 {
            magnet.exchange_sweep();
            record.push(magnet.energy(), magnet.spin_sum() as f64);
        }
        assert_eq!(magnet.spin_sum(), sum);
        assert_eq!(magnet.spins().iter().map(|&spin| i64::from(spin)).sum::<i64>(), sum);
        let measured = record.measured(0, &Conditions { spins: 1, temperature: 2.2, with_field: false });
        agree(&format!("{design:?}"), measured.energy, truth.energy, 0.1);
    }
}

#[test]
fn at_the_critical_point_energies_go_to_the_exact_ones_with_the_size() {
    // e(T_c) of the endless lattices (Onsager 1944, Houtappel 1950); in space 0.330 200 a bond (Hasenbusch 2010). A torus
    // differs by c/L in the plane, and by c/L^{1.413} in space.
    let cases = [
        (Geometry::Square, -(2.0_f64.sqrt()), [16, 32], 1.0),
        (Geometry::Triangular, -2.0, [16, 32], 1.0),
        (Geometry::Honeycomb, -2.0 / 3.0_f64.sqrt(), [16, 32], 1.0),
        (Geometry::Cubic, -3.0 * 0.330_200, [8, 12], 1.4127),
    ];
    let check = |(geometry, truth, sides, power): (Geometry, f64, [usize; 2], f64)| {
        let temperature = geometry.critical_temperature();
        let energies = sides.map(|side| {
            let graph = graph(design(geometry, side));
            let measured = run(&graph, temperature, 0.0, 50_000, |magnet| magnet.sweep(Dynamics::SwendsenWang));
            let sites = graph.sites() as f64;
            Estimate { value: measured.energy.value / sites, error: measured.energy.error / sites }
        });
        // A straight line in L^{−power} through both, at zero.
        let [small, large] = sides.map(|side| (side as f64).powf(-power));
        let (a, b) = (-large / (small - large), small / (small - large));
        let value = a * energies[0].value + b * energies[1].value;
        let error = (a * energies[0].error).hypot(b * energies[1].error);
        assert!(error < 0.008, "{geometry:?}: {error}");
        assert!((value - truth).abs() < 4.0 * error + 0.002, "{geometry:?}: {value} ± {error} against {truth}");
        assert!((energies[1].value - truth).abs() < (energies[0].value - truth).abs(), "{geometry:?}");
    };
    cases.into_par_iter().for_each(check);
}

#[test]
fn replicas_that_change_places_keep_every_rungs_distribution() {
    let graph = graph(Design { disorder: Disorder::PlusMinus, ..design(Geometry::Square, 4) });
    let temperatures = Tempering::geometric(0.5, 2.5, 5);
    let mut tempering = Tempering::new(&graph, &temperatures, 0.0, 9);
    (0..500).for_each(|_| tempering.sweep(Dynamics::Metropolis));
    let mut records = vec![Record::new(); 5];
    for _ in 0..60_000 {
        tempering.sweep(Dynamics::Metropolis);
        for (rung, record) in records.iter_mut().enumerate() {
            let energy = 0.5 * (tempering.replicas(0)[rung].energy() + tempering.replicas(1)[rung].energy());
            record.push(energy, tempering.overlap(rung).powi(2));
        }
    }
    for (rung, record) in records.iter().enumerate() {
        let truth = enumerate(&graph, temperatures[rung], 0.0, |_| true);
        // A square has no sign that could turn.
        let conditions = Conditions { spins: 1, temperature: temperatures[rung], with_field: true };
        let measured = record.measured(0, &conditions);
        agree(&format!("E at rung {rung}"), measured.energy, truth.energy, 0.1);
        agree(&format!("q² at rung {rung}"), measured.magnetization, truth.overlap_square, 0.01);
    }
    assert!(tempering.exchanges().iter().all(|share| share.value() > 0.1 && share.tries > 50_000));
}

#[test]
fn temperatures_even_out_until_all_pairs_exchange_about_equally() {
    let graph = graph(design(Geometry::Square, 16));
    // Far apart around T_c, where the energy jumps, and close elsewhere.
    let mut tempering = Tempering::new(&graph, &[1.5, 1.6, 1.7, 2.9, 3.0, 3.1, 3.2, 3.3], 0.0, 4);
    tempering.even_out(Dynamics::Metropolis, 40);
    (0..2000).for_each(|_| tempering.sweep(Dynamics::Metropolis));
    let shares: Vec<f64> = tempering.exchanges().iter().map(|share| share.value()).collect();
    let (low, high) =
        shares.iter().fold((1.0, 0.0), |(low, high): (f64, f64), &share| (low.min(share), high.max(share)));
    assert!(low > 0.3 * high && low > 0.02, "{shares:?} at {:?}", tempering.temperatures());
    let temperatures = tempering.temperatures();
    assert!(temperatures.windows(2).all(|pair| pair[0] < pair[1]));
    assert!((temperatures[0] - 1.5).abs() < 1e-12 && (temperatures[7] - 3.3).abs() < 1e-9);
}

#[test]
fn ground_states_of_small_spin_glasses_are_those_of_all_states() {
    for rows in [4, 6] {
        for seed in 0..6 {
            for disorder in [Disorder::PlusMinus, Disorder::Gaussian] {
                // All states of 4 × 6 are 2^24: once is enough.
                if rows == 6 && (seed > 0 || disorder == Disorder::Gaussian) {
                    continue;
                }
                let graph = graph(Design { rows: Some(rows), disorder, seed, ..design(Geometry::Square, 4) });
                let truth = enumerate(&graph, 1.0, 0.0, |_| true).lowest;
                let found = temper(&graph, 0.0, &Tempering::geometric(0.3, 2.0, 6), 400, seed);
                assert!((found.energy - truth).abs() < 1e-9, "4 × {rows}, {disorder:?}, seed {seed}");
                let mut magnet = GraphMagnet::new(Arc::clone(&graph), Start::Up, 1.0, 0.0, 1);
                magnet.set_spins(&found.spins);
                assert!((magnet.energy() - found.energy).abs() < 1e-9, "the state has its energy");
                let annealed = (0..20).map(|k| anneal(&graph, 0.0, 2.5, 300, k).energy).fold(f64::INFINITY, f64::min);
                assert!((annealed - truth).abs() < 1e-9, "annealing 4 × {rows}, {disorder:?}, seed {seed}");
            }
        }
    }
}

#[test]
fn frustrated_squares_are_half_of_all_and_an_even_number() {
    let graph = graph(Design { disorder: Disorder::PlusMinus, ..design(Geometry::Square, 64) });
    let frustrated = (0..graph.sites()).flat_map(|site| graph.rings(site)).filter(|(_, is)| *is).count();
    // Each bond is in two squares, so the product over all squares is +1. Half of 4096, within 5 σ of 32.
    assert!(frustrated.is_multiple_of(2) && frustrated.abs_diff(2048) < 160, "{frustrated}");
    let plain = Graph::new(design(Geometry::Square, 8), -1.0).expect("allowed");
    assert!((0..64).all(|site| plain.rings(site).all(|(_, is)| !is)));
}

#[test]
fn rings_meet_every_bond_of_a_plane_twice_and_join_neighbours() {
    for geometry in [Geometry::Square, Geometry::Triangular, Geometry::Honeycomb] {
        let graph = graph(Design { disorder: Disorder::PlusMinus, ..design(geometry, 8) });
        let lengths = graph.design().lengths();
        let (mut met, mut frustrated, mut rings) = (std::collections::HashMap::new(), 0, 0);
        for site in 0..graph.sites() {
            for (ring, is_frustrated) in graph.rings(site) {
                let corner = |index: usize| {
                    neighbour(site, ring[index % ring.len()], lengths, Edges::Periodic).expect("a torus")
                };
                let mut product = 1.0;
                for index in 0..ring.len() {
                    let (a, b) = (corner(index), corner(index + 1));
                    *met.entry((a.min(b), a.max(b))).or_insert(0) += 1;
                    product *= graph.around(a).find(|(other, _)| *other == b).expect("neighbours").1;
                }
                assert_eq!(product < 0.0, is_frustrated);
                frustrated += usize::from(is_frustrated);
                rings += 1;
            }
        }
        // Euler on a torus: sites − bonds + rings = 0.
        assert_eq!(graph.sites() + rings, graph.bonds(), "{geometry:?}");
        assert!(met.len() == graph.bonds() && met.values().all(|&times| times == 2), "{geometry:?}");
        assert!(frustrated.is_multiple_of(2), "{geometry:?}: {frustrated}");
    }
    // Three neighbours of each other cannot all differ.
    let triangles = Graph::new(design(Geometry::Triangular, 8), -1.0).expect("allowed");
    assert!((0..64).all(|site| triangles.rings(site).all(|(_, is_frustrated)| is_frustrated)));
}

#[test]
fn neighbours_on_paper_are_one_apart() {
    for geometry in [Geometry::Square, Geometry::Triangular, Geometry::Honeycomb] {
        let place = |x: i64, y: i64| geometry.position(x as f64, y as f64, (x + y) % 2 == 0);
        for site in 0..64_i64 {
            let (x, y) = (site % 8, site / 8);
            for &[dx, dy, _] in geometry.forward(site as usize, 8) {
                let [a, b] = [place(x, y), place(x + i64::from(dx), y + i64::from(dy))];
                let distance = (a[0] - b[0]).hypot(a[1] - b[1]);
                assert!((distance - 1.0).abs() < 1e-12, "{geometry:?}: {distance}");
            }
        }
    }
}

#[test]
fn spins_and_fields_set_by_hand_keep_the_energy_and_the_sums() {
    let graph = graph(Design { disorder: Disorder::RandomField(0.7), ..design(Geometry::Cubic, 4) });
    let mut magnet = GraphMagnet::new(Arc::clone(&graph), Start::Random, 3.0, 0.3, 4);
    for site in [0, 5, 21, 63, 5] {
        magnet.set_spin(site, if site % 2 == 0 { 1 } else { -1 });
    }
    magnet.set_field(-0.8);
    let mut afresh = GraphMagnet::new(Arc::clone(&graph), Start::Up, 3.0, -0.8, 4);
    afresh.set_spins(magnet.spins());
    assert!((magnet.energy() - afresh.energy()).abs() < 1e-9);
    assert_eq!(magnet.spin_sum(), afresh.spin_sum());
    let alternating = |site: usize| if (site % 4 + site / 4 % 4 + site / 16).is_multiple_of(2) { 1 } else { -1 };
    let staggered: i64 = (0..64).map(|site| i64::from(magnet.spins()[site]) * alternating(site)).sum();
    assert_eq!(magnet.staggered_sum(), staggered);
    // Rows of an odd length, where nothing leads round.
    let graph = self::graph(Design { edges: Edges::Free, ..design(Geometry::Square, 5) });
    let magnet = GraphMagnet::new(graph, Start::Random, 3.0, 0.0, 8);
    let alternating = |site: usize| if site.is_multiple_of(2) { 1 } else { -1 };
    let staggered: i64 = (0..25).map(|site| i64::from(magnet.spins()[site]) * alternating(site)).sum();
    assert_eq!(magnet.staggered_sum(), staggered);
}

#[test]
fn the_exercise_of_two_by_two_spins_and_odd_tori_come_out() {
    // Four spins, each with two neighbours twice: Z = 2 e^{8K} + 12 + 2 e^{−8K}, energies −8, 0 and 8.
    let by_hand = |temperature: f64| {
        let k = 1.0 / temperature;
        let (cold, hot) = ((8.0 * k).exp(), (-8.0 * k).exp());
        let z = 2.0 * cold + 12.0 + 2.0 * hot;
        let energy = 16.0 * (hot - cold) / z;
        let square = 128.0 * (hot + cold) / z;
        [energy / 4.0, (square - energy * energy) / (4.0 * temperature * temperature)]
    };
    let torus = |side: usize, temperature: f64| {
        let exact = exact::finite_torus(side, temperature);
        [exact.energy, exact.specific_heat]
    };
    assert!((by_hand(1.0)[0] + 1.995_98).abs() < 5e-6 && (by_hand(1.0)[1] - 0.032_08).abs() < 5e-6);
    for temperature in [0.5, 1.0, 2.269, 5.0] {
        for (found, truth) in torus(2, temperature).iter().zip(by_hand(temperature)) {
            assert!((found - truth).abs() < 1e-10, "{temperature}: {found} {truth}");
        }
        // Kaufman's solution holds for odd sides as well.
        let graph = graph(design(Geometry::Square, 3));
        let truth = enumerate(&graph, temperature, 0.0, |_| true).energy / 9.0;
        assert!((torus(3, temperature)[0] - truth).abs() < 1e-10, "{temperature}: {truth}");
    }
    let measure = |lattice: Geometry, side: usize, temperature: f64, coupling: Coupling, dynamics: Dynamics| {
        let run = measurement::Run {
            lattice,
            disorder: Disorder::None,
            side,
            parameters: Parameters { temperature, field: 0.0, coupling },
            dynamics,
            start: Start::Random,
            sweeps: 40_000,
            warmup: 1000,
            is_tempered: false,
            seed: 12,
        };
        run.measure(|_| true).expect("allowed").expect("not stopped")
    };
    for dynamics in Dynamics::ALL {
        let measured = measure(Geometry::Square, 2, 2.0, Coupling::Ferromagnetic, dynamics);
        agree(&format!("e of {dynamics:?}"), measured.energy, by_hand(2.0)[0], 0.02);
        agree("C", measured.specific_heat.expect("it varies"), by_hand(2.0)[1], 0.02);
        let measured = measure(Geometry::Square, 15, 2.3, Coupling::Ferromagnetic, dynamics);
        agree(&format!("e of 15 by {dynamics:?}"), measured.energy, torus(15, 2.3)[0], 0.02);
    }
    // Round an odd ring neighbours cannot all differ: no staggered values, and the energy of all states.
    let frustrated = measure(Geometry::Square, 3, 1.5, Coupling::Antiferromagnetic, Dynamics::HeatBath);
    assert!(frustrated.staggered.is_none());
    let graph = Arc::new(Graph::new(design(Geometry::Square, 3), -1.0).expect("allowed"));
    let truth = enumerate(&graph, 1.5, 0.0, |_| true);
    agree("e of an odd antiferromagnet", frustrated.energy, truth.energy / 9.0, 0.02);
    assert_eq!(design(Geometry::Square, 3).critical_temperature(-1.0), None);
    assert!(measure(Geometry::Square, 2, 1.5, Coupling::Antiferromagnetic, Dynamics::HeatBath).staggered.is_some());
}

#[test]
fn what_is_known_of_melting_is_told_and_nothing_else() {
    let told = |design: Design, sign: f64| design.critical_temperature(sign);
    assert_eq!(told(design(Geometry::Cubic, 8), -1.0), Some(4.511_523_2));
    assert_eq!(told(design(Geometry::Triangular, 8), -1.0), None);
    assert_eq!(told(Design { next_coupling: 0.1, ..design(Geometry::Square, 8) }, 1.0), None);
    assert_eq!(told(Design { disorder: Disorder::DilutedSites(0.1), ..design(Geometry::Square, 8) }, 1.0), None);
    assert_eq!(told(Design { disorder: Disorder::PlusMinus, ..design(Geometry::Cubic, 8) }, 1.0), Some(1.1019));
    assert_eq!(told(Design { disorder: Disorder::PlusMinus, ..design(Geometry::Square, 8) }, 1.0), None);
}

#[test]
fn overlaps_on_screen_have_the_square_of_all_states() {
    // Thirty ladders of a glass so small that all of its states are known; each is one independent value.
    let graph = graph(Design { disorder: Disorder::PlusMinus, ..design(Geometry::Square, 4) });
    let found: Vec<(f64, f64, usize)> = (0..30_u64)
        .into_par_iter()
        .map(|seed| {
            let mut ladder = Ladder::new(&graph, &Tempering::geometric(0.5, 2.5, 5), 0.0, seed);
            while ladder.recorded() < 6000 {
                ladder.advance(Dynamics::Metropolis);
            }
            let mut rungs = Vec::new();
            ladder.show(&mut rungs);
            // The inner temperatures were placed by chance; the ends stand.
            let square = |rung: usize| {
                let counts = ladder.overlaps(rung);
                let q = |level: usize| 2.0 * level as f64 / (counts.len() - 1) as f64 - 1.0;
                let total: f64 = counts.iter().map(|&count| f64::from(count)).sum();
                let sum: f64 = counts.iter().enumerate().map(|(level, &n)| f64::from(n) * q(level).powi(2)).sum();
                sum / total
            };
            let rising = rungs.windows(2).all(|pair| {
                let energy = |rung: &Rung| rung.energy.expect("recorded").value;
                pair[0].temperature < pair[1].temperature && energy(&pair[0]) < energy(&pair[1])
            });
            (square(0), square(4), usize::from(rising))
        })
        .collect();
    for (what, temperature, values) in [
        ("cold", 0.5, found.iter().map(|found| found.0).collect::<Vec<_>>()),
        ("hot", 2.5, found.iter().map(|found| found.1).collect()),
    ] {
        agree(
            what,
            Estimate::of_independent(&values),
            enumerate(&graph, temperature, 0.0, |_| true).overlap_square,
            0.02,
        );
    }
    assert_eq!(found.iter().map(|found| found.2).sum::<usize>(), 30);
}

#[test]
fn large_spin_glasses_come_within_a_hundredth_of_their_known_ground_state() {
    // −1.4017 a spin for endless ±J magnets in the plane; at 32 × 32 one sample scatters by some 0.02, the mean of 64 by 0.003.
    let energy = |seed: u64| {
        let graph = graph(Design { disorder: Disorder::PlusMinus, seed, ..design(Geometry::Square, 32) });
        temper(&graph, 0.0, &Tempering::geometric(0.3, 1.6, 12), 1500, seed).energy / 1024.0
    };
    let energies: Vec<f64> = (100..164_u64).into_par_iter().map(energy).collect();
    let mean = Estimate::of_independent(&energies);
    assert!(mean.error < 0.004, "{mean:?}");
    assert!((mean.value / -1.4017 - 1.0).abs() < 0.01, "{mean:?}");
}

#[test]
fn what_is_not_a_graph_is_refused() {
    let bad = [
        design(Geometry::Honeycomb, 5),
        design(Geometry::Square, 65),
        design(Geometry::Square, 1),
        design(Geometry::Triangular, 2),
        design(Geometry::Cubic, 200),
        Design { next_coupling: 1.0, ..design(Geometry::Triangular, 8) },
        Design { disorder: Disorder::DilutedSites(1.5), ..design(Geometry::Square, 8) },
        Design { disorder: Disorder::RandomField(f64::NAN), ..design(Geometry::Square, 8) },
        Design { rows: Some(65), ..design(Geometry::Square, 8) },
    ];
    for design in bad {
        let said = Graph::new(design, 1.0).expect_err("not allowed").to_string();
        assert!(said.contains("give") || said.contains("needs"), "{said}");
    }
}
