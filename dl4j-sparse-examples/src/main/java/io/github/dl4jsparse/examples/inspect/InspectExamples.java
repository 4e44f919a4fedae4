package io.github.dl4jsparse.examples.inspect;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a network is inspected on.
 *
 * @param features as the network takes them
 * @param names    what each is called
 * @param image    channels, height and width of rows that are images; null for others
 * @param summary  what was read, in a line
 */
record InspectExamples(INDArray features, List<String> names, int[] image, String summary) {}
