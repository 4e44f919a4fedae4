package stranger;

import org.nd4j.linalg.activations.impl.ActivationTanH;

/** An activation of a user's own, which the user allows. */
public final class OwnActivation extends ActivationTanH {
    private static final long serialVersionUID = 1;
}
