#!/usr/bin/env python3
"""Times PyTorch's form of the steps that `benchmarks.jar` times. Needs torch alone; prints one line of JSON for each time.

    pip install torch
    python benchmarks/pytorch_steps.py --threads 1
    python benchmarks/pytorch_steps.py --threads 2 --steps joint,inference --forms eager,compiled

The recurrence is z <- relu(E x + S z - b); the convolutional one goes through the decoder, S z = z - D'(D z). Gradients are
autograd's, the update is SGD. Forms: eager and compiled; for images also channels_last, without oneDNN (MKLDNN), with a
convolution by flipped filters in place of the transposed one, and with products of unfolded patches in place of both.
"""
import argparse
import json
import statistics
import sys
import time
import warnings

warnings.filterwarnings("ignore", category=UserWarning)  # of numpy, which is not needed, and of settings of GPUs

import torch
import torch.nn.functional as F


class Dense(torch.nn.Module):
    """LISTA with a shared S, a decoder and a classifier: reconstruction, L1 norm and classification in one loss."""

    def __init__(self, inputs, units, steps):
        super().__init__()
        self.steps = steps
        self.E = torch.nn.Parameter(0.1 * torch.randn(units, inputs))
        self.S = torch.nn.Parameter(0.01 * torch.randn(units, units))
        self.b = torch.nn.Parameter(0.01 * torch.ones(units))
        self.D = torch.nn.Parameter(F.normalize(torch.randn(inputs, units), dim=0))
        self.C = torch.nn.Parameter(0.1 * torch.randn(10, units))

    def forward(self, x, labels):
        drive = F.linear(x, self.E, -self.b)
        z = F.relu(drive)
        for _ in range(self.steps - 1):
            z = F.relu(torch.addmm(drive, z, self.S.t()))
        residual = F.linear(z, self.D) - x
        unsupervised = 0.5 * residual.square().sum() + 0.018 * z.sum()
        logits = F.linear(F.normalize(z, dim=1), self.C)
        return (5 * unsupervised + F.cross_entropy(logits, labels, reduction="sum")) / x.shape[0]


class Convolutional(torch.nn.Module):
    """Convolutional LISTA through its decoder, trained on reconstruction and L1 norm."""

    def __init__(self, units, side, steps, form):
        super().__init__()
        self.steps, self.side = steps, side
        self.unfolded, self.flipped = "unfold" in form, "flipped" in form
        self.E = torch.nn.Parameter(0.02 * torch.randn(units, 1, side, side))
        self.D = torch.nn.Parameter(0.02 * torch.randn(units, 1, side, side))
        self.b = torch.nn.Parameter(0.01 * torch.ones(units))

    def encode(self, x, filters):
        if self.unfolded:
            codes = filters.flatten(1) @ F.unfold(x, self.side, padding=self.side // 2)
            return codes.unflatten(2, x.shape[2:])
        return F.conv2d(x, filters, padding=self.side // 2)

    def decode(self, z):
        if self.unfolded:
            patches = self.D.flatten(1).t() @ z.flatten(2)
            return F.fold(patches, z.shape[2:], self.side, padding=self.side // 2)
        if self.flipped:
            return F.conv2d(z, self.D.flip(2, 3).transpose(0, 1), padding=self.side // 2)
        return F.conv_transpose2d(z, self.D, padding=self.side // 2)

    def code(self, x):
        drive = self.encode(x, self.E) - self.b[:, None, None]
        z = F.relu(drive)
        for _ in range(self.steps - 1):
            z = F.relu(drive + z - self.encode(self.decode(z), self.D))
        return z

    def forward(self, x):
        z = self.code(x)
        return (0.5 * (self.decode(z) - x).square().sum() + 0.1 * z.sum()) / x.shape[0]


def training(model, loss, *data):
    """One step of SGD, with the columns of a dense decoder held to norm 1 at most."""
    optimizer = torch.optim.SGD(model.parameters(), lr=1e-4, fused=True)

    def step():
        optimizer.zero_grad()
        loss(*data).backward()
        optimizer.step()
        if isinstance(model, Dense):
            with torch.no_grad():
                model.D.div_(model.D.norm(dim=0).clamp(min=1))

    return step


def dense(batch, inputs, units, steps):
    def make(form):
        model = Dense(inputs, units, steps)
        loss = torch.compile(model) if "compiled" in form else model
        return training(model, loss, F.normalize(torch.rand(batch, inputs), dim=1), torch.arange(batch) % 10)

    return make


def convolutional(train, batch=32, side=28, units=64, kernel=7, steps=4):
    def make(form):
        model = Convolutional(units, kernel, steps, form)
        x = torch.rand(batch, 1, side, side)
        if "channels_last" in form:
            model, x = (v.to(memory_format=torch.channels_last) for v in (model, x))
        work = model if train else model.code
        work = torch.compile(work) if "compiled" in form else work
        if train:
            return training(model, work, x)
        return torch.inference_mode()(lambda: work(x))

    return make


# each with the benchmark of benchmarks.jar that does the same
STEPS = {
    "joint": ("128x784x400x11 jointStep", dense(128, 784, 400, 11)),
    "wide": ("256x256x1024x5 jointStep", dense(256, 256, 1024, 5)),
    "convolution": ("convolution 32x28x1x64x7x4 unsupervisedStep", convolutional(True)),
    "inference": ("convolution 32x28x1x64x7x4 inference", convolutional(False)),
}
DENSE_FORMS = ["eager", "compiled"]
IMAGE_FORMS = [
    f"{form}{decoder}{layout}{dnn}"
    for form in DENSE_FORMS
    for decoder in ("", " flipped")
    for layout in ("", " channels_last")
    for dnn in ("", " nomkldnn")
] + [f"{form} unfold" for form in DENSE_FORMS]


def forms(step):
    return DENSE_FORMS if step in ("joint", "wide") else IMAGE_FORMS


def measure(step, form, seconds):
    """Milliseconds of single calls, after two calls and as long again to warm up."""
    with torch.backends.mkldnn.flags(enabled="nomkldnn" not in form):
        torch.manual_seed(1)
        key = (step, form)
        if key not in CALLS:
            CALLS[key] = STEPS[step][1](form)
            CALLS[key]()
        call = CALLS[key]
        call()
        for times in ([], []):
            end = time.perf_counter() + seconds
            while time.perf_counter() < end or len(times) < 3:
                start = time.perf_counter()
                call()
                times.append(1000 * (time.perf_counter() - start))
    return times


CALLS = {}


def report(step, form, seconds):
    result = {"step": step, "benchmark": STEPS[step][0], "form": form, "threads": torch.get_num_threads()}
    try:
        times = measure(step, form, seconds)
        result.update(median=round(statistics.median(times), 3), min=round(min(times), 3), calls=len(times))
    except Exception as e:  # a form that this version of PyTorch can't compile is no reason to stop
        result["error"] = f"{type(e).__name__}: {e}".splitlines()[0]
    print(json.dumps(result), flush=True)


def main():
    parser = argparse.ArgumentParser(description="Times PyTorch's form of the steps of dl4j-sparse-layers.")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    parser.add_argument("--steps", default=",".join(STEPS), help="of " + ", ".join(STEPS))
    parser.add_argument("--forms", default=None, help="of " + ", ".join(IMAGE_FORMS) + "; default: all")
    parser.add_argument("--seconds", type=float, default=2, help="of measuring, and as many before it")
    parser.add_argument("--follow", action="store_true", help="measures what lines of standard input name: STEP FORM")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    if args.follow:
        for line in sys.stdin:
            step, form = line.strip().split(" ", 1)
            report(step, form, args.seconds)
        return
    for step in args.steps.split(","):
        for form in args.forms.split(",") if args.forms else forms(step):
            report(step, form, args.seconds)


if __name__ == "__main__":
    main()
