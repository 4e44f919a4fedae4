package stranger;

import java.io.Serializable;

/** An object of it can be written, to be renamed to one of {@link Planted}: making one of that would run its code. */
public final class Planned implements Serializable {
    private static final long serialVersionUID = 1;
}
