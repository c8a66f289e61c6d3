//! The inner loop: 512 spins of one colour are asked at once, by logic on bits.
//!
//! The colours of the checkerboard are two planes of bits, a row of L/2 bits each, 1 for up. Of a spin at place i of row y,
//! the neighbours above, below and on one side stand at place i of the other plane, the fourth at i − 1 or i + 1, by the
//! parity of the row. Everything is plain arithmetic on lanes of 64 bits, as many at a time as make one of the widest
//! vectors that the processor has; the bits that come out are the same for all.

use super::{
    lanes::{Around, Lanes, State},
    rule::{Class, DIGITS, Digits, Rule},
};

/// One word of xoshiro256++ (Blackman and Vigna 2021).
#[inline(always)]
fn next(a: &mut u64, b: &mut u64, c: &mut u64, d: &mut u64) -> u64 {
    let word = a.wrapping_add(*d).rotate_left(23).wrapping_add(*a);
    let shifted = *b << 17;
    *c ^= *a;
    *d ^= *b;
    *b ^= *c;
    *a ^= *d;
    *c ^= shifted;
    *d = d.rotate_left(45);
    word
}

/// Writes a step out for every digit: a loop inside the loop over the lanes would keep that from becoming vectors.
macro_rules! each_digit {
    ($digit:ident => $step:block) => {
        each_digit!(@ $digit $step 0 1 2 3 4 5 6 7 8 9 10 11)
    };
    (@ $digit:ident $step:block $($number:literal)*) => {
        const { assert!([$($number),*].len() == DIGITS) };
        $({
            const $digit: usize = $number;
            $step
        })*
    };
}

/// How many of four bits are one: whether an odd number, two or more, all four.
#[inline(always)]
fn count(a: u64, b: u64, c: u64, d: u64) -> (u64, u64, u64) {
    let (first, second) = (a ^ b, c ^ d);
    let (both_first, both_second) = (a & b, c & d);
    (first ^ second, both_first | both_second | (first & second), both_first & both_second)
}

/// Bits that are one with a probability.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "plain indices are what becomes vectors")]
pub fn mask<const N: usize>(state: &mut State, first: usize, digits: &Digits) -> Lanes<N> {
    let mut masks = [0; N];
    for lane in 0..N {
        let at = first + lane;
        let (mut a, mut b, mut c, mut d) = (state[0][at], state[1][at], state[2][at], state[3][at]);
        let mut mask = 0;
        each_digit!(DIGIT => {
            mask = (mask ^ digits.change[DIGIT][lane]) & next(&mut a, &mut b, &mut c, &mut d);
        });
        (state[0][at], state[1][at], state[2][at], state[3][at]) = (a, b, c, d);
        masks[lane] = mask ^ digits.last;
    }
    masks
}

/// Spins that turn, where up and down are alike. One loop over the lanes with plain indices is what the compiler turns
/// into vectors.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "plain indices are what becomes vectors")]
pub fn flips_symmetric<const N: usize>(around: &Around<N>, state: &mut State, first: usize, rule: &Rule) -> Lanes<N> {
    let mut flips = [0; N];
    let (far, near) = (&rule.classes[0], &rule.classes[1]);
    for lane in 0..N {
        let at = first + lane;
        let spin = around.spins[lane] ^ rule.differ;
        let (odd, some, four) = count(
            around.above[lane] ^ spin,
            around.below[lane] ^ spin,
            around.same[lane] ^ spin,
            around.beside[lane] ^ spin,
        );
        // Three or four neighbours disagree; two do and two do not.
        let against = (odd & some) | four;
        let tied = some & !odd & !four;
        let (mut a, mut b, mut c, mut d) = (state[0][at], state[1][at], state[2][at], state[3][at]);
        let (mut none, mut one) = (0, 0);
        let mut coin;
        each_digit!(DIGIT => {
            coin = next(&mut a, &mut b, &mut c, &mut d);
            none = (none ^ far.digits.change[DIGIT][lane]) & coin;
            one = (one ^ near.digits.change[DIGIT][lane]) & coin;
        });
        (state[0][at], state[1][at], state[2][at], state[3][at]) = (a, b, c, d);
        let none = none ^ far.digits.last;
        let one = one ^ near.digits.last;
        let mask = (odd & one) | (tied & coin) | (!(odd | tied) & none);
        flips[lane] = mask ^ (against & !(mask & near.always));
    }
    flips
}

/// Spins that turn in a field.
#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "plain indices are what becomes vectors")]
pub fn flips_in_field<const N: usize>(around: &Around<N>, state: &mut State, first: usize, rule: &Rule) -> Lanes<N> {
    let mut flips = [0; N];
    let [none, one, two, three, all] = &rule.classes;
    for lane in 0..N {
        let at = first + lane;
        let spin = around.spins[lane];
        let (odd, some, four) = count(around.above[lane], around.below[lane], around.same[lane], around.beside[lane]);
        let (mut a, mut b, mut c, mut d) = (state[0][at], state[1][at], state[2][at], state[3][at]);
        let (mut m0, mut m1, mut m2, mut m3, mut m4) = (0, 0, 0, 0, 0);
        each_digit!(DIGIT => {
            let word = next(&mut a, &mut b, &mut c, &mut d);
            m0 = (m0 ^ none.digits.change[DIGIT][lane]) & word;
            m1 = (m1 ^ one.digits.change[DIGIT][lane]) & word;
            m2 = (m2 ^ two.digits.change[DIGIT][lane]) & word;
            m3 = (m3 ^ three.digits.change[DIGIT][lane]) & word;
            m4 = (m4 ^ all.digits.change[DIGIT][lane]) & word;
        });
        (state[0][at], state[1][at], state[2][at], state[3][at]) = (a, b, c, d);
        flips[lane] = !(odd | some) & flips_of(none, m0, spin)
            | odd & !some & flips_of(one, m1, spin)
            | some & !odd & !four & flips_of(two, m2, spin)
            | odd & some & flips_of(three, m3, spin)
            | four & flips_of(all, m4, spin);
    }
    flips
}

/// Spins of a class that turn, from the mask before its last step.
#[inline(always)]
fn flips_of(class: &Class, mask: u64, spin: u64) -> u64 {
    let mask = mask ^ class.digits.last;
    let against = spin ^ class.favoured;
    mask ^ (against & !(mask & class.always))
}
