package io.github.dl4jsparse.benchmarks;

import io.github.dl4jsparse.data.PatchSampler;
import io.github.dl4jsparse.examples.data.NaturalImages;
import java.io.IOException;
import org.nd4j.linalg.dataset.DataSet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Sampling of patches from images in memory: a batch of 10,000 patches of 16x16, their means removed. */
public class PatchBenchmark extends ThreadedBenchmark {
    /** The side of a patch. */
    @Param("patches-16")
    public String size;

    private PatchSampler sampler;

    /** The embedded images. */
    @Setup
    public void prepare() throws IOException {
        int side = SolverBenchmark.atoms(size);
        PatchSampler.Builder builder = PatchSampler.builder()
                .patchSize(side, side)
                .batch(SolverBenchmark.PATCHES)
                .patches(SolverBenchmark.PATCHES)
                .removeMean(true)
                .freshEachEpoch(true);
        NaturalImages.embedded().forEach(builder::image);
        sampler = builder.build();
    }

    /** One batch of fresh patches. */
    @Benchmark
    public DataSet sample() {
        sampler.reset();
        return sampler.next();
    }
}
