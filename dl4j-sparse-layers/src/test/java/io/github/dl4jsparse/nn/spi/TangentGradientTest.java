package io.github.dl4jsparse.nn.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.dl4jsparse.energy.L1Penalty;
import io.github.dl4jsparse.internal.math.UnitVectors;
import io.github.dl4jsparse.nn.UnsupervisedLayer;
import io.github.dl4jsparse.nn.coding.SparseCodingLayer;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint;
import io.github.dl4jsparse.nn.constraint.MaxAtomNormConstraint.Atoms;
import io.github.dl4jsparse.nn.lista.ListaLayer;
import io.github.dl4jsparse.solver.CoordinateDescent;
import io.github.dl4jsparse.testkit.Samples;
import io.github.dl4jsparse.train.LayerwisePretrainer;
import io.github.dl4jsparse.train.NoLoss;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

class TangentGradientTest {
    private static final int INPUTS = 12;
    private static final int UNITS = 16;

    /** Columns: inside the bound, at it with the step outwards, at it with the step inwards, zero. */
    private static final INDArray D = Nd4j.create(new double[][] {{0.3, 0.6, 0.6, 0}, {0.4, 0.8, 0.8, 0}});

    private static final INDArray G = Nd4j.create(new double[][] {{-1, -1, 1, 2}, {-2, -3, 3, 5}});
    // the second: <g, d> = -3, g + 3 d
    private static final INDArray EXPECTED = Nd4j.create(new double[][] {{-1, 0.8, 1, 2}, {-2, -0.6, 3, 5}});

    @Test
    void onlyAtomsThatWouldGrowBeyondTheBoundAreChanged() {
        INDArray g = G.dup();
        new TangentGradient(1, Atoms.COLUMNS, 2, 4).apply(D, g, 0.1, 0, 0);
        assertEquals(0, Samples.distance(EXPECTED, g), 1e-12);
        INDArray rows = G.transpose().dup('c');
        new TangentGradient(1, Atoms.ROWS, 4, 2).apply(D.transpose().dup('c'), rows, 0.1, 0, 0);
        assertEquals(0, Samples.distance(EXPECTED.transpose(), rows), 1e-12);
        assertEquals(0, new TangentGradient(1, Atoms.ROWS, 4, 2).score(D, 0, 0));
    }

    @Test
    void flatArraysAreInCOrder() {
        INDArray flat = G.dup('c').reshape(8);
        new TangentGradient(1, Atoms.COLUMNS, 2, 4).apply(D.dup('c').reshape(8), flat, 0.1, 0, 0);
        assertEquals(0, Samples.distance(EXPECTED.dup('c').reshape(8), flat), 1e-12);
    }

    @Test
    void badArgumentsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TangentGradient(0, Atoms.ROWS, 4, 2));
        assertThrows(IllegalArgumentException.class, () -> new TangentGradient(1, null, 4, 2));
        assertThrows(IllegalArgumentException.class, () -> new TangentGradient(1, Atoms.ROWS, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> new TangentGradient(1, Atoms.ROWS, 4, 2)
                .apply(Nd4j.ones(7), Nd4j.ones(7), 1, 0, 0));
    }

    private static MultiLayerNetwork network(IUpdater updater, boolean tangent) {
        MultiLayerNetwork net = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(updater)
                .list()
                .layer(new SparseCodingLayer.Builder()
                        .nOut(UNITS)
                        .penalty(new L1Penalty(0.3))
                        .solver(new CoordinateDescent(300, 1e-4))
                        .tangentGradient(tangent)
                        .build())
                .layer(new LossLayer.Builder(new NoLoss())
                        .activation(Activation.IDENTITY)
                        .build())
                .setInputType(InputType.feedForward(INPUTS))
                .build());
        net.init();
        return net;
    }

    /** Mixtures of few atoms of a hidden dictionary with noise, of length 1. */
    private static INDArray examples() {
        INDArray codes = Samples.gaussian(3, 400, UNITS);
        codes.muli(Samples.gaussian(4, 400, UNITS).gt(1.2).castTo(DataType.DOUBLE));
        INDArray atoms = UnitVectors.rows(Samples.gaussian(5, UNITS, INPUTS));
        INDArray x = codes.mmul(atoms).addi(Samples.gaussian(6, 400, INPUTS).muli(0.1));
        return UnitVectors.rows(x).castTo(DataType.FLOAT).dup('c');
    }

    private static double trained(MultiLayerNetwork net, INDArray x, int epochs) {
        LayerwisePretrainer.builder()
                .epochs(epochs)
                .seed(2)
                .build()
                .fit(net, new ListDataSetIterator<>(new DataSet(x, x).asList(), 100));
        return ((UnsupervisedLayer) net.getLayer(0)).energy(x).total();
    }

    /** The figure that docs/choosing.md tells: Adam raises the energy of the best dictionary unless gradients are tangential. */
    @Test
    void adamStaysAtTheMinimumUnderTheBound() {
        INDArray x = examples();
        MultiLayerNetwork best = network(new Sgd(2), false);
        trained(best, x, 300);
        double least = ((UnsupervisedLayer) best.getLayer(0)).energy(x).total();
        for (double rate : new double[] {1e-4, 1e-3}) {
            double[] after = new double[2];
            for (int tangent = 0; tangent < 2; tangent++) {
                MultiLayerNetwork net = network(new Adam(rate), tangent == 1);
                net.setParams(best.params().dup());
                after[tangent] = trained(net, x, 50);
            }
            String energies = least + ", with Adam(" + rate + ") " + after[0] + ", tangential " + after[1];
            assertTrue(after[1] <= least * 1.002, energies);
            assertTrue(after[1] < after[0], energies);
        }
    }

    /** The loss and its gradient are not changed, only what the updater makes of it. */
    @Test
    void theReportedGradientIsThatOfTheLoss() {
        INDArray x = Samples.gaussian(DataType.FLOAT, 7, 20, INPUTS);
        INDArray[] gradients = new INDArray[2];
        for (int tangent = 0; tangent < 2; tangent++) {
            MultiLayerNetwork net = network(new Sgd(0.1), tangent == 1);
            net.initGradientsView();
            var layer = net.getLayer(0);
            layer.setInput(x, LayerWorkspaceMgr.noWorkspaces());
            layer.computeGradientAndScore(LayerWorkspaceMgr.noWorkspaces());
            gradients[tangent] = layer.gradient().getGradientFor("D").dup();
        }
        assertEquals(gradients[0], gradients[1]);
        assertTrue(gradients[0].norm1Number().doubleValue() > 0);
    }

    private static long terms(MultiLayerNetwork net, String parameter) {
        return ((ListaLayer) net.getLayer(0).conf().getLayer())
                .getRegularizationByParam(parameter).stream()
                        .filter(term -> term instanceof TangentGradient)
                        .count();
    }

    /** In fit(), one step of SGD: the bounded parameter moves by the tangential gradient, and then is scaled to the bound. */
    @Test
    void fitMovesBoundedAtomsAlongTheBound() {
        INDArray x = Samples.gaussian(DataType.FLOAT, 7, 20, INPUTS);
        for (boolean tied : new boolean[] {false, true}) {
            MultiLayerConfiguration conf = new NeuralNetConfiguration.Builder()
                    .seed(1)
                    .updater(new Sgd(0.01))
                    .list()
                    .layer(new ListaLayer.Builder()
                            .nOut(UNITS)
                            .iterations(2)
                            .penalty(new L1Penalty(0.05))
                            .unsupervisedWeight(1)
                            .tiedDecoder(tied)
                            .tangentGradient(true)
                            .build())
                    .layer(new LossLayer.Builder(new NoLoss())
                            .activation(Activation.IDENTITY)
                            .build())
                    .setInputType(InputType.feedForward(INPUTS))
                    .build();
            assertEquals(conf, MultiLayerConfiguration.fromJson(conf.toJson()));
            MultiLayerNetwork net = new MultiLayerNetwork(conf);
            net.init();
            assertEquals(tied ? 0 : 1, tied ? 0 : terms(net, "D"));
            assertEquals(tied ? 1 : 0, terms(net, "E"));
            assertEquals(0, terms(net, "b"));
            if (!tied) {
                INDArray before = net.getLayer(0).getParam("D").dup();
                net.setInput(x);
                net.setLabels(x);
                net.computeGradientAndScore();
                INDArray gradient = net.gradient().getGradientFor("0_D").div(20);
                new TangentGradient(1, Atoms.COLUMNS, INPUTS, UNITS).apply(before, gradient, 0.01, 0, 0);
                INDArray expected = before.sub(gradient.mul(0.01));
                MaxAtomNormConstraint.columns(1, "D").project(expected);
                net.fit(new DataSet(x, x));
                assertEquals(0, Samples.distance(expected, net.getLayer(0).getParam("D")), 1e-6);
                assertTrue(Samples.distance(expected, before) > 1e-4);
            }
        }
    }
}
