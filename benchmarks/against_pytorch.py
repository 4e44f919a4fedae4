#!/usr/bin/env python3
"""Times the steps of sparse.jar and of pytorch_steps.py in turn, several rounds in one run, and prints ours / PyTorch's.

    python benchmarks/against_pytorch.py --jar dl4j-sparse-benchmarks/target/benchmarks.jar --threads 1,2 --rounds 3

The first round measures every form of PyTorch's; the others the compiled one and the two that were fastest. A time is the median
over rounds of the median of a round's calls; "least" is the shortest call of all.
"""
import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

import pytorch_steps

# filter and sizes of the benchmarks that do the same as PyTorch's steps
OURS = [
    ("ListaBenchmark.jointStep$", "128x784x400x11,256x256x1024x5"),
    ("ConvolutionBenchmark.(unsupervisedStep|inference)$", "convolution 32x28x1x64x7x4"),
]


def ours(args, threads):
    """The benchmarks' names, each with median and least milliseconds; and the rate of sgemm."""
    times = {}
    for pattern, sizes in OURS:
        with tempfile.TemporaryDirectory() as out:
            options = ["--filter", pattern, "--sizes", sizes, "--threads", str(threads), "--out", out]
            command = ["java", "-jar", args.jar, *options, *([] if args.long else ["--quick"])]
            run = subprocess.run(command, capture_output=True, text=True)
            if run.returncode != 0:
                sys.exit(f"{' '.join(command)} failed:\n{run.stdout}{run.stderr}")
            for t in json.loads((pathlib.Path(out) / "benchmark.json").read_text())["timings"]:
                times[f"{t['size']} {t['name']}"] = (t["millis"], t["least"])
    return times


class PyTorch:
    """A process that keeps its compiled steps from round to round."""

    def __init__(self, threads, seconds):
        script = pathlib.Path(__file__).with_name("pytorch_steps.py")
        command = [sys.executable, str(script), "--threads", str(threads), "--seconds", str(seconds), "--follow"]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )

    def measure(self, step, form):
        """Median and least milliseconds; None for a form that can't be run."""
        self.process.stdin.write(f"{step} {form}\n")
        self.process.stdin.flush()
        result = json.loads(self.process.stdout.readline())
        return None if "error" in result else (result["median"], result["min"])


def summary(rounds):
    return statistics.median(median for median, _ in rounds), min(least for _, least in rounds)


def fastest(forms):
    return sorted(forms, key=lambda form: summary(forms[form])[0])


def print_table(threads, ours_times, theirs):
    head = f"{'':46s} {'ours':>8s} {'least':>8s} {'compiled':>8s} {'least':>8s} {'ratio':>6s} {'best':>8s} {'ratio':>6s}  best form"
    for n in threads:
        print(f"\n{n} thread{'s' if n > 1 else ''}\n{head}")
        for step, (benchmark, _) in pytorch_steps.STEPS.items():
            mine, least = summary(ours_times[n][benchmark])
            forms = theirs[n][step]
            if "compiled" not in forms:
                sys.exit(f"torch.compile failed for {step}; pytorch_steps.py --steps {step} --forms compiled says why")
            compiled, compiled_least = summary(forms["compiled"])
            best = fastest(forms)[0]
            best_time = summary(forms[best])[0]
            print(
                f"{benchmark:46s} {mine:8.2f} {least:8.2f} {compiled:8.2f} {compiled_least:8.2f} {mine / compiled:6.3f}"
                f" {best_time:8.2f} {mine / best_time:6.3f}  {best}"
            )


def main():
    parser = argparse.ArgumentParser(description="Times our steps and PyTorch's in turn.")
    parser.add_argument("--jar", required=True, help="sparse.jar, with its lib directory beside it")
    parser.add_argument("--threads", default="1,2")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=1, help="for a form of PyTorch's in a round, and as many to warm up")
    parser.add_argument("--forms", help="of PyTorch's in the first round, with commas; default: all")
    parser.add_argument("--long", action="store_true", help="three times as long for ours")
    args = parser.parse_args()
    threads = [int(n) for n in args.threads.split(",")]
    workers = {n: PyTorch(n, args.seconds) for n in threads}
    ours_times = {n: {} for n in threads}
    theirs = {n: {step: {} for step in pytorch_steps.STEPS} for n in threads}
    for number in range(args.rounds):
        for n in threads:
            for benchmark, times in ours(args, n).items():
                ours_times[n].setdefault(benchmark, []).append(times)
            for step, forms in theirs[n].items():
                named = args.forms.split(",") if args.forms else pytorch_steps.forms(step)
                first = [form for form in pytorch_steps.forms(step) if form in named]
                chosen = dict.fromkeys(["compiled", *fastest(forms)[:2]]) if number else first
                for form in chosen:
                    times = workers[n].measure(step, form)
                    if times:
                        forms.setdefault(form, []).append(times)
        print(f"round {number + 1} of {args.rounds} done", flush=True)
    for n in threads:
        sgemm = summary(ours_times[n]["1024 sgemm"])[0]
        print(f"sgemm on {n} thread{'s' if n > 1 else ''}: {4 * 2 * 1.024**3 / sgemm * 1e3:.1f} GFLOP/s")
    print_table(threads, ours_times, theirs)
    for worker in workers.values():
        worker.process.stdin.close()
        worker.process.wait()


if __name__ == "__main__":
    main()
