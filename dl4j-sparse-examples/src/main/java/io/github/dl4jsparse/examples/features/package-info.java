/**
 * The command {@code features}: features from all images of a folder, classes from few labels.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.features.FeaturesRun}; the learner itself is
 * {@link io.github.dl4jsparse.task.FeatureLearner}.
 */
package io.github.dl4jsparse.examples.features;
