package io.github.dl4jsparse.examples.restore;

import io.github.dl4jsparse.task.ImageQuality;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An image before and after.
 *
 * @param name     of the image
 * @param clean    what it should be; null if that is not known
 * @param degraded what was given
 * @param mask     1 for known pixels; null if all are known
 * @param sigma    level of the noise that was assumed, in gray values of 255
 * @param restored the result
 * @param seconds  that the restoration took, with learning a dictionary of the image if there was any
 */
record RestoredImage(
        String name,
        INDArray clean,
        INDArray degraded,
        INDArray mask,
        double sigma,
        INDArray restored,
        double seconds) {
    /**
     * The numbers of an image in {@code result.json}; those that need the clean image are null without it.
     *
     * @param pixels of the image
     * @param filled pixels of them that were missing; null without a mask
     */
    record Figures(
            String name,
            double sigma,
            Long pixels,
            Long filled,
            double seconds,
            Double psnrBefore,
            Double psnr,
            Double ssimBefore,
            Double ssim) {}

    Figures figures() {
        if (clean == null) {
            return new Figures(name, sigma, pixels(), filled(), seconds, null, null, null, null);
        }
        boolean large = clean.size(2) >= 7 && clean.size(3) >= 7;
        return new Figures(
                name,
                sigma,
                pixels(),
                filled(),
                seconds,
                ImageQuality.psnr(degraded, clean),
                ImageQuality.psnr(restored, clean),
                large ? ImageQuality.ssim(degraded, clean) : null,
                large ? ImageQuality.ssim(restored, clean) : null);
    }

    private long pixels() {
        return degraded.size(2) * degraded.size(3);
    }

    private Long filled() {
        return mask == null ? null : mask.length() - mask.sumNumber().longValue();
    }

    /** A line for people. */
    static String line(Figures f) {
        String measured = f.psnr() == null
                ? ""
                : String.format(Locale.ROOT, ", PSNR %.2f to %.2f dB", f.psnrBefore(), f.psnr())
                        + (f.ssim() == null
                                ? ""
                                : String.format(Locale.ROOT, ", SSIM %.3f to %.3f", f.ssimBefore(), f.ssim()));
        String filled = f.filled() == null ? "" : ", " + f.filled() + " of " + f.pixels() + " pixels filled in";
        return String.format(
                Locale.ROOT, "%s: noise %.1f%s%s, %.1f s", f.name(), f.sigma(), filled, measured, f.seconds());
    }
}
