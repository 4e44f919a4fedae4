package io.github.dl4jsparse.diagnostics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinwheelsTest {
    private static final int HEIGHT = 12;
    private static final int WIDTH = 17;

    /** The product of z - zero for every zero, conjugate for sign -1; linear interpolation is exact for one zero only. */
    private static OrientationField product(double[][] zeros) {
        double[] re = new double[HEIGHT * WIDTH];
        double[] im = new double[HEIGHT * WIDTH];
        for (int i = 0; i < re.length; i++) {
            re[i] = 1;
            for (double[] zero : zeros) {
                double x = i % WIDTH - zero[1];
                double y = zero[2] * (i / WIDTH - zero[0]);
                double next = re[i] * x - im[i] * y;
                im[i] = re[i] * y + im[i] * x;
                re[i] = next;
            }
        }
        return OrientationField.of(MapGrid.bordered(HEIGHT, WIDTH), re, im);
    }

    @Test
    void findsPlaceAndSignOfOneCentre() {
        for (int sign : new int[] {1, -1}) {
            Pinwheels found = Pinwheels.of(product(new double[][] {{4.3, 9.8, sign}}));
            assertEquals(1, found.count());
            assertEquals(4.3, found.centres().get(0).y(), 1e-9);
            assertEquals(9.8, found.centres().get(0).x(), 1e-9);
            assertEquals(sign, found.centres().get(0).sign());
            assertEquals(sign, found.totalCharge());
        }
    }

    @Test
    void findsEveryCentreOfAProduct() {
        double[][] zeros = {{2.4, 3.3, 1}, {2.6, 12.7, -1}, {8.5, 4.2, -1}, {7.7, 13.4, 1}, {5.1, 8.6, 1}};
        Pinwheels found = Pinwheels.of(product(zeros));
        assertEquals(5, found.count());
        assertEquals(3, found.positive());
        for (double[] zero : zeros) {
            assertTrue(
                    found.centres().stream()
                            .anyMatch(c -> c.sign() == zero[2] && Math.hypot(c.y() - zero[0], c.x() - zero[1]) < 0.25),
                    () -> zero[0] + ", " + zero[1] + " is missing in " + found.centres());
        }
    }

    /** sin(2 pi a x / w) + i sin(2 pi b y / h) vanishes in 4 a b points, half of them of each sign. */
    @Test
    void countsTheZerosOfWavesOnATorus() {
        double[] re = new double[HEIGHT * WIDTH];
        double[] im = new double[HEIGHT * WIDTH];
        for (int i = 0; i < re.length; i++) {
            re[i] = Math.sin(2 * Math.PI * 2 * (i % WIDTH + 0.3) / WIDTH);
            im[i] = Math.sin(2 * Math.PI * (i / WIDTH + 0.4) / HEIGHT);
        }
        Pinwheels found = Pinwheels.of(OrientationField.of(MapGrid.torus(HEIGHT, WIDTH), re, im));
        assertEquals(8, found.count());
        assertEquals(0, found.totalCharge());
        assertEquals(1, found.oppositeNeighbours());
        assertEquals(8 * 9.0 / (HEIGHT * WIDTH), found.density(3), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,9", "2,2", "2,7", "3,3", "16,16", "17,30"})
    void chargesOfATorusSumToZero(int height, int width) {
        MapGrid grid = MapGrid.torus(height, width);
        for (int seed = 0; seed < 50; seed++) {
            OrientationField field =
                    OrientationField.ofOrientations(grid, RandomFields.unrelated(grid.units(), 10 + seed));
            assertEquals(0, Pinwheels.of(field).totalCharge());
            assertEquals(0, Pinwheels.of(field.smoothed(0.8)).totalCharge());
        }
    }

    /** Where orientations are multiples of a quarter turn, differences of exactly half a turn of the field are common. */
    @Test
    void chargesOfATorusSumToZeroWhereDifferencesAreAmbiguous() {
        MapGrid grid = MapGrid.torus(9, 14);
        for (int seed = 0; seed < 50; seed++) {
            double[] orientations = RandomFields.unrelated(grid.units(), seed);
            for (int i = 0; i < orientations.length; i++) {
                orientations[i] = Math.floor(orientations[i] / Math.PI * 4) * Math.PI / 4;
            }
            assertEquals(
                    0,
                    Pinwheels.of(OrientationField.ofOrientations(grid, orientations))
                            .totalCharge());
        }
    }

    /** Eight draws as in the measurement of the law; theory: pi mean(k^2) / mean(k)^2. */
    @ParameterizedTest
    @CsvSource({"16,0.5,0.15", "8,0.5,0.3"})
    void ringSpectraHaveDensityPiAndOppositeNeighbours(double k0, double bandwidth, double error) {
        double density = 0;
        double opposite = 0;
        for (int draw = 0; draw < 8; draw++) {
            OrientationField field = RandomFields.ring(256, k0, bandwidth, 40 + draw);
            Pinwheels found = Pinwheels.of(field);
            ColumnSpacing spacing = ColumnSpacing.of(field, 99, 1);
            assertEquals(0, found.totalCharge());
            assertTrue(spacing.exists());
            assertEquals(256 / k0, spacing.spacing(), 0.03 * 256 / k0);
            density += found.density(spacing.spacing()) / 8;
            opposite += found.oppositeNeighbours() / 8;
        }
        assertEquals(Math.PI, density, error);
        assertEquals(0.8, opposite, 0.04);
    }

    /** The law of Gaussian random fields of any bandwidth: pi mean(k^2) / mean(k)^2, with the mean frequency for the spacing. */
    @ParameterizedTest
    @CsvSource({"16,0.5,0.1", "16,2,0.13", "16,4,0.13", "8,0.5,0.2"})
    void widerSpectraHaveMorePinwheels(double k0, double bandwidth, double error) {
        double power = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < 256 * 256; i++) {
            double k = Math.hypot(Math.IEEEremainder(i / 256, 256), Math.IEEEremainder(i % 256, 256));
            double weight = Math.exp(-(k - k0) * (k - k0) / (bandwidth * bandwidth));
            power += weight;
            first += weight * k;
            second += weight * k * k;
        }
        double mean = first / power;
        double density = 0;
        for (int draw = 0; draw < 8; draw++) {
            Pinwheels found = Pinwheels.of(RandomFields.ring(256, k0, bandwidth, 80 + draw));
            assertEquals(0, found.totalCharge());
            density += found.density(256 / mean) / 8;
        }
        assertEquals(Math.PI * second / power / (mean * mean), density, error);
    }

    @Test
    void aThirdOfUnrelatedSquaresIsCharged() {
        MapGrid grid = MapGrid.torus(120, 120);
        OrientationField field = OrientationField.ofOrientations(grid, RandomFields.unrelated(grid.units(), 3));
        assertEquals(1.0 / 3, (double) Pinwheels.of(field).count() / grid.units(), 0.015);
    }

    @Test
    void aMapOfOneRowOrOneValueHasNone() {
        MapGrid row = MapGrid.bordered(1, 30);
        Pinwheels none = Pinwheels.of(OrientationField.ofOrientations(row, RandomFields.unrelated(30, 5)));
        assertEquals(0, none.count());
        assertTrue(Double.isNaN(none.density(3)));
        assertTrue(Double.isNaN(none.oppositeNeighbours()));
        assertEquals(
                0,
                Pinwheels.of(OrientationField.ofOrientations(MapGrid.torus(4, 4), new double[16]))
                        .count());
    }
}
