package io.github.dl4jsparse.internal.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import io.github.dl4jsparse.OwnJvm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nd4j.linalg.factory.Nd4j;

/** Every program is a process of its own, because native libraries read the environment once. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "without setenv")
class NativeWaitingTest {
    /** Prints what native code finds in the environment once ND4J is loaded. */
    static final class Waits {
        private Waits() {}

        public static void main(String[] args) {
            Nd4j.create(1);
            for (String variable : List.of("GOMP_SPINCOUNT", "OPENBLAS_THREAD_TIMEOUT")) {
                System.out.println(OwnJvm.MARK + variable + " "
                        + NativeLibrary.getProcess()
                                .getFunction("getenv")
                                .invokeString(new Object[] {variable}, false));
            }
        }
    }

    private static List<String> waits(Map<String, String> environment) throws Exception {
        assumeTrue(System.getenv("OMP_WAIT_POLICY") == null, "the environment of the tests says how to wait");
        return OwnJvm.output(Waits.class, System.getProperty("java.class.path"), environment)
                .reported();
    }

    @Test
    void aProgramThatUsesNd4jFirstWaitsForShort() throws Exception {
        assertEquals(List.of("GOMP_SPINCOUNT 1000", "OPENBLAS_THREAD_TIMEOUT 14"), waits(Map.of()));
    }

    @Test
    void theEnvironmentComesFirst() throws Exception {
        assertEquals(List.of("GOMP_SPINCOUNT 7", "OPENBLAS_THREAD_TIMEOUT 14"), waits(Map.of("GOMP_SPINCOUNT", "7")));
        assertEquals(
                List.of("GOMP_SPINCOUNT null", "OPENBLAS_THREAD_TIMEOUT null"),
                waits(Map.of("OMP_WAIT_POLICY", "active")));
    }
}
