package io.github.dl4jsparse.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class EnergyTraceTest {
    /** A row whose energy in a round is a number less than in the one before. */
    private record Falling(double start) implements RowSolver {
        @Override
        public void load(double[] codes, double[] correlations, int index, double squares) {}

        @Override
        public int solve() {
            return 0;
        }

        @Override
        public double certificate() {
            return 0;
        }

        @Override
        public double energy(int round) {
            return start - round;
        }

        @Override
        public void store(double[] codes, int index) {}
    }

    @Test
    void countsRowsThatEndedWithTheirLastEnergy() {
        EnergyTrace trace = new EnergyTrace();
        trace.add(new Falling(100), 3);
        trace.add(new Falling(50), 1);
        trace.add(new Falling(7), 0);
        assertArrayEquals(new double[] {157, 99 + 49 + 7, 98 + 49 + 7, 97 + 49 + 7}, trace.toArray());
    }

    @Test
    void addsTracesOfOtherLengths() {
        EnergyTrace whole = new EnergyTrace();
        EnergyTrace sum = new EnergyTrace();
        for (int rounds : new int[] {2, 40, 0, 1000}) {
            whole.add(new Falling(2000), rounds);
            EnergyTrace part = new EnergyTrace();
            part.add(new Falling(2000), rounds);
            sum.add(part);
        }
        assertArrayEquals(whole.toArray(), sum.toArray());
    }

    @Test
    void isZeroWithoutRows() {
        assertArrayEquals(new double[] {0}, new EnergyTrace().toArray());
    }
}
