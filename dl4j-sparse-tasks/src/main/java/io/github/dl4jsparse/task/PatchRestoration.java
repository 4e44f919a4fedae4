package io.github.dl4jsparse.task;

import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.task.data.PatchAverage;
import io.github.dl4jsparse.task.data.PatchBorder;
import io.github.dl4jsparse.task.data.PatchGrid;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Restores by sparse codes of overlapping patches in a dictionary: each patch without the mean of its known pixels is reconstructed by
 * a {@link PatchCoder}, and the reconstructions are averaged. Images without noise are coded as if they had a level of 2/255, so that
 * codes stay sparse.
 *
 * @param net       one {@link SparseCodingLayer}, whose dictionary is used
 * @param patch     side of a patch
 * @param stride    pixels between patches
 * @param tolerance of the coder
 */
record PatchRestoration(MultiLayerNetwork net, int patch, int stride, double tolerance) implements Restoration {
    static final String KIND = "dictionary";
    private static final double LEAST_NOISE = 2 / 255.0;
    private static final int PATCHES_AT_A_TIME = 8192;

    @Override
    public void describe(RestorerFile.Saved saved) {
        saved.kind = KIND;
        saved.patch = patch;
        saved.stride = stride;
        saved.tolerance = tolerance;
    }

    @Override
    public int reach() {
        return patch - 1;
    }

    @Override
    public INDArray restore(INDArray planes, INDArray mask, double sigma) {
        int height = Math.toIntExact(planes.size(2));
        int width = Math.toIntExact(planes.size(3));
        PatchGrid grid = new PatchGrid(1, height, width, patch, patch, stride, stride, PatchBorder.COVER);
        PatchCoder coder = new PatchCoder(net.getLayer(0).getParam(SparseCodingLayer.DICTIONARY), tolerance);
        INDArray restored = Nd4j.createUninitialized(DataType.FLOAT, planes.shape(), 'c');
        for (int n = 0; n < planes.size(0); n++) {
            PatchAverage average = new PatchAverage(grid);
            for (int first = 0; first < grid.count(); first += PATCHES_AT_A_TIME) {
                int count = Math.min(PATCHES_AT_A_TIME, grid.count() - first);
                INDArray patches = grid.patches(planes.slice(n), first, count);
                INDArray known = mask == null ? null : grid.patches(mask.slice(0), first, count);
                average.add(first, restored(patches, known, coder, Math.max(sigma, LEAST_NOISE)));
            }
            restored.slice(n).assign(average.image());
        }
        return restored;
    }

    private static INDArray restored(INDArray patches, INDArray known, PatchCoder coder, double sigma) {
        INDArray means;
        if (known == null) {
            means = patches.mean(true, 1);
            patches.subiColumnVector(means);
        } else {
            INDArray counts = known.sum(true, 1);
            means = patches.mul(known).sum(true, 1).divi(counts.addi(1e-6));
            patches.subiColumnVector(means).muli(known);
        }
        return coder.reconstruct(patches, known, sigma).addiColumnVector(means);
    }
}
