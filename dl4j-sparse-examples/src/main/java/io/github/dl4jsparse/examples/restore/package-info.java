/**
 * The command {@code restore}: noise and missing pixels of photographs.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.restore.RestoreResult}; the restorer itself is
 * {@link io.github.dl4jsparse.task.ImageRestorer}.
 */
package io.github.dl4jsparse.examples.restore;
