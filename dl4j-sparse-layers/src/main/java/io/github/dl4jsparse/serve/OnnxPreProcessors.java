package io.github.dl4jsparse.serve;

import io.github.dl4jsparse.internal.check.Args;
import java.util.Map;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.ComposableInputPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** DL4J's preprocessors, which give the input of a layer another shape. */
final class OnnxPreProcessors {
    private static final OnnxTable TABLE = new OnnxTable()
            .add(
                    CnnToFeedForwardPreProcessor.class,
                    (p, none, x) ->
                            x.rank() == 2 ? x : x.reshaped(p.getInputHeight() * p.getInputWidth() * p.getNumChannels()))
            .add(
                    FeedForwardToCnnPreProcessor.class,
                    (p, none, x) ->
                            x.rank() == 4 ? x : x.reshaped(p.getNumChannels(), p.getInputHeight(), p.getInputWidth()))
            .add(ComposableInputPreProcessor.class, (p, none, x) -> each(p, x));

    private OnnxPreProcessors() {}

    /**
     * Adds a preprocessor.
     *
     * @param preProcessor null for none
     */
    static OnnxValue convert(InputPreProcessor preProcessor, OnnxValue x) {
        if (preProcessor == null) {
            return x;
        }
        if (!TABLE.has(preProcessor)) {
            throw Args.failure(
                    "preprocessor",
                    "one between images and rows",
                    preProcessor.getClass().getSimpleName());
        }
        return TABLE.convert(preProcessor, Map.of(), x);
    }

    private static OnnxValue each(ComposableInputPreProcessor composed, OnnxValue x) {
        OnnxValue value = x;
        for (InputPreProcessor part : composed.getInputPreProcessors()) {
            value = convert(part, value);
        }
        return value;
    }
}
