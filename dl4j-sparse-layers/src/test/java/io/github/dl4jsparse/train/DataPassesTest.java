package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.testkit.Samples;
import org.deeplearning4j.datasets.iterator.utilty.SingletonMultiDataSetIterator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;

class DataPassesTest {
    /** One batch a pass, which is the number of the pass where it changes. */
    private static final class Numbered extends SingletonMultiDataSetIterator {
        private static final long serialVersionUID = 1;
        private final boolean changing;
        private int pass;

        Numbered(boolean changing) {
            super(new MultiDataSet(Samples.gaussian(3, 2, 3), Samples.gaussian(3, 2, 3)));
            this.changing = changing;
        }

        @Override
        public void reset() {
            super.reset();
            pass++;
        }

        @Override
        public MultiDataSet next() {
            INDArray x = Samples.gaussian(3, 2, 3);
            super.next();
            return new MultiDataSet(changing ? x.assign(pass) : x, x);
        }
    }

    private static double next(DataPasses data) {
        data.reset();
        double value = data.next().getFeatures(0).getDouble(0);
        assertTrue(!data.hasNext());
        return value;
    }

    @Test
    void countsPasses() {
        DataPasses data = new DataPasses(new Numbered(true));
        assertEquals(0, data.count());
        assertEquals(1, next(data));
        assertEquals(2, next(data));
        assertEquals(2, data.count());
    }

    @Test
    void skipsPassesThatDiffer() {
        for (int passes : new int[] {0, 1, 2, 5}) {
            DataPasses data = new DataPasses(new Numbered(true));
            data.skip(passes);
            assertEquals(passes, data.count());
            assertEquals(passes + 1, next(data));
        }
    }

    @Test
    void readsTwoPassesOfDataThatStayTheSame() {
        Numbered same = new Numbered(false);
        DataPasses data = new DataPasses(same);
        data.skip(1000);
        assertEquals(2, same.pass);
        assertEquals(1000, data.count());
    }
}
