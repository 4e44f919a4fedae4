package io.github.dl4jsparse.task.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ImageChannelsTest {
    @Test
    void saysItsNameAndCount() {
        assertEquals("gray 1", ImageChannels.GRAY + " " + ImageChannels.GRAY.count());
        assertEquals("colour 3", ImageChannels.COLOUR + " " + ImageChannels.COLOUR.count());
    }
}
