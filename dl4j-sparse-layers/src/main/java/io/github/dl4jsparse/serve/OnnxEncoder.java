package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.math.HostArrays;
import io.github.dl4jsparse.internal.nn.InputScale;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.EncoderValues;
import io.github.dl4jsparse.nn.lista.ListaConf;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.nn.lista.LocallyConnectedListaLayer;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The steps of an unrolled encoder with any combination of its five choices, one after the other.
 * <p>\[ v = z_k + \beta_k (z_k - z_{k-1}), \qquad z_{k+1} = \eta_{\theta_k}(u), \qquad z_0 = z_{-1} = 0, \quad k = 0 \dots K-1 \]
 * where u is one of the three forms of {@link EncoderValues}. The same weights in several steps are one constant.
 */
final class OnnxEncoder {
    private final ListaConf conf;
    private final EncoderValues values;
    private final OnnxWiring wiring;
    private final OnnxEncoderInput parts;
    /** Weights of the pixels, null for equal ones. */
    private final OnnxValue pixelWeights;
    /** The images in the wiring's order, divided by their scale and times the weights of their pixels. */
    private final OnnxValue x;

    private OnnxEncoder(ListaConf conf, Map<String, INDArray> params, OnnxWiring wiring, OnnxValue input) {
        this.conf = conf;
        this.values = new EncoderValues(conf, params);
        this.wiring = wiring;
        this.parts = OnnxEncoderInput.of(conf, wiring.images(input), InputScale.of(params));
        this.pixelWeights = parts.pixelWeights(values.usesDecoder() ? wiring.pixelWeights() : null);
        this.x = weighted(parts.images());
    }

    static OnnxValue dense(ListaLayer layer, Map<String, INDArray> params, OnnxValue input) {
        return new OnnxEncoder(layer, params, new OnnxDenseWiring(input.graph(), layer.getNOut()), input).output();
    }

    static OnnxValue convolutional(ConvolutionalListaLayer layer, Map<String, INDArray> params, OnnxValue input) {
        return new OnnxEncoder(layer, params, OnnxConvolutionalWiring.of(layer, input), input).output();
    }

    static OnnxValue local(LocallyConnectedListaLayer layer, Map<String, INDArray> params, OnnxValue input) {
        return new OnnxEncoder(layer, params, OnnxLocalWiring.of(layer, input), input).output();
    }

    private OnnxValue weighted(OnnxValue images) {
        return pixelWeights == null ? images : images.times(pixelWeights);
    }

    private OnnxValue output() {
        OnnxValue code = null;
        OnnxValue before = null;
        OnnxValue drive = null;
        for (int step = 0; step < values.steps(); step++) {
            if (values.hasDrive() && (step == 0 || conf.isUntied())) {
                drive = wiring.map(values.encoder(step)).toCode(x);
            }
            OnnxValue next = shrunk(step, step == 0 ? first(drive) : next(step, drive, point(step, code, before)));
            before = code;
            code = next;
        }
        INDArray gain = values.gain();
        return wiring.output(gain == null ? code : code.times(wiring.perUnit(HostArrays.doubles(gain))));
    }

    private OnnxValue first(OnnxValue drive) {
        return drive != null ? drive : wiring.map(values.encoder(0)).toCode(x.times(values.stepSize(0)));
    }

    /** v, or z where there is no momentum. */
    private OnnxValue point(int step, OnnxValue code, OnnxValue before) {
        double beta = values.momentum(step);
        if (beta == 0) {
            return code;
        }
        OnnxValue ahead = code.times(1 + beta);
        return before == null ? ahead : ahead.minus(before.times(beta));
    }

    /** u. */
    private OnnxValue next(int step, OnnxValue drive, OnnxValue point) {
        if (values.recurrent(step) != null) {
            return drive.plus(wiring.recurrent(values.recurrent(step)).apply(point));
        }
        OnnxMap decoder = wiring.map(values.decoder());
        OnnxValue image = weighted(decoder.toImage(point));
        double size = values.stepSize(step);
        return drive != null
                ? drive.plus(point).minus(decoder.toCode(image.times(size)))
                : point.plus(
                        wiring.map(values.encoder(step)).toCode(x.minus(image).times(size)));
    }

    private OnnxValue shrunk(int step, OnnxValue u) {
        OnnxCode code = new OnnxCode(
                u,
                wiring,
                values.shrunkUnits(),
                new OnnxThresholds(values.thresholds(step), values.noiseThresholds(step), parts.level()));
        OnnxValue shrunk = OnnxShrinkages.convert(conf.getShrinkage(), code);
        int passing = values.passing(step);
        return passing == 0
                ? shrunk
                : OnnxTopK.passing(code, shrunk, passing, conf.getShrinkage().isSigned());
    }
}
