#!/usr/bin/env python3
"""Restores the noisy images of a run of `sparse.jar restore --add-noise X --write-noisy` by scikit-image and scikit-learn.

    pip install scikit-image scikit-learn
    java -jar dl4j-sparse-examples/target/sparse.jar restore IMAGES --add-noise 25 --restorer restorer.zip --write-noisy --out run
    python benchmarks/restoration_baselines.py --images IMAGES --run run --methods nlm,dictionary

Every method is given the same noise, from NAME-degraded.npy, and the same clean image for the PSNR; results are cut to 0 to 1, as
ours are. Settings are those of the documentation of each program, none is chosen on the images:
- nlm: scikit-image's non-local means, patches of 5 x 5 in windows of 13 x 13, h = 0.8 sigma, sigma given (its example's settings
  with the noise level known, fast mode off);
- dictionary: scikit-learn's example "Image denoising using dictionary learning": 7 x 7 patches, MiniBatchDictionaryLearning with 50
  components on the patches of the noisy image itself, each with its mean removed and divided by its deviation, orthogonal matching
  pursuit with 2 atoms, overlapping patches averaged. The example learns on a clean part of the image, which is not there.
Prints a row for each image and the means, beside ours from the run's result.json, and writes them as JSON.
"""
import argparse
import json
import pathlib
import time

import numpy as np
from skimage.io import imread
from skimage.restoration import denoise_nl_means


def psnr(image, clean):
    return float(-10 * np.log10(np.mean((np.clip(image, 0, 1) - clean) ** 2)))


def nlm(noisy, sigma):
    return denoise_nl_means(noisy, patch_size=5, patch_distance=6, h=0.8 * sigma, sigma=sigma, fast_mode=False)


def dictionary(noisy, sigma):
    from sklearn.decomposition import MiniBatchDictionaryLearning
    from sklearn.feature_extraction.image import extract_patches_2d, reconstruct_from_patches_2d

    side = (7, 7)
    patches = extract_patches_2d(noisy, side).reshape(-1, 49)
    mean = patches.mean(axis=1, keepdims=True)
    rng = np.random.default_rng(0)
    sample = patches[rng.choice(len(patches), min(len(patches), 40000), replace=False)]
    sample = sample - sample.mean(axis=0)
    sample = sample / sample.std(axis=0)
    learner = MiniBatchDictionaryLearning(n_components=50, batch_size=200, alpha=1.0, max_iter=10, random_state=0)
    atoms = learner.fit(sample).components_
    learner.set_params(transform_algorithm="omp", transform_n_nonzero_coefs=2)
    restored = np.empty_like(patches)
    for first in range(0, len(patches), 50000):
        part = patches[first : first + 50000] - mean[first : first + 50000]
        restored[first : first + 50000] = learner.transform(part) @ atoms + mean[first : first + 50000]
    return reconstruct_from_patches_2d(restored.reshape(-1, *side), noisy.shape)


METHODS = {"nlm": nlm, "dictionary": dictionary}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--images", required=True, type=pathlib.Path, help="folder of the clean images, gray PNG")
    parser.add_argument("--run", required=True, type=pathlib.Path, help="directory of the run's results")
    parser.add_argument("--methods", default="nlm,dictionary")
    parser.add_argument("--out", type=pathlib.Path, help="JSON file (default: baselines.json in the run's directory)")
    args = parser.parse_args()
    result = json.loads((args.run / "result.json").read_text())
    sigma = result["settings"]["addedNoise"] / 255
    rows = []
    for ours in result["images"]:
        clean = imread(args.images / ours["name"], as_gray=True)
        clean = clean / 255.0 if clean.dtype == np.uint8 else clean
        noisy = np.load(args.run / (pathlib.PurePath(ours["name"]).stem + "-degraded.npy")).astype(np.float64)[0, 0]
        row = {"name": ours["name"], "noisy": psnr_of(noisy, clean), "ours": ours["psnr"]}
        for name in args.methods.split(","):
            start = time.perf_counter()
            row[name] = psnr(METHODS[name](noisy, sigma), clean)
            row[name + " seconds"] = time.perf_counter() - start
        rows.append(row)
        print("  ".join(f"{k} {v:.2f}" if isinstance(v, float) else str(v) for k, v in row.items()), flush=True)
    means = {k: float(np.mean([row[k] for row in rows])) for k in rows[0] if k != "name"}
    print("mean  " + "  ".join(f"{k} {v:.2f}" for k, v in means.items()))
    out = args.out or args.run / "baselines.json"
    out.write_text(json.dumps({"sigma": sigma * 255, "images": rows, "mean": means}, indent=2) + "\n")


def psnr_of(noisy, clean):
    return float(-10 * np.log10(np.mean((noisy - clean) ** 2)))


if __name__ == "__main__":
    main()
