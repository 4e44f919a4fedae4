#!/usr/bin/python3
"""Expected values for the tests of package data, from NumPy alone and by other ways than the library's.

Writes to ../resources/io/github/dl4jsparse/data; run it in this folder. Written with NumPy 1.24.2.
"""
import numpy as np

OUT = "../resources/io/github/dl4jsparse/data/"
random = np.random.default_rng(5)


def save(name, array):
    np.savetxt(OUT + name + ".csv", array, fmt="%.17g", delimiter=",")


def zca():
    """40 examples of 6 correlated values, epsilon 0.05 of the mean eigenvalue; by the singular values of the data."""
    x = random.normal(size=(40, 6)) @ random.normal(size=(6, 6)) + 3
    centred = x - x.mean(0)
    _, s, v = np.linalg.svd(centred, full_matrices=False)
    eigenvalues = s ** 2 / len(x)
    w = v.T @ np.diag((eigenvalues + 0.05 * eigenvalues.mean()) ** -0.5) @ v
    save("zca-input", x)
    save("zca-output", centred @ w.T)


def lcn(window=5, deviation=1.3):
    """Two images of two channels, 7 x 6, pixel by pixel with the two-dimensional window; a row is a channel."""
    x = random.uniform(size=(2, 2, 7, 6))
    h, w = x.shape[2:]
    r = window // 2

    def smooth(image):
        result = np.zeros((h, w))
        for i in range(h):
            for j in range(w):
                total = weights = 0.0
                for p in range(max(0, i - r), min(h, i + r + 1)):
                    for q in range(max(0, j - r), min(w, j + r + 1)):
                        g = np.exp(-((p - i) ** 2 + (q - j) ** 2) / (2 * deviation ** 2))
                        total += g * image[:, p, q].mean()
                        weights += g
                result[i, j] = total / weights
        return result

    y = np.zeros_like(x)
    for n in range(len(x)):
        v = x[n] - smooth(x[n])
        sigma = np.sqrt(smooth(v ** 2))
        y[n] = v / np.maximum(sigma.mean(), sigma)
    save("lcn-input", x.reshape(4, -1))
    save("lcn-output", y.reshape(4, -1))


def frequency(cutoff=0.4):
    """An image of 7 x 10, by the Fourier transform of the image and its three mirror images."""
    x = np.cumsum(np.cumsum(random.normal(size=(7, 10)), 0), 1) + 2
    mirrored = np.block([[x, x[:, ::-1]], [x[::-1], x[::-1, ::-1]]])
    f = np.hypot(np.fft.fftfreq(14)[:, None], np.fft.fftfreq(20)[None])
    y = np.fft.ifft2(np.fft.fft2(mirrored) * f * np.exp(-(f / cutoff) ** 4)).real[:7, :10]
    save("frequency-input", x)
    save("frequency-output", (y - y.mean()) / y.std())


zca()
lcn()
frequency()
