package io.github.dl4jsparse.task.data;

/** Whether images are read in gray or in colour. */
public enum ImageChannels {
    /** One channel: gray pixels as they are in the file, the luma (ITU-R 601) of coloured ones. */
    GRAY(1),

    /** Red, green and blue; of a gray image three times the same. */
    COLOUR(3);

    private final int count;

    ImageChannels(int count) {
        this.count = count;
    }

    /** The number of channels. */
    public int count() {
        return count;
    }

    @Override
    public String toString() {
        return this == GRAY ? "gray" : "colour";
    }
}
