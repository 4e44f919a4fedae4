package io.github.dl4jsparse.nn.lista;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.operator.DenseOperator;
import io.github.dl4jsparse.operator.LinearOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PassBuffersTest {
    private static final Wiring WIRING = new Wiring() {
        @Override
        public LinearOperator encoder(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public LinearOperator decoder(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public LinearOperator recurrent(INDArray weights) {
            return new DenseOperator(weights);
        }

        @Override
        public long[] codeShape(long batch) {
            return new long[] {batch, 5};
        }
    };

    private static ListaConf conf(Coupling coupling) {
        return new ListaLayer.Builder()
                .nIn(4)
                .nOut(5)
                .iterations(3)
                .coupling(coupling)
                .penalty(new L1Penalty(0.1))
                .build();
    }

    private static PassBuffers buffers(PassBuffers kept, Coupling coupling, DataType type, long batch) {
        return PassBuffers.of(kept, conf(coupling), WIRING, type, batch, 4);
    }

    @Test
    void batchesOfOneSizeUseTheSameArrays() {
        PassBuffers first = buffers(null, Coupling.free(), DataType.FLOAT, 130);
        assertSame(first, buffers(first, Coupling.free(), DataType.FLOAT, 130));
        assertNotSame(first, buffers(first, Coupling.free(), DataType.FLOAT, 129));
        assertNotSame(first, buffers(first, Coupling.free(), DataType.DOUBLE, 130));
    }

    @Test
    void blocksHaveTheirOwnRows() {
        PassBuffers buffers = buffers(null, Coupling.dictionary(), DataType.DOUBLE, 131);
        assertEquals(2, buffers.blocks().count());
        buffers.code().assign(0);
        buffers.rows(buffers.code(), 1).assign(1);
        assertEquals(66 * 5, buffers.code().sumNumber().intValue());
        BlockBuffers block = buffers.each().get(1);
        assertArrayEquals(new long[] {66, 5}, block.codes().step(2).shape());
        assertArrayEquals(new long[] {2 * 66, 5}, block.codes().stack().shape());
        assertArrayEquals(new long[] {2 * 66, 4}, block.images().stack().shape());
        block.deltas().step(1).assign(7);
        assertEquals(7, block.deltas().stack().getDouble(0, 0));
    }

    @Test
    void freeStepsNeedNoImages() {
        assertNull(
                buffers(null, Coupling.free(), DataType.FLOAT, 10).each().get(0).images());
    }
}
