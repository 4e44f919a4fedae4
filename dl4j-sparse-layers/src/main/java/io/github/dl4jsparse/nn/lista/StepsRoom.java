package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.nn.common.Workspaces;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Room for the arrays of the unrolled steps that training passes use one after the other: as long as batches have the same
 * size, neither the stack nor its views are made anew, which for a small batch takes as long as the shrinkage.
 * <p>Outside of any workspace. Not for arrays that leave the layer.
 */
final class StepsRoom {
    private Steps steps;

    /**
     * Room for {@code kept} steps; what it holds is left over from the last pass.
     *
     * @return the same arrays as long as it is called with the same numbers
     */
    Steps of(DataType type, int kept, long batch, long nCode) {
        boolean fits = steps != null
                && steps.each().length == kept
                && steps.all().dataType() == type
                && steps.all().size(0) == kept * batch
                && steps.all().size(1) == nCode;
        if (!fits) {
            steps = Workspaces.outside(() -> Steps.of(Nd4j.createUninitialized(type, kept * batch, nCode), batch));
        }
        return steps;
    }
}
