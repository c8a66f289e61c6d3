#!/usr/bin/env python3
"""Recall and learning beside peers: NumPy with incremental fields, and hopfieldnetwork from PyPI.

    pip install numpy hopfieldnetwork
    python3 benches/hopfield_peers.py

Everything on one core, N = 784, P = 50 random Hebb memories, a probe with 20 % of its bits turned. Our own times come from
`cargo bench --bench hopfield`, which this script runs; each peer's time is the median of several runs in this process.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np  # noqa: E402  (after the number of threads is fixed)

N, P, NOISE, RUNS = 784, 50, 0.2, 15
HERE = pathlib.Path(__file__).resolve().parent.parent


def median_ms(work, prepare=lambda: None, runs=RUNS):
    times = []
    for _ in range(runs):
        given = prepare()
        began = time.perf_counter()
        work(given)
        times.append(1e3 * (time.perf_counter() - began))
    return statistics.median(times)


def numpy_learn(patterns):
    weights = patterns.T @ patterns / N
    np.fill_diagonal(weights, 0)
    return weights


def numpy_recall(weights, probe, rng):
    """Asynchronous, to a fixed point; local fields are kept up to date."""
    state = probe.copy()
    fields = weights @ state
    while True:
        turned = 0
        for i in rng.permutation(N):
            if fields[i] * state[i] < 0:
                state[i] = -state[i]
                fields += 2 * state[i] * weights[i]
                turned += 1
        if turned == 0:
            return state


def ours(folder):
    """Median in ms of one of our benches, as criterion wrote it down."""
    estimates = HERE / "target" / "criterion" / folder / "new" / "estimates.json"
    return json.loads(estimates.read_text())["median"]["point_estimate"] / 1e6


def main():
    rng = np.random.default_rng(1)
    patterns = rng.choice([-1.0, 1.0], size=(P, N))
    weights = numpy_learn(patterns)
    probe = patterns[3].copy()
    probe[rng.choice(N, int(NOISE * N), replace=False)] *= -1
    ends = numpy_recall(weights, probe, rng) @ patterns[3] / N
    assert ends > 0.97, f"the peer does not recall: overlap {ends}"
    rows = [
        ("learning", "NumPy", median_ms(lambda _: numpy_learn(patterns))),
        ("recall", "NumPy", median_ms(lambda _: numpy_recall(weights, probe, rng))),
    ]
    try:
        from hopfieldnetwork import HopfieldNetwork
    except ImportError:
        print("hopfieldnetwork is not installed: left out", file=sys.stderr)
    else:
        bits = patterns.astype("int8")

        def learned(_=None):
            network = HopfieldNetwork(N=N)
            for pattern in bits:
                network.train_pattern(pattern)
            return network

        network = learned()

        def begin():
            network.set_initial_neurons_state(probe.astype("int8"))

        rows.append(("learning", "hopfieldnetwork", median_ms(learned, runs=5)))
        rows.append(("recall", "hopfieldnetwork", median_ms(lambda _: network.update_neurons(1, "async", run_max=True), begin)))
    print("our benches (this compiles first if need be) ...", file=sys.stderr)
    bench = ["cargo", "bench", "--bench", "hopfield", "--", "--noplot", "N = 784.*Hebb"]
    subprocess.run(bench, cwd=HERE, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    mine = {
        "learning": ours("learning, N = 784, P = 50/Hebb"),
        "recall": ours("recall, N = 784, P = 50, noise 0.2/to a fixed point/Hebb"),
    }
    print(f"{'what':<10} {'program':<18} {'ms':>9} {'ratio':>7}")
    for what, time_ms in mine.items():
        print(f"{what:<10} {'spinscape':<18} {time_ms:>9.3f} {1:>7.1f}")
        for other, name, peer in rows:
            if other == what:
                print(f"{what:<10} {name:<18} {peer:>9.3f} {peer / time_ms:>7.1f}")


if __name__ == "__main__":
    main()
