package io.github.dl4jsparse.energy;

/**
 * A penalty whose proximal operator can be differentiated, so that a network learns through it.
 * <p>\[ (I + t H_{AA})\, y_A = g_A, \qquad J^\top g = y, \qquad \frac{dL}{dt} = -\langle y, \nabla\,\mathrm{penalty}(z) \rangle_A \]
 * where z is the proximal point of v for the step t, A its active units, H the Hessian of the penalty at z, J the Jacobian of z by
 * v and g the gradient of a loss L by z. It follows from {@code z + t grad penalty(z) = v} on A, and is exact where a small change
 * of v or t leaves the zeros as they are; at a kink a unit or group that is zero has the derivative 0.
 * <p>Shapes: one code at a time, as a Java array, {@code v, z, g: [units]}. The methods may be called from several
 * threads at once. NaN gives NaN.
 * <p>Reference: Amos and Kolter, OptNet: differentiable optimization as a layer in neural networks, ICML 2017.
 */
public interface DifferentiableProximal extends Proximal {
    /**
     * Replaces one code by its proximal point.
     *
     * @param code v. Modified in place.
     * @param step t, finite and &gt;= 0
     */
    void proxOf(double[] code, double step);

    /**
     * The adjoint derivative of {@link #proxOf}: from the gradient of a loss with respect to the proximal point to
     * those with respect to the point and the step.
     *
     * @param v        the point. Not modified.
     * @param code     z, the result of {@link #proxOf}. Not modified.
     * @param step     t, finite and &gt;= 0
     * @param gradient g, which becomes {@code J'g}. Modified in place.
     * @return {@code dL/dt}
     */
    double proxAdjointOf(double[] v, double[] code, double step, double[] gradient);
}
