package io.github.dl4jsparse.internal.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.nd4j.linalg.factory.Environment;
import org.nd4j.linalg.factory.Nd4j;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SerialNativeTest {
    private final OpenBlas blas = OpenBlas.loaded().orElseThrow();
    private final Environment environment = Nd4j.getEnvironment();
    private final int products = blas.threads();
    private final int operations = environment.maxMasterThreads();

    @AfterEach
    void putBack() {
        blas.setThreads(products);
        environment.setMaxMasterThreads(operations);
    }

    @Test
    void settingsAreNarrowedAndPutBack() {
        blas.setThreads(2);
        environment.setMaxMasterThreads(2);
        // no more than OMP_NUM_THREADS
        int most = environment.maxMasterThreads();
        SerialNative.run(() -> {
            assertSettings(1, 1);
            SerialNative.run(() -> assertSettings(1, 1));
            assertSettings(1, 1);
        });
        assertSettings(2, most);
    }

    @Test
    void settingsArePutBackAfterAFailure() {
        blas.setThreads(2);
        assertThrows(
                IllegalStateException.class,
                () -> SerialNative.run(() -> {
                    throw new IllegalStateException();
                }));
        assertEquals(2, blas.threads());
    }

    @Test
    void whatIsSetMeanwhileStays() {
        blas.setThreads(2);
        SerialNative.run(() -> blas.setThreads(3));
        assertEquals(3, blas.threads());
    }

    @Test
    void resultIsThatOfTheWork() {
        assertEquals(1, SerialNative.get(() -> blas.threads()));
    }

    private void assertSettings(int blasThreads, int operationThreads) {
        assertEquals(blasThreads, blas.threads());
        assertEquals(operationThreads, environment.maxMasterThreads());
    }
}
