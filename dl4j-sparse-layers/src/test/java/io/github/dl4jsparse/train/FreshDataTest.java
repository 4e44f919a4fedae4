package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.Networks;
import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.model.ModelFile;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.PretrainListener.PretrainProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

/** Data that are new in every pass, and what is computed from them once. */
class FreshDataTest {
    private static final int INPUTS = 16;

    @TempDir
    private Path directory;

    private final int[] drawn = {0};

    private PatchSampler patches(boolean fresh) {
        Random random = new Random(1);
        float[][] image = new float[40][40];
        for (float[] row : image) {
            for (int j = 0; j < row.length; j++) {
                row[j] = random.nextFloat();
            }
        }
        PatchSampler patches = PatchSampler.builder()
                .image("image", image)
                .patchSize(4, 4)
                .batch(10)
                .patches(20)
                .freshEachEpoch(fresh)
                .seed(1)
                .build();
        patches.setPreProcessor((DataSetPreProcessor) data -> drawn[0]++);
        return patches;
    }

    private static ListaLayer lista(int units) {
        return new ListaLayer.Builder()
                .nOut(units)
                .iterations(3)
                .penalty(new L1Penalty(0.05))
                .build();
    }

    private static MultiLayerNetwork stack() {
        return Networks.classifier(new Sgd(0.05), INPUTS, 2, lista(8), lista(5));
    }

    /** No layer has the features themselves for its input. */
    private static MultiLayerNetwork above() {
        Layer dense = new DenseLayer.Builder().nOut(7).build();
        return Networks.classifier(new Sgd(0.05), INPUTS, 2, dense, lista(8));
    }

    private List<Integer> drawnAtEndOfEpochs(MultiLayerNetwork net, int epochs, DataSetIterator data) {
        drawn[0] = 0;
        List<Integer> counts = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(epochs)
                .listener(new PretrainListener() {
                    @Override
                    public void epochDone(PretrainProgress progress) {
                        counts.add(drawn[0]);
                    }
                })
                .build()
                .fit(net, data);
        return counts;
    }

    @Test
    void freshPatchesReachEveryStage() {
        List<Integer> counts = drawnAtEndOfEpochs(stack(), 6, patches(true));
        assertEquals(List.of(2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24), counts);
    }

    @Test
    void patchesThatStayAreReadOnceForAStageAboveTheFirst() {
        List<Integer> counts = drawnAtEndOfEpochs(stack(), 4, patches(false));
        assertEquals(List.of(2, 4, 6, 8, 10, 10, 10, 10), counts);
    }

    @Test
    void onePassMoreTellsWhereNoStageHasReadTwo() {
        // the inputs of the first epoch are kept; the second pass shows that they won't do, the third is used
        assertEquals(List.of(2, 6, 8, 10), drawnAtEndOfEpochs(above(), 4, patches(true)));
        assertEquals(List.of(2, 4, 4, 4), drawnAtEndOfEpochs(above(), 4, patches(false)));
        assertEquals(List.of(2), drawnAtEndOfEpochs(above(), 1, patches(true)));
    }

    @Test
    void anotherOrderIsTheSameData() {
        INDArray x = Samples.gaussian(3, 30, INPUTS);
        DataPasses shuffled = passes(UnlabelledIterator.of(x, 7, 3));
        assertNull(shuffled.knowledge());
        assertTrue(shuffled.repeats());
        assertEquals(2, shuffled.count());
        assertTrue(shuffled.repeats());
        assertEquals(2, shuffled.count());
        assertEquals(false, passes(patches(true)).repeats());
        assertEquals(true, passes(patches(false)).repeats());
    }

    private static DataPasses passes(DataSetIterator data) {
        return new DataPasses(new MultiDataSetIteratorAdapter(data));
    }

    /** Energies of the epochs of a layer that does not learn. */
    private List<Double> heldOutEnergies(MultiLayerNetwork net, DataSetIterator heldOut) {
        List<Double> energies = new ArrayList<>();
        LayerwisePretrainer.builder()
                .epochs(3)
                .heldOut(heldOut)
                .listener(new PretrainListener() {
                    @Override
                    public void epochDone(PretrainProgress progress) {
                        energies.add(progress.heldOut().total());
                    }
                })
                .build()
                .fit(net, patches(false));
        return energies;
    }

    @Test
    void heldOutDataStayTheSameThroughAllEpochsAndStages() {
        MultiLayerNetwork net = Networks.classifier(new Sgd(0), INPUTS, 2, lista(8), lista(5));
        List<Double> energies = heldOutEnergies(net, patches(true));
        assertEquals(6, energies.size());
        assertEquals(Collections.nCopies(3, energies.get(0)), energies.subList(0, 3));
        assertEquals(Collections.nCopies(3, energies.get(3)), energies.subList(3, 6));
        // and those that stay by themselves are not touched
        assertEquals(
                heldOutEnergies(net, patches(false)).get(0),
                heldOutEnergies(net, patches(false)).get(2));
    }

    @Test
    void aStageForOtherTrainersHasFreshInputsToo() {
        UnsupervisedStage stage = UnsupervisedStage.of(stack(), 1);
        DataSetIterator inputs = stage.inputs(patches(true));
        INDArray first = inputs.next().getFeatures().dup();
        inputs.reset();
        assertNotEquals(first, inputs.next().getFeatures());
    }

    @Test
    void anInterruptedTrainingOnFreshPatchesEndsAsOneWithout() throws IOException {
        for (boolean firstStage : new boolean[] {true, false}) {
            for (int stopAt : new int[] {2, 3, 6}) {
                MultiLayerNetwork whole = trainable(firstStage);
                LayerwisePretrainer.builder().epochs(4).build().fit(whole, patches(true));
                Path file = directory.resolve("at" + stopAt + firstStage + ".zip");
                int[] epochs = {0};
                MultiLayerNetwork interrupted = trainable(firstStage);
                try {
                    LayerwisePretrainer.builder()
                            .epochs(4)
                            .checkpoint(file)
                            .listener(new PretrainListener() {
                                @Override
                                public void epochDone(PretrainProgress progress) {
                                    if (++epochs[0] == stopAt + 1) {
                                        throw new IllegalStateException("interrupted");
                                    }
                                }
                            })
                            .build()
                            .fit(interrupted, patches(true));
                } catch (IllegalStateException e) {
                    assertEquals("interrupted", e.getMessage());
                }
                MultiLayerNetwork resumed = ModelFile.restoreNetwork(file);
                LayerwisePretrainer.builder()
                        .epochs(4)
                        .checkpoint(file)
                        .resume(true)
                        .build()
                        .fit(resumed, patches(true));
                assertEquals(whole.params(), resumed.params(), "after " + stopAt + " epochs, " + firstStage);
            }
        }
    }

    private static MultiLayerNetwork trainable(boolean firstStage) {
        Layer dense = new DenseLayer.Builder().nOut(INPUTS).build();
        return firstStage
                ? Networks.classifier(new Adam(1e-3), INPUTS, 2, lista(8), lista(5))
                : Networks.classifier(new Adam(1e-3), INPUTS, 2, dense, lista(8), lista(5));
    }
}
