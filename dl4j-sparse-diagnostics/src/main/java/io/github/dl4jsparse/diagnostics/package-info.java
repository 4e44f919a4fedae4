/**
 * Statistics of codes and filters, pictures, training monitor and reports.
 * <p>{@link io.github.dl4jsparse.diagnostics.TrainingMonitor} watches a training, {@link io.github.dl4jsparse.diagnostics.LayerMeasurement} measures a layer,
 * {@link io.github.dl4jsparse.diagnostics.FilterSheet} draws filters, {@link io.github.dl4jsparse.diagnostics.OrientationMap} and
 * {@link io.github.dl4jsparse.diagnostics.Pinwheels} are of topographic maps.
 */
package io.github.dl4jsparse.diagnostics;
