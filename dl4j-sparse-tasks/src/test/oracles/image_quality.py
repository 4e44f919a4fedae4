#!/usr/bin/env python3
"""PSNR and SSIM of two images as scikit-image computes them, and its estimate of noise: the numbers in ImageQualityTest.

    pip install scikit-image
    python image_quality.py
"""
import numpy as np
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

channels, height, width = 2, 23, 31
c, i, j = np.meshgrid(np.arange(channels), np.arange(height), np.arange(width), indexing="ij")
reference = 0.5 + 0.4 * np.sin(0.3 * i + 0.02 * j * j + c)
image = reference + 0.07 * np.cos(1.7 * i - 0.9 * j + 2 * c)
print("psnr", repr(float(peak_signal_noise_ratio(reference, image, data_range=1))))
print("ssim", repr(float(structural_similarity(reference, image, data_range=1, channel_axis=0))))
print("ssim of channel 0", repr(float(structural_similarity(reference[0], image[0], data_range=1))))
