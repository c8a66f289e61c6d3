"""Speed of the magnet beside mcising and a numba checkerboard, at T_c, in turn in one run.

    pip install mcising==1.1.0 numpy numba
    cargo build --release
    python3 benches/ising_peers.py [--spinscape target/release/spinscape] [--runs 5] [--size 1024] [--limit COMMAND]

Prints spins tried in a nanosecond (medians of the runs) on one thread: Metropolis on every instruction set that the
processor has, and on two threads; Swendsen-Wang in nanoseconds a spin, Wolff in nanoseconds a spin turned; and the ratios. All begin settled, from
Swendsen-Wang or from order. What is not installed is not compared. With --limit, a command that is told
"bench SIZE 12 1 tc avx2_xoshiro256++" (or avx512_, sse2_) and prints "median SPINS" a nanosecond takes turns with every
instruction set: a limit written by hand. With --busy a second program takes a core meanwhile: two threads must not fall below one.
"""

import argparse
import importlib.util
import json
import multiprocessing
import re
import shlex
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


def limit(command, size, path):
    words = shlex.split(command) + ["bench", str(size), "12", "1", "tc", f"{path}_xoshiro256++"]
    return float(re.search(r"median ([0-9.]+)", subprocess.run(words, check=True, capture_output=True, text=True).stdout)[1])


def is_there(*modules):
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        print(f"not compared, because it is not installed: {', '.join(missing)}")
    return not missing


def busy(stop):
    while not stop.is_set():
        sum(range(10_000))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spinscape", default="target/release/spinscape")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--size", type=int, default=1024)
    parser.add_argument("--limit", help="a hand-written program to take turns with")
    parser.add_argument("--busy", action="store_true")
    args = parser.parse_args()
    fast = ["--sweeps", str(max(1, 2_000_000_000 // args.size**2)), "--warmup", "50"]
    clusters = ["--dynamics", "swendsen-wang", "--warmup", "60", "--sweeps", "20"]
    wolff = ["--dynamics", "wolff", "--warmup", "60", "--sweeps", "40"]
    speed = lambda *more: spinscape(args, *more)["flips_per_ns"]
    widest = spinscape(args, "--sweeps", "1")["path"]
    paths = {"plain": "sse2", "avx2": "avx2", "widest": widest} if widest == "avx512" else {"plain": "sse2", "widest": widest}
    contenders = {}
    if is_there("mcising"):
        contenders["mcising Metropolis"] = lambda: mcising(args.size, 10, "METROPOLIS")
        contenders["mcising Swendsen-Wang"] = lambda: mcising(args.size, 10, "SWENDSEN_WANG")
        contenders["mcising Wolff"] = mcising_wolff(args.size)
    if is_there("numba", "numpy"):
        contenders["numba Metropolis"] = lambda: numba_checkerboard(args.size, 10)
    for path, name in paths.items():
        contenders[f"spinscape {name}"] = lambda path=path: speed(*fast, "--path", path)
        if args.limit:
            contenders[f"limit {name}"] = lambda name=name: limit(args.limit, args.size, name)
    contenders["spinscape, 2 threads"] = lambda: speed(*fast, "--threads", "2")
    contenders["spinscape Swendsen-Wang"] = lambda: speed(*clusters)
    contenders["spinscape Wolff"] = lambda: speed(*wolff)
    stop = multiprocessing.Event()
    if args.busy:
        multiprocessing.Process(target=busy, args=(stop,), daemon=True).start()
    found = {name: [] for name in contenders}
    for _ in range(args.runs):
        for name, run in contenders.items():
            found[name].append(run())
    stop.set()
    median = {name: statistics.median(values) for name, values in found.items()}
    print(f"L = {args.size}, T_c, {widest}, medians of {args.runs}")
    for name, value in median.items():
        print(f"{name:30} {value:8.3f} spins/ns  {1 / value:8.3f} ns/spin  {min(found[name]):.3f} to {max(found[name]):.3f}")
    for ours, theirs in [
        (f"spinscape {widest}", "mcising Metropolis"),
        ("spinscape, 2 threads", f"spinscape {widest}"),
        ("spinscape Wolff", "mcising Wolff"),
        ("spinscape Swendsen-Wang", "mcising Swendsen-Wang"),
        *((f"spinscape {name}", f"limit {name}") for name in paths.values()),
    ]:
        if theirs in median:
            # Of each turn, because the machine's own speed wanders.
            ratios = [our / their for our, their in zip(found[ours], found[theirs])]
            print(f"{ours} / {theirs}: {statistics.median(ratios):.2f}, {min(ratios):.2f} to {max(ratios):.2f}")


if __name__ == "__main__":
    main()
