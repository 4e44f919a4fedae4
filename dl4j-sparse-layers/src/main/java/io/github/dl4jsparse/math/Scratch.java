package io.github.dl4jsparse.math;

import java.lang.ref.SoftReference;
import java.lang.reflect.Array;
import java.util.function.Supplier;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.AllocationPolicy;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.memory.enums.ResetPolicy;
import org.nd4j.linalg.api.memory.enums.SpillPolicy;
import org.nd4j.linalg.factory.Nd4j;

/** Memory for the arrays inside of one computation, kept by each thread and used again by the next. */
public final class Scratch {
    private static final WorkspaceConfiguration CONFIGURATION = WorkspaceConfiguration.builder()
            .initialSize(0)
            .policyLearning(LearningPolicy.FIRST_LOOP)
            .policyReset(ResetPolicy.BLOCK_LEFT)
            .policySpill(SpillPolicy.REALLOCATE)
            .policyAllocation(AllocationPolicy.STRICT)
            .build();

    private static final ThreadLocal<SoftReference<float[]>> FLOATS = new ThreadLocal<>();
    private static final ThreadLocal<SoftReference<double[]>> DOUBLES = new ThreadLocal<>();

    private Scratch() {}

    /**
     * A plain array that the calling thread gets again the next time, with whatever is left in it.
     *
     * @param like a {@code float[]} or {@code double[]}, for the type
     * @param length at least so many numbers
     */
    public static Object plain(Object like, int length) {
        return like instanceof float[] ? kept(FLOATS, float[].class, length) : kept(DOUBLES, double[].class, length);
    }

    private static <A> A kept(ThreadLocal<SoftReference<A>> place, Class<A> type, int length) {
        SoftReference<A> reference = place.get();
        A array = reference == null ? null : reference.get();
        if (array == null || Array.getLength(array) < length) {
            array = type.cast(Array.newInstance(type.getComponentType(), length));
            place.set(new SoftReference<>(array));
        }
        return array;
    }

    /**
     * Runs a computation whose new arrays end with it.
     *
     * @param name of the memory, which no computation inside of this one may use too
     * @param work must not return or keep an array that it made
     */
    @SuppressWarnings("try")
    public static <T> T get(String name, Supplier<T> work) {
        try (MemoryWorkspace scratch =
                Nd4j.getWorkspaceManager().getAndActivateWorkspace(CONFIGURATION, "SPARSE_" + name)) {
            return work.get();
        }
    }

    /** The same for a computation that writes into arrays of the caller's. */
    public static void run(String name, Runnable work) {
        get(name, () -> {
            work.run();
            return null;
        });
    }
}
