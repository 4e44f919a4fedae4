/**
 * Jobs on one's own data: each is a class that is fitted, used and saved in ten lines.
 * <p>Data is read by {@link io.github.dl4jsparse.task.data}.
 */
package io.github.dl4jsparse.task;
