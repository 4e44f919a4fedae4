package stranger;

import java.io.Serializable;

/** As {@link Planted}, to show that DL4J's own reader runs what a file names. */
public final class PlantedToo implements Serializable {
    private static final long serialVersionUID = 1;

    static {
        Evidence.leave();
    }
}
