package io.github.dl4jsparse.examples.anomaly;

import io.github.dl4jsparse.task.AnomalyDetector;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/**
 * What a run brought.
 *
 * @param data     what a reader knows the data by
 * @param read     lines that say what was read
 * @param lines    for people
 * @param figures  by their keys in {@code result.json}
 * @param pictures by their file names
 * @param detector to be saved
 */
record AnomalyOutcome(
        String data,
        List<String> read,
        List<String> lines,
        Map<String, Object> figures,
        Map<String, BufferedImage> pictures,
        AnomalyDetector detector) {}
