package io.github.dl4jsparse.nn.lista;

import io.github.dl4jsparse.math.Rows;
import io.github.dl4jsparse.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The encoder for batches of one size, without what a gradient needs, with the arrays that all of them use: \[ z = g \odot z_K \]
 * where g is the gain, if the layer has one.
 * <p>Shapes: images {@code [examples, numbers of an image]}, codes {@code [rows, nCode]}.
 */
final class InferencePass {
    private final UnrolledEncoder encoder;
    private final INDArray gain;
    private final INDArray code;
    private final INDArray other;
    private final INDArray drive;
    private final INDArray scratch;
    private final boolean direct;

    /**
     * @param examples of a batch
     * @param numbers  of an image
     * @param direct   whether codes are written where they are wanted, because their order there is the layer's
     */
    InferencePass(WiredWeights wired, long examples, long numbers, boolean direct) {
        this.encoder = wired.encoder(() -> Nd4j.createUninitialized(wired.dataType(), examples, numbers), false);
        this.gain = wired.conf().isGain() ? wired.weights().get(ListaConf.GAIN) : null;
        this.direct = direct;
        this.drive = Nd4j.createUninitialized(
                wired.dataType(), wired.wiring().rows(examples), wired.conf().ownUnits());
        this.code = direct ? null : drive.ulike();
        this.other = encoder.steps() == 1 || encoder.recurrent().worksInPlace() ? null : drive.ulike();
        this.scratch = encoder.shrinkage().isLinearInThreshold() ? drive : drive.ulike();
    }

    /**
     * Encodes a batch.
     *
     * @param images not modified
     * @param target room for the codes in c order. Modified in place if the pass is direct.
     * @return the codes: the target, or an array that the next run overwrites
     */
    INDArray run(INDArray images, INDArray target) {
        INDArray last = direct ? Rows.matrix(target, drive.size(1)) : code;
        Steps steps = Steps.endingIn(last, other, encoder.steps());
        Scratch.run("PIECE", () -> encoder.forward(images, steps, drive, scratch));
        if (gain != null) {
            last.muliRowVector(gain);
        }
        return last;
    }
}
