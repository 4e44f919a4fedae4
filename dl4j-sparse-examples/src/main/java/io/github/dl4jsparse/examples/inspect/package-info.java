/**
 * {@code sparse inspect}: the units of a saved network on data of one's own, as a page. Start reading at
 * {@link io.github.dl4jsparse.examples.inspect.InspectCommand}.
 */
package io.github.dl4jsparse.examples.inspect;
