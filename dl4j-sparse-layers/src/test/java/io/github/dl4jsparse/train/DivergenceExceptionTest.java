package io.github.dl4jsparse.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class DivergenceExceptionTest {
    /** As from a worker of a cluster. */
    private static DivergenceException sent(DivergenceException exception) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(exception);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (DivergenceException) in.readObject();
        }
    }

    @Test
    void saysWhereItHappenedAlsoInAnotherProcess() throws IOException, ClassNotFoundException {
        DivergenceException e = sent(new DivergenceException("score must be finite, got NaN", 41, 3, 2));
        assertEquals("score must be finite, got NaN", e.getMessage());
        assertEquals(41, e.iteration());
        assertEquals(3, e.epoch());
        assertEquals(2, e.batch());
    }
}
