package io.github.dl4jsparse.examples.restore;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The images of a run.
 *
 * @param name    of the file or folder
 * @param images  {@code [1, channels, height, width]} by name
 * @param mask    of all of them, 1 for known pixels; null if all are known
 * @param summary a line that says what was read
 */
record RestoreData(String name, Map<String, INDArray> images, INDArray mask, String summary) {}
