package io.github.dl4jsparse.examples.stack;

import io.github.dl4jsparse.examples.run.Experiment;
import io.github.dl4jsparse.examples.run.TrainingProgress;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.lista.ConvolutionalListaLayer;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.PretrainListener;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains the auto-encoders of a network without labels, one after the other. Each starts from patches of its own input, the
 * upper one as soon as the lower one is done; after each, the gains are such that its pools have a mean square of 1.
 */
final class StackPretraining implements PretrainListener {
    private static final int SAMPLE = 200;
    private static final int CANDIDATES = 4;

    private final MultiLayerNetwork net;
    private final StackSettings settings;
    private final INDArray sample;
    private final long seed;
    private final long batches;
    private final Experiment experiment;
    private TrainingProgress progress;

    private StackPretraining(
            MultiLayerNetwork net,
            StackSettings settings,
            INDArray sample,
            long seed,
            long batches,
            Experiment experiment) {
        this.net = net;
        this.settings = settings;
        this.sample = sample;
        this.seed = seed;
        this.batches = batches;
        this.experiment = experiment;
    }

    /** Trains all auto-encoders of a network, in place. */
    static void run(MultiLayerNetwork net, StackSettings s, DataSet images, long seed, Experiment experiment) {
        INDArray sample = StackData.first(images.getFeatures(), SAMPLE);
        long batches = (images.numExamples() + s.batch() - 1L) / s.batch();
        StackPretraining stages = new StackPretraining(net, s, sample, seed, batches, experiment);
        stages.start(StackNetworks.FIRST, sample);
        LayerwisePretrainer.builder()
                .epochs(s.pretrainEpochs())
                .seed(seed)
                .listener(stages)
                .build()
                .fit(net, new ViewIterator(images, s.batch()));
    }

    /** Scales the gains of a network with random weights like those of one that is pre-trained. */
    static void scaleOnly(MultiLayerNetwork net, INDArray images) {
        INDArray sample = StackData.first(images, SAMPLE);
        scale(net, StackNetworks.FIRST, sample);
        scale(net, StackNetworks.SECOND, sample);
    }

    /** Filters from patches, and the gain with which they reconstruct best. */
    private void start(int index, INDArray input) {
        ConvolutionalListaLayer conf =
                (ConvolutionalListaLayer) net.getLayer(index).conf().getLayer();
        UnsupervisedLayer layer = (UnsupervisedLayer) net.getLayer(index);
        int kernel = conf.getKernelSize()[0];
        layer.startFrom(patches(input, kernel, Math.toIntExact(conf.getNOut()), new Random(seed + index)));
        INDArray reconstruction = layer.reconstruct(input);
        double own = reconstruction.mul(reconstruction).sumNumber().doubleValue();
        if (own > 0) {
            double best = reconstruction.muli(input).sumNumber().doubleValue() / own;
            net.getLayer(index).getParam(ListaLayer.GAIN).muli(best);
        }
    }

    /** Patches without their mean, of norm 1, as columns: each the one of most contrast of a few at random places. */
    private static INDArray patches(INDArray input, int kernel, int number, Random random) {
        int channels = (int) input.size(1);
        int rows = (int) input.size(2) - kernel + 1;
        int columns = (int) input.size(3) - kernel + 1;
        int size = kernel * kernel * channels;
        INDArray images = input.permute(0, 2, 3, 1).dup('c');
        INDArray atoms = Nd4j.create(input.dataType(), new long[] {size, number}, 'c');
        for (int atom = 0; atom < number; atom++) {
            INDArray best = null;
            double contrast = -1;
            for (int i = 0; i < CANDIDATES; i++) {
                int image = random.nextInt((int) images.size(0));
                int row = random.nextInt(rows);
                int column = random.nextInt(columns);
                INDArray patch = Nd4j.create(input.dataType(), size);
                for (int y = 0; y < kernel; y++) {
                    for (int x = 0; x < kernel; x++) {
                        for (int c = 0; c < channels; c++) {
                            patch.putScalar(
                                    (y * kernel + x) * channels + c, images.getDouble(image, row + y, column + x, c));
                        }
                    }
                }
                patch.subi(patch.meanNumber());
                double norm = patch.norm2Number().doubleValue();
                if (norm > contrast) {
                    contrast = norm;
                    best = patch;
                }
            }
            atoms.putColumn(atom, best.divi(Math.max(contrast, Float.MIN_NORMAL)));
        }
        return atoms;
    }

    @Override
    public void batchDone(PretrainProgress p) {
        if (progress == null) {
            int stage = p.layerIndex() == StackNetworks.FIRST ? 1 : 2;
            progress = experiment.progress("stage " + stage + " without labels", p.epochs(), batches);
        }
        progress.batchDone(p.training());
    }

    @Override
    public void epochDone(PretrainProgress p) {
        progress.epochDone(p.epoch(), p.training(), Double.NaN);
        if (p.epoch() < p.epochs()) {
            return;
        }
        progress.close();
        progress = null;
        scale(net, p.layerIndex(), sample);
        if (p.layerIndex() == StackNetworks.FIRST && net.getnLayers() > StackNetworks.SECOND) {
            start(
                    StackNetworks.SECOND,
                    net.feedForwardToLayer(StackNetworks.SECOND - 1, sample, false)
                            .get(StackNetworks.SECOND));
        }
    }

    /** The pools of an auto-encoder get a mean square of 1 a place; the decoder undoes it. */
    private static void scale(MultiLayerNetwork net, int index, INDArray images) {
        INDArray pools = net.feedForwardToLayer(index + 1, images, false).get(index + 2);
        double squares = pools.mul(pools).sumNumber().doubleValue() / (pools.size(0) * pools.size(2) * pools.size(3));
        if (squares > 0) {
            Layer layer = net.getLayer(index);
            layer.getParam(ListaLayer.GAIN).divi(Math.sqrt(squares));
            INDArray decoder = layer.paramTable().get(ListaLayer.DECODER);
            if (decoder != null) {
                decoder.muli(Math.sqrt(squares));
            }
        }
    }
}
