package io.github.dl4jsparse.task;

import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import java.util.Arrays;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Restores by a trained {@link UnrolledNetwork}. Planes are padded by reflection, so that their sides are multiples of
 * the stride and pixels at the border are coded as those inside.
 */
record UnrolledRestoration(MultiLayerNetwork net) implements Restoration {
    static final String KIND = "unrolled";

    private ConvolutionalListaLayer encoder() {
        return (ConvolutionalListaLayer) net.getLayer(0).conf().getLayer();
    }

    @Override
    public void describe(RestorerFile.Saved saved) {
        saved.kind = KIND;
    }

    @Override
    public int reach() {
        return encoder().getIterations() * (encoder().getKernelSize()[0] - 1) / 2;
    }

    @Override
    public INDArray restore(INDArray planes, INDArray mask, double sigma) {
        int height = Math.toIntExact(planes.size(2));
        int width = Math.toIntExact(planes.size(3));
        float[] known = mask == null ? null : values(mask);
        MirrorBorder border = new MirrorBorder(
                height, width, encoder().getKernelSize()[0], encoder().getStride()[0]);
        int count = Math.toIntExact(planes.size(0));
        INDArray restored = Nd4j.createUninitialized(DataType.FLOAT, planes.shape(), 'c');
        for (int n = 0; n < count; n++) {
            float[] plane = values(planes.slice(n));
            float mean = CentredPlane.mean(plane, known);
            float[] centred = CentredPlane.of(plane, known, mean);
            float[] all = new float[UnrolledNetwork.CHANNELS * border.pixels()];
            border.write(centred, all, 0);
            if (known == null) {
                Arrays.fill(all, border.pixels(), 2 * border.pixels(), 1);
            } else {
                border.write(known, all, border.pixels());
            }
            Arrays.fill(all, 2 * border.pixels(), all.length, (float) sigma);
            INDArray output = net.output(Nd4j.createFromArray(all)
                    .reshape('c', 1, UnrolledNetwork.CHANNELS, border.outerHeight(), border.outerWidth()));
            restored.slice(n)
                    .assign(Nd4j.createFromArray(border.inside(values(output), mean))
                            .reshape('c', 1, height, width));
        }
        return restored;
    }

    private static float[] values(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }
}
