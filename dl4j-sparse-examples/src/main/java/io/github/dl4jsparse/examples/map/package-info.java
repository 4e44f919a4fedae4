/**
 * The command {@code map}: maps of orientations from locally connected filters.
 * <p>Start reading at {@link io.github.dl4jsparse.examples.map.MapCommand}.
 */
package io.github.dl4jsparse.examples.map;
