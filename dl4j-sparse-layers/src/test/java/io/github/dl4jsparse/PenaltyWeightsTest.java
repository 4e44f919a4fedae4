package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.energy.Weights;
import io.github.dl4jsparse.group.InhibitionMatrix;
import io.github.dl4jsparse.nn.inhibition.LateralInhibitionLayer;
import io.github.dl4jsparse.nn.pooling.GroupL2PoolingLayer;
import io.github.dl4jsparse.nn.pooling.GroupSparsityLayer;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;

/**
 * One vocabulary: the weight of a penalty is {@code weight} in the penalty itself, and {@code penaltyWeight} in the builder of a
 * layer that makes its penalty from a number. Saved configurations keep the names that they had before.
 */
class PenaltyWeightsTest {
    private static final Set<String> OTHER_NAMES = Set.of(
            "lambda", "alpha", "eta", "beta", "gamma", "weight", "penalty", "sparsity", "strength", "coefficient");

    private static final JavaClasses LIBRARY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.dl4jsparse");

    @Test
    void penaltiesCallItWeight() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : LIBRARY) {
            Class<?> penalty = type.isAssignableTo(Penalty.class) ? type.reflect() : Object.class;
            if (!penalty.isRecord()) {
                continue;
            }
            for (RecordComponent component : penalty.getRecordComponents()) {
                if (component.getType() == double.class || component.getType() == Weights.class) {
                    found.add(component.getName());
                    assertTrue(
                            Set.of("weight", "smoothing", "tolerance").contains(component.getName()),
                            penalty + " calls it " + component.getName());
                }
            }
        }
        assertTrue(found.stream().filter("weight"::equals).count() >= 7, "only " + found);
    }

    @Test
    void buildersCallItPenaltyWeight() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : LIBRARY) {
            boolean builder = type.getSimpleName().equals("Builder")
                    && type.getPackageName().contains(".nn.");
            for (var method : builder ? type.getMethods() : Set.<com.tngtech.archunit.core.domain.JavaMethod>of()) {
                boolean takesANumber = method.getModifiers().contains(JavaModifier.PUBLIC)
                        && method.getRawParameterTypes().size() == 1
                        && method.getRawParameterTypes().get(0).isEquivalentTo(double.class);
                if (takesANumber) {
                    found.add(method.getName());
                    assertTrue(!OTHER_NAMES.contains(method.getName()), method.getFullName());
                }
            }
        }
        assertEquals(2, found.stream().filter("penaltyWeight"::equals).count(), "" + found);
    }

    @Test
    void savedConfigurationsKeepTheirNames() {
        assertKept(new GroupSparsityLayer.Builder().penaltyWeight(0.25).build(), "penalty");
        assertKept(new GroupL2PoolingLayer.Builder().penaltyWeight(0.25).build(), "penalty");
        assertKept(
                new LateralInhibitionLayer.Builder(InhibitionMatrix.uniform(3, 1))
                        .penaltyWeight(0.25)
                        .build(),
                "weight");
    }

    private static void assertKept(Layer layer, String name) {
        MultiLayerConfiguration conf =
                new NeuralNetConfiguration.Builder().list().layer(layer).build();
        String json = conf.toJson();
        assertTrue(json.contains("\"" + name + "\" : 0.25") && !json.contains("penaltyWeight"), json);
        assertEquals(conf, MultiLayerConfiguration.fromJson(json));
        String yaml = conf.toYaml();
        assertTrue(yaml.contains(name + ": 0.25"), yaml);
        assertEquals(conf, MultiLayerConfiguration.fromYaml(yaml));
    }
}
