package io.github.dl4jsparse.task;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.Norms;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalDecoderLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ThresholdSchedule;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * The network of an unrolled restoration: K steps of convolutional sparse coding of the known pixels of an image, and
 * the reconstruction from the code.
 * <p>\[ z_{k+1} = \eta_{t_{0,k} + t_{1,k} \sigma}\!\left( z_k + W_k^{\top} M (y - D z_k) \right), \quad z_0 = 0, \qquad
 * \hat x = D' z_K, \qquad L = \lVert \hat x - x \rVert_2^2 \]
 * where y is the degraded image without its mean, M its mask, sigma its noise level, x the image without noise. At the start the
 * filters of all steps are those of one random dictionary, so that the steps are ISTA's.
 * <p>Shapes: input {@code [batch, 3, height, width]}, channels image, mask, level; output {@code [batch, 1, height, width]}, with
 * height and width multiples of the stride.
 * <p>Reference: Janjusevic, Khalilian-Gourtani and Wang, CDLNet: noise-adaptive convolutional dictionary learning network for blind
 * denoising and demosaicing, IEEE Open Journal of Signal Processing 2022. There each step has a decoder D of its own.
 */
final class UnrolledNetwork {
    static final int CHANNELS = 3;
    private static final double START_THRESHOLD = 0.005;
    private static final int TYPICAL_PLACES = 24;

    private UnrolledNetwork() {}

    static MultiLayerNetwork create(UnrolledSettings s, double learningRate, long seed) {
        int typical = TYPICAL_PLACES * s.stride();
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(seed)
                .updater(new Adam(learningRate))
                .list()
                .layer(encoder(s))
                .layer(new ConvolutionalDecoderLayer.Builder(s.kernel(), s.kernel())
                        .stride(s.stride(), s.stride())
                        .nOut(1)
                        .name("image")
                        .build())
                .layer(new CnnLossLayer.Builder(LossFunction.MSE)
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.convolutional(typical, typical, CHANNELS))
                .build());
        net.init();
        Layer encoder = net.getLayer(0);
        INDArray decoder = encoder.getParam(ListaConf.DECODER);
        // filters of encoder and decoder of one size, so that one learning rate suits both; the largest eigenvalue is
        // then 1
        double step = Norms.of(encoder.getParam(ListaConf.ENCODER)) / Norms.of(decoder) / Math.sqrt(s.steps());
        ((UnsupervisedLayer) encoder).startFrom(decoder.mul(Math.sqrt(step)));
        encoder.getParam(ListaConf.THRESHOLD).assign(START_THRESHOLD * Math.sqrt(step));
        encoder.getParam(ListaConf.NOISE).assign(Math.sqrt(step));
        net.getLayer(1).setParam(ConvolutionalDecoderLayer.DICTIONARY, decoder);
        return net;
    }

    private static ConvolutionalListaLayer encoder(UnrolledSettings s) {
        return new ConvolutionalListaLayer.Builder(s.kernel(), s.kernel())
                .stride(s.stride(), s.stride())
                .nOut(s.filters())
                .iterations(s.steps())
                .coupling(Coupling.learned())
                .untied(true)
                .shrinkage(Shrinkage.SOFT)
                .penalty(new L1Penalty(START_THRESHOLD))
                .pixelMask(true)
                .thresholds(ThresholdSchedule.byNoise())
                .decoderNorm(Double.POSITIVE_INFINITY)
                .weightBorder(false)
                .inputGradient(false)
                .name("code")
                .build();
    }
}
