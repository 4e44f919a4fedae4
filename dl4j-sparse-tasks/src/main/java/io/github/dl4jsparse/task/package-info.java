/**
 * Tasks on a user's own data: detectors of anomalies, restorers of images and learners of features, each a class that
 * is fitted, used and saved in ten lines.
 * <p>Data is read by {@link io.github.dl4jsparse.task.data}.
 */
package io.github.dl4jsparse.task;
