"""Speed of learning beside scikit-learn's BernoulliRBM and a NumPy CD-1, all float32, in turn in one run.

    pip install numpy scikit-learn
    cargo build --release
    python3 benches/rbm_peers.py [--spinscape target/release/spinscape] [--runs 3]

Prints images a second (medians of the runs) at 784 x 500 and 64 x 100, batch 100, CD-1, on one thread and on two, and the
ratios. Pictures are the program's own digits; for 64 x 100 every one of its pixels is the mean of a block.
"""

import argparse
import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time

IMAGES = 10_000
SIZES = [(784, 500), (64, 100)]


def pictures(path):
    import numpy as np

    with open(path, "rb") as file:
        _, count, rows, columns = struct.unpack(">IIII", file.read(16))
        return np.frombuffer(file.read(), np.uint8).reshape(count, rows * columns)


def shrink(path, small):
    """28 x 28 to 8 x 8: means of blocks of the inner 24 x 24."""
    grey = pictures(path).reshape(-1, 28, 28)[:, 2:26, 2:26].reshape(-1, 8, 3, 8, 3).mean((2, 4)).astype("uint8")
    with open(small, "wb") as file:
        file.write(struct.pack(">IIII", 0x803, len(grey), 8, 8) + grey.tobytes())


def sklearn_speed(path, hidden):
    import numpy as np
    from sklearn.neural_network import BernoulliRBM

    data = (pictures(path) / 255).astype(np.float32)
    machine = BernoulliRBM(n_components=hidden, batch_size=100, n_iter=1, learning_rate=0.01, random_state=0)
    machine.fit(data[:1000])
    machine.n_iter = 2
    began = time.perf_counter()
    machine.fit(data)
    return 2 * len(data) / (time.perf_counter() - began)


def numpy_speed(path, hidden):
    import numpy as np

    data = (pictures(path) / 255).astype(np.float32)
    rng = np.random.default_rng(0)
    visible = data.shape[1]
    w = (0.01 * rng.standard_normal((visible, hidden))).astype(np.float32)
    b, c = np.zeros(visible, np.float32), np.zeros(hidden, np.float32)
    rate = np.float32(0.01 / 100)

    def sigmoid(x):
        np.negative(x, x)
        np.exp(x, x)
        x += 1
        np.reciprocal(x, x)
        return x

    def sample(p):
        return (rng.random(p.shape, dtype=np.float32) < p).astype(np.float32)

    def epoch():
        for start in range(0, len(data), 100):
            v = sample(data[start : start + 100])
            h = sigmoid(v @ w + c)
            v_again = sample(sigmoid(sample(h) @ w.T + b))
            h_again = sigmoid(v_again @ w + c)
            w[:] += rate * (v.T @ h - v_again.T @ h_again)
            b[:] += rate * (v - v_again).sum(0)
            c[:] += rate * (h - h_again).sum(0)

    data, whole = data[:1000], data
    epoch()
    data = whole
    began = time.perf_counter()
    epoch()
    epoch()
    return 2 * len(data) / (time.perf_counter() - began)


def our_speed(program, path, hidden, threads):
    epochs = 4 if hidden == 500 else 20
    command = [program, "rbm", "train", "--data", path, "--validation", "0", "--hidden", str(hidden), "--trainer", "cd:1"]
    command += ["--epochs", str(epochs), "--batch", "100", "--rate", "0.01", "--threads", str(threads), "--seed", "7"]
    rows = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    # The first epoch warms the machine up.
    first, last = (float(row.split(",")[1]) for row in (rows[2], rows[-1]))
    return (epochs - 1) * IMAGES / (last - first)


def child(kind, path, hidden, threads):
    environment = dict(os.environ)
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[name] = str(threads)
    command = [sys.executable, __file__, "--child", kind, path, str(hidden)]
    return float(subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--spinscape", default="target/release/spinscape")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--child", nargs=3)
    arguments = parser.parse_args()
    if arguments.child:
        kind, path, hidden = arguments.child
        print({"sklearn": sklearn_speed, "numpy": numpy_speed}[kind](path, int(hidden)))
        return
    with tempfile.TemporaryDirectory() as folder:
        large, small = os.path.join(folder, "digits.idx"), os.path.join(folder, "small.idx")
        make = [arguments.spinscape, "data", "digits", "--count", str(IMAGES), "--out", large]
        subprocess.run(make, check=True)
        shrink(large, small)
        print("size       threads   spinscape  scikit-learn       NumPy   ratio to scikit-learn   to NumPy")
        for visible, hidden in SIZES:
            path = large if visible == 784 else small
            for threads in (1, 2):
                speeds = {"ours": [], "sklearn": [], "numpy": []}
                for _ in range(arguments.runs):
                    speeds["ours"].append(our_speed(arguments.spinscape, path, hidden, threads))
                    speeds["sklearn"].append(child("sklearn", path, hidden, threads))
                    speeds["numpy"].append(child("numpy", path, hidden, threads))
                ours, sklearn, numpy = (statistics.median(speeds[name]) for name in ("ours", "sklearn", "numpy"))
                print(
                    f"{visible:4} x {hidden:3} {threads:8} {ours:11.0f} {sklearn:13.0f} {numpy:11.0f}"
                    f" {ours / sklearn:23.2f} {ours / numpy:10.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
