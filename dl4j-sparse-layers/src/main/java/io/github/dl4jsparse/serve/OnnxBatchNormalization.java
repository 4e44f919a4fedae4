package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import io.github.dl4jsparse.internal.math.HostArrays;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's batch normalisation as it is after training: \( y = s x + t \) with \( s = \gamma / \sqrt{\sigma^2 + \epsilon} \)
 * and \( t = \beta - s \mu \) for each channel.
 */
final class OnnxBatchNormalization {
    private OnnxBatchNormalization() {}

    static OnnxValue convert(BatchNormalization layer, Map<String, INDArray> params, OnnxValue x) {
        if (layer.isLockGammaBeta() && (layer.getGamma() != 1 || layer.getBeta() != 0)) {
            throw Args.failure(
                    "locked gamma and beta",
                    "1 and 0, as DL4J ignores others for some inputs",
                    layer.getGamma() + " and " + layer.getBeta());
        }
        double[] mean = HostArrays.doubles(params.get(BatchNormalizationParamInitializer.GLOBAL_MEAN));
        double[] scale = new double[mean.length];
        double[] shift = new double[mean.length];
        INDArray variance = params.get(BatchNormalizationParamInitializer.GLOBAL_VAR);
        double[] gamma = numbers(params.get(BatchNormalizationParamInitializer.GAMMA));
        double[] beta = numbers(params.get(BatchNormalizationParamInitializer.BETA));
        for (int i = 0; i < mean.length; i++) {
            double ofChannel = variance != null
                    ? variance.getDouble(i)
                    : Math.pow(
                            10,
                            2
                                    * params.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD)
                                            .getDouble(i));
            scale[i] = (gamma == null ? 1 : gamma[i]) / Math.sqrt(ofChannel + layer.getEps());
            shift[i] = (beta == null ? 0 : beta[i]) - scale[i] * mean[i];
        }
        long[] shape = {mean.length};
        if (x.rank() == 4 && layer.getCnn2DFormat() != CNN2DFormat.NHWC) {
            shape = new long[] {mean.length, 1, 1};
        } else if (x.rank() == 3) {
            throw Args.failure("input of batch normalisation", "of rank 2 or 4", "sequences");
        }
        return x.times(x.graph().constant(scale, shape)).plus(x.graph().constant(shift, shape));
    }

    private static double[] numbers(INDArray values) {
        return values == null ? null : HostArrays.doubles(values);
    }
}
