package io.github.dl4jsparse.examples.quickstart;

import io.github.dl4jsparse.energy.Energy;
import io.github.dl4jsparse.energy.RowPenalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.solver.Fista;
import io.github.dl4jsparse.solver.Solution;
import io.github.dl4jsparse.task.data.CsvFile;
import java.io.IOException;
import java.nio.file.Path;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonCreator;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A penalty of one's own, the elastic net {@code sum l1 |z_i| + l2 / 2 z_i^2} (Zou and Hastie 2005). Layers take it as solvers do:
 * {@code new ListaLayer.Builder().penalty(new OwnPenalty.ElasticNet(0.1, 0.5))}.
 */
public final class OwnPenalty {
    // spotless:off
    private OwnPenalty() {}

    /** The penalty of one code in plain numbers; batches, precision and saving come with {@link RowPenalty}. */
    public record ElasticNet(@JsonProperty("l1") double l1, @JsonProperty("l2") double l2) implements RowPenalty {
        @JsonCreator
        public ElasticNet {
            if (!(l1 >= 0 && l2 >= 0 && l1 + l2 < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("l1 and l2 must be finite and >= 0, got " + l1 + " and " + l2);
            }
        }
        @Override
        public double valueOf(double[] code) {
            double sum = 0;
            for (double z : code) sum += l1 * Math.abs(z) + l2 / 2 * z * z;
            return sum;
        }
        @Override
        public void gradientOf(double[] code, double[] gradient) {
            for (int i = 0; i < code.length; i++) gradient[i] = l1 * Math.signum(code[i]) + l2 * code[i];
        }
        @Override
        public void hessianProductOf(double[] code, double[] direction, double[] result) {
            for (int i = 0; i < code.length; i++) result[i] = l2 * direction[i];
        }
        @Override
        public void proxOf(double[] code, double step) {        // the minimiser of 1/2 (z - v)^2 + step penalty(z)
            for (int i = 0; i < code.length; i++) code[i] = soft(code[i], step * l1) / (1 + step * l2);
        }
        @Override
        public void proxOfKinks(double[] code, double[] point) { // |z| has its kink at 0
            for (int i = 0; i < code.length; i++) point[i] = code[i] == 0 ? soft(point[i], l1) : point[i];
        }
        private static double soft(double v, double threshold) {
            return Math.abs(v) <= threshold ? 0 : v - Math.signum(v) * threshold;
        }
    }

    /** @param args the digits as CSV: 64 pixels, then the class */
    public static void main(String[] args) throws IOException {
        INDArray pixels = CsvFile.of(Path.of(args[0])).label("65").read().features();
        INDArray atoms = pixels.get(NDArrayIndex.interval(0, 200), NDArrayIndex.all()).transpose().dup();
        atoms.diviRowVector(atoms.norm2(0));
        INDArray inputs = pixels.get(NDArrayIndex.interval(200, 300), NDArrayIndex.all());
        for (double l2 : new double[] {0, 1, 10}) {
            Solution solution = new Fista(2000, 1e-4).solve(new Energy(new DenseOperator(atoms), new ElasticNet(5, l2)), inputs);
            System.out.printf("l2 %4.1f: %5.1f of %d atoms active, largest entry %5.1f, %s%n", l2,
                    solution.code().neq(0).castTo(pixels.dataType()).sum(1).meanNumber().doubleValue(), atoms.size(1),
                    solution.code().amaxNumber().doubleValue(), solution.converged() ? "converged" : "not converged");
        }
    }
    // spotless:on
}
