package io.github.dl4jsparse.examples.compare;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every row of the table the same: a number of settings, tried on the labelled images of the first seed and
 * judged on the validation images, then the best of them with each seed, judged on the test images.
 */
final class Search {
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final CompareData data;
    private final int trials;
    private final List<Long> seeds;
    private final boolean quick;
    private final Map<PretrainingKey, Object> pretrained = new HashMap<>();

    /**
     * @param trials settings for each row and number of labels
     * @param seeds  of labelled images and weights, at least one; the first is that of the trials
     * @param quick  whether all trainings are cut short
     */
    Search(CompareData data, int trials, List<Long> seeds, boolean quick) {
        this.data = data;
        this.trials = trials;
        this.seeds = List.copyOf(seeds);
        this.quick = quick;
    }

    private record PretrainingKey(String name, Setting setting, long seed) {}

    /** Trainings with labels of a row with a number of labels. */
    int trainings() {
        return trials + seeds.size();
    }

    /** The settings that a row is tried with. */
    List<Setting> settings(Contender<?> contender) {
        return grid(contender).draw(trials, seeds.get(0));
    }

    private Grid grid(Contender<?> contender) {
        return quick ? contender.grid().quick() : contender.grid();
    }

    /**
     * Chooses a setting and measures it.
     *
     * @param step is run after each training with labels
     */
    <P> Outcome run(Contender<P> contender, int labels, Runnable step) {
        long start = processorTime();
        List<Trial> tried = new ArrayList<>();
        Task first = data.task(labels, seeds.get(0));
        for (Setting setting : settings(contender)) {
            tried.add(new Trial(setting, Accuracy.of(train(contender, setting, first), data.validation())));
            step.run();
        }
        Setting chosen = Outcome.best(tried).setting();
        List<Double> accuracies = new ArrayList<>();
        for (long seed : seeds) {
            Task task = data.task(labels, seed);
            accuracies.add(Accuracy.of(train(contender, chosen, task), data.test()));
            step.run();
        }
        double seconds = (processorTime() - start) / 1e9;
        return new Outcome(contender.name(), contender.kind(), labels, tried, accuracies, seconds);
    }

    private <P> Contender.Classifier train(Contender<P> contender, Setting setting, Task task) {
        Setting part = grid(contender).pretraining(setting);
        // rows of the same name leave the same kind of thing
        @SuppressWarnings("unchecked")
        P start = (P) pretrained.computeIfAbsent(
                new PretrainingKey(contender.pretraining(), part, task.seed()),
                key -> contender.pretrain(setting, task.unlabelled(), task.seed()));
        return contender.train(setting, start, task);
    }

    /** Nanoseconds that all threads have worked: other programs on the machine do not count. */
    private static long processorTime() {
        return PROCESS.getProcessCpuTime();
    }
}
