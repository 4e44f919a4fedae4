package io.github.dl4jsparse.examples.spark;

import io.github.dl4jsparse.train.LayerwisePretrainer;
import java.io.PrintWriter;
import java.util.List;
import org.deeplearning4j.datasets.iterator.ExistingDataSetIterator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.dataset.DataSet;

/** The control: the same batches and as many epochs, one batch after the other. */
final class OnOneThread implements StackTrainer {
    private final SparkStackSettings settings;
    private final List<DataSet> train;
    private final List<DataSet> test;
    private final PrintWriter out;

    /**
     * @param train batches
     * @param out   for the progress
     */
    OnOneThread(SparkStackSettings settings, List<DataSet> train, List<DataSet> test, PrintWriter out) {
        this.settings = settings;
        this.train = train;
        this.test = test;
        this.out = out;
    }

    @Override
    public String name() {
        return "one thread";
    }

    @Override
    public void pretrain(MultiLayerNetwork net) {
        try (StageProgress stages = new StageProgress("on one thread", out)) {
            LayerwisePretrainer.builder()
                    .epochs(settings.pretrainEpochs())
                    .listener(stages)
                    .build()
                    .fit(net, new ExistingDataSetIterator(train));
        }
    }

    @Override
    public void train(MultiLayerNetwork net) {
        try (EpochProgress progress = new EpochProgress("with labels on one thread", settings.epochs(), out)) {
            for (int epoch = 0; epoch < settings.epochs(); epoch++) {
                net.fit(new ExistingDataSetIterator(train));
                progress.epochDone(net.score());
            }
        }
    }

    @Override
    public Evaluation evaluate(MultiLayerNetwork net) {
        return net.evaluate(new ExistingDataSetIterator(test));
    }
}
