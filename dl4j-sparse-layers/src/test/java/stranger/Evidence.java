package stranger;

/** What classes of a stranger leave behind when their code runs. */
public final class Evidence {
    private static volatile int runs;

    private Evidence() {}

    public static void leave() {
        runs++;
    }

    /** How often code has run. */
    public static int runs() {
        return runs;
    }
}
