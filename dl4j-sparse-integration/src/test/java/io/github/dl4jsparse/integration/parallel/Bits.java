package io.github.dl4jsparse.integration.parallel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The numbers of an array bit by bit: {@code INDArray.equals} takes numbers for equal that differ by a hundred-thousandth. */
record Bits(long... bits) {
    /** Of an array in c order, and so of its values and not of where they lie. */
    static Bits of(INDArray array) {
        return new Bits(Arrays.stream(array.dup('c').data().asDouble())
                .mapToLong(Double::doubleToRawLongBits)
                .toArray());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bits that && Arrays.equals(bits, that.bits);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bits);
    }

    @Override
    public String toString() {
        return bits.length + " numbers, hash " + Integer.toHexString(hashCode());
    }
}
