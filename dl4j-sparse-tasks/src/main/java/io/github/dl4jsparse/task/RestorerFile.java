package io.github.dl4jsparse.task;

import io.github.dl4jsparse.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** The file of an {@link ImageRestorer}. */
final class RestorerFile {
    private static final SettingsEntry<Saved> ENTRY =
            new SettingsEntry<>("restorer.json", Saved.class, ImageRestorer.class);

    private RestorerFile() {}

    /** For Jackson: the kind of restoration, and the settings of one by patches. */
    static final class Saved extends SettingsEntry.Versioned {
        public String kind;
        public int patch;
        public int stride;
        public double tolerance;
    }

    static void write(Path file, Restoration restoration) throws IOException {
        Saved saved = new Saved();
        restoration.describe(saved);
        ENTRY.save(file, restoration.net(), saved);
    }

    static Restoration read(Path file) throws IOException {
        Saved saved = ENTRY.read(file);
        MultiLayerNetwork net = ModelFile.restoreNetwork(file);
        if (UnrolledRestoration.KIND.equals(saved.kind)) {
            return new UnrolledRestoration(net);
        }
        if (PatchRestoration.KIND.equals(saved.kind)) {
            if (saved.patch < 1 || saved.stride < 1 || !(saved.tolerance > 0)) {
                throw ENTRY.wrong(
                        file,
                        "patch, stride and tolerance must be positive, got " + saved.patch + ", " + saved.stride
                                + " and " + saved.tolerance,
                        null);
            }
            return new PatchRestoration(net, saved.patch, saved.stride, saved.tolerance);
        }
        throw ENTRY.wrong(
                file,
                "kind must be " + UnrolledRestoration.KIND + " or " + PatchRestoration.KIND + ", got " + saved.kind,
                null);
    }
}
