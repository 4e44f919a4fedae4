package io.github.dl4jsparse.diagnostics;

import java.util.Random;

/** Fields of orientations whose statistics are known. */
final class RandomFields {
    private RandomFields() {}

    /** A complex Gaussian field whose spectrum is a ring of cycles about {@code k0}, with a Gaussian profile of amplitude. */
    static OrientationField ring(int side, double k0, double bandwidth, long seed) {
        Random random = new Random(seed);
        double[] re = new double[side * side];
        double[] im = new double[side * side];
        for (int i = 0; i < re.length; i++) {
            double fy = Math.IEEEremainder(i / side, side);
            double fx = Math.IEEEremainder(i % side, side);
            double away = (Math.hypot(fy, fx) - k0) / bandwidth;
            double amplitude = side * Math.exp(-away * away / 2);
            re[i] = amplitude * random.nextGaussian();
            im[i] = amplitude * random.nextGaussian();
        }
        Fourier.inverse(re, im, side, side);
        return OrientationField.of(MapGrid.torus(side, side), re, im);
    }

    /** Independent orientations, each as likely as any other. */
    static double[] unrelated(int units, long seed) {
        return new Random(seed).doubles(units, 0, Math.PI).toArray();
    }
}
