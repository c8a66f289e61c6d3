"""Speed of the magnet beside mcising and a numba checkerboard, at T_c, in turn in one run.

    pip install mcising==1.1.0 numpy numba
    cargo build --release
    python3 benches/ising_peers.py [--spinscape target/release/spinscape] [--runs 5] [--size 1024]

Prints spins tried in a nanosecond (medians of the runs) on one thread: Metropolis on every instruction set that the
processor has, and on two threads; Swendsen-Wang in nanoseconds a spin, Wolff in nanoseconds a spin turned; and the ratios. All begin settled, from
Swendsen-Wang or from order. With --busy a second program takes a core meanwhile: two threads must not fall below one.
"""

import argparse
import json
import multiprocessing
import statistics
import subprocess
import time

CRITICAL = 2.269185314213022


def spinscape(args, *more):
    command = [args.spinscape, "ising", "run", "--size", str(args.size), "--start", "up", *more]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def mcising(size, sweeps, algorithm):
    from mcising import Algorithm, LatticeConfig, Simulation, SimulationConfig

    lattice = LatticeConfig(size=size, j1=1.0)
    kind = getattr(Algorithm, algorithm)
    simulation = Simulation(SimulationConfig(lattice=lattice, temperatures=(CRITICAL,), algorithm=kind, n_sweeps=sweeps))
    simulation.sweep(20, temperature=CRITICAL)
    began = time.perf_counter()
    simulation.sweep(sweeps, temperature=CRITICAL)
    return sweeps * size * size / (time.perf_counter() - began) * 1e-9


def mcising_wolff(size):
    """Settles once, as random starts at T_c have tiny clusters; then spins turned in a nanosecond, from <c> = N <m^2>."""
    from mcising import Algorithm, LatticeConfig, Simulation, SimulationConfig

    lattice = LatticeConfig(size=size, j1=1.0)
    config = SimulationConfig(lattice=lattice, temperatures=(CRITICAL,), algorithm=Algorithm.WOLFF, n_sweeps=1)
    simulation = Simulation(config)
    for temperature, clusters in ((0.5, 6000), (1.5, 300), (2.2, 300), (CRITICAL, 300)):
        simulation.sweep(clusters, temperature=temperature)

    def run(clusters=200):
        squares, seconds = 0.0, 0.0
        for _ in range(clusters):
            began = time.perf_counter()
            state = simulation.sweep(1, temperature=CRITICAL)
            seconds += time.perf_counter() - began
            squares += state["magnetization"] ** 2
        return squares * size * size / seconds * 1e-9

    return run


def numba_checkerboard(size, sweeps):
    import numba
    import numpy as np

    @numba.njit
    def sweep(spins, factors, count):
        side = len(spins)
        for _ in range(count):
            for colour in range(2):
                for y in range(side):
                    above, below = spins[y - 1], spins[(y + 1) % side]
                    for x in range((y + colour) & 1, side, 2):
                        spin = spins[y, x]
                        field = above[x] + below[x] + spins[y, x - 1] + spins[y, (x + 1) % side]
                        if np.random.random() < factors[spin * field + 4]:
                            spins[y, x] = -spin

    spins = np.ones((size, size), np.int8)
    costs = 2.0 * np.arange(-4, 5)
    factors = np.where(costs == 0, 0.5, np.minimum(1.0, np.exp(-costs / CRITICAL)))
    sweep(spins, factors, 1)
    began = time.perf_counter()
    sweep(spins, factors, sweeps)
    return sweeps * size * size / (time.perf_counter() - began) * 1e-9


def busy(stop):
    while not stop.is_set():
        sum(range(10_000))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spinscape", default="target/release/spinscape")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--busy", action="store_true")
    args = parser.parse_args()
    fast = ["--sweeps", str(max(1, 2_000_000_000 // args.size**2)), "--warmup", "50"]
    clusters = ["--dynamics", "swendsen-wang", "--warmup", "60", "--sweeps", "20"]
    wolff = ["--dynamics", "wolff", "--warmup", "60", "--sweeps", "40"]
    speed = lambda *more: spinscape(args, *more)["flips_per_ns"]
    settled = mcising_wolff(args.size)
    contenders = {
        "mcising Metropolis": lambda: mcising(args.size, 10, "METROPOLIS"),
        "numba Metropolis": lambda: numba_checkerboard(args.size, 10),
        "spinscape widest": lambda: speed(*fast),
        "spinscape AVX2": lambda: speed(*fast, "--path", "avx2"),
        "spinscape plain": lambda: speed(*fast, "--path", "plain"),
        "spinscape widest, 2 threads": lambda: speed(*fast, "--threads", "2"),
        "mcising Swendsen-Wang": lambda: mcising(args.size, 10, "SWENDSEN_WANG"),
        "spinscape Swendsen-Wang": lambda: speed(*clusters),
        "mcising Wolff": settled,
        "spinscape Wolff": lambda: speed(*wolff),
    }
    stop = multiprocessing.Event()
    if args.busy:
        multiprocessing.Process(target=busy, args=(stop,), daemon=True).start()
    found = {name: [] for name in contenders}
    for _ in range(args.runs):
        for name, run in contenders.items():
            found[name].append(run())
    stop.set()
    median = {name: statistics.median(values) for name, values in found.items()}
    print(f"L = {args.size}, T_c, {spinscape(args, '--sweeps', '1')['path']}, medians of {args.runs}")
    for name, value in median.items():
        print(f"{name:30} {value:8.3f} spins/ns  {1 / value:8.3f} ns/spin  {min(found[name]):.3f} to {max(found[name]):.3f}")
    print(f"widest / mcising: {median['spinscape widest'] / median['mcising Metropolis']:.1f}")
    print(f"two threads / one: {median['spinscape widest, 2 threads'] / median['spinscape widest']:.2f}")
    print(f"Wolff / mcising: {median['spinscape Wolff'] / median['mcising Wolff']:.2f}")
    print(f"Swendsen-Wang / mcising: {median['spinscape Swendsen-Wang'] / median['mcising Swendsen-Wang']:.2f}")


if __name__ == "__main__":
    main()
