/**
 * The command {@code anomaly}: what is odd among images, vectors or the beats of an electrocardiogram.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.anomaly.AnomalyRun}; the detector itself is
 * {@link io.github.dl4jsparse.task.AnomalyDetector}.
 */
package io.github.dl4jsparse.examples.anomaly;
