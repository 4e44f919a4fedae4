package io.github.dl4jsparse.examples.dictionary;

import io.github.dl4jsparse.diagnostics.CodeStatistics;
import io.github.dl4jsparse.diagnostics.FilterSheet;
import io.github.dl4jsparse.examples.patch.CodeStructure;
import io.github.dl4jsparse.examples.patch.TreePruning;
import io.github.dl4jsparse.examples.picture.Canvas;
import io.github.dl4jsparse.examples.picture.FilterZoom;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The pictures of {@code dictionary} that are made of filters and patches. */
final class DictionaryPictures {
    private static final int SHOWN = 16;

    private final DictionarySettings settings;
    private final DictionaryCodes codes;

    DictionaryPictures(DictionarySettings settings, DictionaryCodes codes) {
        this.settings = settings;
        this.codes = codes;
    }

    /** The filters in the order of their structure. */
    BufferedImage filters() {
        CodeStructure structure = codes.structure();
        BufferedImage sheet = structure.draw(codes.dictionary(), CodeStatistics.of(codes.codes()), settings.patch());
        return Canvas.titled("Dictionary, penalty " + settings.penalty(), structure.order(), sheet);
    }

    /** The filters before a part of them went. */
    BufferedImage pruning(TreePruning pruning) {
        return Canvas.titled(
                "Dictionary before pruning",
                "the root in the middle; units that are removed are pale",
                pruning.draw(settings.patch()));
    }

    /** Some held-out patches, and below each what the dictionary makes of its code. */
    BufferedImage reconstructions() {
        int shown = (int) Math.min(SHOWN, codes.patches().size(0));
        INDArray columns = Nd4j.hstack(first(codes.patches(), shown), first(codes.reconstructions(), shown));
        BufferedImage sheet = new FilterSheet(
                        settings.patch(), settings.patch(), shown, FilterZoom.of(settings.patch()))
                .draw(columns);
        return Canvas.titled("Held-out patches", "above whitened patches, below D z; greys of each for itself", sheet);
    }

    private static INDArray first(INDArray rows, int number) {
        return rows.get(NDArrayIndex.interval(0, number), NDArrayIndex.all())
                .dup('c')
                .transpose();
    }
}
