//! The fast loops and the random numbers of the Boltzmann machine, against plain sums and what is known of chance.

mod common;

use common::chi_square_p;
use spinscape::physics::rbm::{
    bits::{Bits, Lists},
    kernel::{Base, Keep, Matrix, binarise, draw, sigmoid, softplus_sum, sum_rows},
    noise::{Purpose, Streams},
};

#[test]
fn random_numbers_by_counting_are_random() {
    let (mut counts, mut joint) = (vec![0.0; 256], vec![0.0; 256]);
    for row in 0..400 {
        let stream = Streams::new(5, Purpose::Look, 17).row(row);
        let next = Streams::new(5, Purpose::Look, 17).row(row + 1);
        for index in 0..500 {
            counts[(stream.bits(index) >> 24) as usize] += 1.0;
            // A number with its neighbours, in the same row and in the next one.
            let high = |bits: u32| (bits >> 30) as usize;
            let place = high(stream.bits(index)) << 6 | high(stream.bits(index + 1)) << 4 | high(next.bits(index)) << 2;
            joint[place | (stream.bits(index) & 3) as usize] += 1.0;
        }
    }
    for counts in [counts, joint] {
        let p = chi_square_p(&counts, &[200_000.0 / 256.0; 256]);
        assert!(p > 1e-3 && p < 0.999, "p = {p}");
    }
    let stream = Streams::new(9, Purpose::Look, 0).row(0);
    let normals: Vec<f64> = (0..100_000).map(|index| f64::from(stream.normal(index))).collect();
    let moment = |power: i32| normals.iter().map(|x| x.powi(power)).sum::<f64>() / 1e5;
    assert!(moment(1).abs() < 0.013 && (moment(2) - 1.0).abs() < 0.018 && (moment(4) - 3.0).abs() < 0.13);
}

#[test]
fn the_fast_loops_do_what_the_plain_sums_do() {
    for x in [-90.0, -20.0, -3.3, -0.5, 0.0, 1e-6, 0.7, 5.0, 16.0, 40.0, 90.0_f32] {
        let exact = 1.0 / (1.0 + (-f64::from(x)).exp());
        assert!((f64::from(sigmoid(x)) / exact - 1.0).abs() < 1e-6 || x < -87.0, "σ({x}) = {}", sigmoid(x));
    }
    assert!(sigmoid(f32::NAN).is_nan());
    let stream = Streams::new(3, Purpose::Look, 0).row(0);
    for units in [1_usize, 16, 63, 64, 65, 500, 1100] {
        let inputs: Vec<f32> = (0..units as u32).map(|index| 8.0 * stream.normal(index)).collect();
        let plain: f64 = inputs.iter().map(|&x| (0.5 * f64::from(x)).exp().ln_1p()).sum();
        assert!((softplus_sum(&inputs, 0.5) - plain).abs() < 1e-5 + 1e-6 * plain, "{units} units");
        // Draws: as often on as they should be, and the same units as one by one.
        let mut words = vec![0; units.div_ceil(64)];
        let mut values = inputs.clone();
        draw(&mut values, 0.5, stream, Keep::Probability, &mut words);
        for unit in 0..units {
            let expected = stream.uniform(unit as u32) < sigmoid(0.5 * inputs[unit]);
            assert_eq!(words[unit / 64] >> (unit % 64) & 1 == 1, expected);
            assert_eq!(values[unit], sigmoid(0.5 * inputs[unit]));
        }
    }
    for (rows, columns) in [(7, 3), (70, 33), (130, 500)] {
        let mut matrix = Matrix::zeros(rows, columns);
        let numbers = Streams::new(4, Purpose::Look, 1);
        for row in 0..rows {
            let stream = numbers.row(row);
            matrix.row_mut(row).iter_mut().zip(0..).for_each(|(value, index)| *value = stream.normal(index));
        }
        let mut bits = Bits::zeros(9, rows);
        (0..9).for_each(|row| {
            (0..rows).for_each(|unit| bits.set(row, unit, numbers.row(row).uniform(unit as u32) < 0.3));
        });
        let mut lists = Lists::new(9, rows);
        lists.list_rows(&bits);
        let mut out = Matrix::zeros(9, columns);
        sum_rows(&matrix, lists.all(), Base::Zero, 2.0, out.data_mut());
        for row in 0..9 {
            for column in 0..columns {
                let plain: f32 =
                    (0..rows).filter(|&unit| bits.get(row, unit)).map(|unit| matrix.row(unit)[column]).sum();
                assert!((out.row(row)[column] - 2.0 * plain).abs() < 1e-4);
            }
        }
    }
    // Grey 0 is never on, 255 always, 100 in 100 of 255.
    let streams = Streams::new(8, Purpose::Binarise, 0);
    let mut on = [0_u32; 3];
    for row in 0..2000 {
        let mut words = [0; 2];
        let grey: Vec<u8> = (0..99).map(|pixel| [0, 100, 255][pixel % 3]).collect();
        binarise(&grey, streams.row(row), &mut words);
        (0..99).for_each(|pixel| on[pixel % 3] += (words[pixel / 64] >> (pixel % 64) & 1) as u32);
    }
    let share = f64::from(on[1]) / 66_000.0;
    assert!(on[0] == 0 && on[2] == 66_000 && (share - 100.0 / 255.0).abs() < 0.0076, "{on:?}");
}
