package io.github.dl4jsparse.examples.cli;

/**
 * How JavaCPP, which allocates ND4J's native memory, limits what the process takes.
 * <p>With its limit on physical memory in force it reads the size of the process from the operating system before every
 * allocation, however small: a twentieth of a training step of few examples. The limit on native bytes, by default the
 * size of the heap, costs nothing and stays.
 */
public final class NativeMemory {
    /** The system property that JavaCPP reads when it is loaded. */
    public static final String LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** Its value for no limit. */
    public static final String NONE = "0";

    private NativeMemory() {}
}
