package io.github.dl4jsparse.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrices that NumPy calculated: src/test/oracles/data.py wrote them. */
final class Oracle {
    private Oracle() {}

    static INDArray read(String name) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Oracle.class.getResourceAsStream(name + ".csv"), name),
                StandardCharsets.US_ASCII))) {
            double[][] rows = lines.lines()
                    .map(line -> Arrays.stream(line.split(","))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .toArray(double[][]::new);
            return Nd4j.createFromArray(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
