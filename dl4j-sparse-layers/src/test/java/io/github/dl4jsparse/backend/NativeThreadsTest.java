package io.github.dl4jsparse.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

class NativeThreadsTest {
    /** Tests set the variable to 1, so that the call must change nothing. */
    @Test
    void theEnvironmentComesFirst() {
        int before = NativeThreads.inUse();
        NativeThreads.preferOne();
        assertEquals(before, NativeThreads.inUse());
    }

    @Test
    void tellsWhatIsSet() {
        int before = NativeThreads.inUse();
        try {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(2);
            assertEquals(2, NativeThreads.inUse());
        } finally {
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(before);
        }
    }
}
