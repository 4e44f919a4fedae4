package io.github.dl4jsparse.nn.spi;

import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.internal.nn.TrainingWatch;

/** A layer as its {@link TrainingWatch} sees it. */
record WatchedLayer(CodeLayer<?> layer) implements TrainingWatch.Watched {
    @Override
    public Penalty penalty() {
        return layer.layerConf().getPenalty();
    }

    @Override
    public Penalty learnedPenalty() {
        return layer.layerConf().penaltyWith(layer.paramTable());
    }

    @Override
    public boolean hasNewDecoder() {
        SparseLayerConf conf = layer.layerConf();
        return conf.isPretrainable()
                && layer.conf().getIterationCount() == 0
                && layer.paramTable().keySet().stream().anyMatch(conf::isDecoderOnly);
    }

    @Override
    public int epoch() {
        return layer.getEpochCount();
    }

    @Override
    public String place() {
        return layer.place();
    }

    @Override
    public int kind() {
        return layer.layerConf().hashCode();
    }
}
