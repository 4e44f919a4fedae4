package io.github.dl4jsparse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Holds the order of the library's packages: a package imports only from packages of earlier rows, so neither upwards nor
 * sideways. A package that is in no row is refused too: give a new one its place in {@link #ORDER}.
 */
@AnalyzeClasses(packages = PackageOrderTest.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    static final String BASE = "io.github.dl4jsparse";

    /** Lowest first. Packages of the same row do not know each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("backend"),
            List.of("check"),
            List.of("internal"),
            List.of("parallel"),
            List.of("math"),
            List.of("operator"),
            List.of("group"),
            List.of("energy"),
            List.of("shrinkage"),
            List.of("samediff"),
            List.of("solver"),
            List.of("data"),
            List.of("nn.constraint"),
            List.of("nn.common"),
            List.of("nn.lista", "nn.pooling", "nn.inhibition", "nn.coding", "nn.normalization"),
            List.of("network"),
            List.of("io"),
            List.of("train"),
            List.of("diagnostics"));

    @ArchTest
    static final ArchRule packagesImportDownwardsOnly = packageOrder();

    @ArchTest
    static final ArchRule libraryWritesToTheLogOnly =
            NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true).because("a library logs with SLF4J");

    @ArchTest
    static final ArchRule layerImplementationsAreHidden = classes()
            .that()
            .resideInAPackage(BASE + ".nn..")
            .and()
            .haveSimpleNameEndingWith("Impl")
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true)
            .because("users configure a layer, DL4J makes its implementation");

    @ArchTest
    static final ArchRule networksOfBothKindsAreOneType = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + ".network..")
            .should(askForTheKindOfANetwork())
            .because("Net is a network of either kind");

    private static ArchCondition<JavaClass> askForTheKindOfANetwork() {
        List<String> kinds = List.of(MultiLayerNetwork.class.getName(), ComputationGraph.class.getName());
        return new ArchCondition<>("ask by instanceof for the kind of a network") {
            @Override
            public void check(JavaClass asking, ConditionEvents events) {
                for (InstanceofCheck asked : asking.getInstanceofChecks()) {
                    boolean kind = kinds.contains(asked.getRawType().getName());
                    events.add(new SimpleConditionEvent(
                            asking, kind, asked.getOwner().getFullName() + ", line " + asked.getLineNumber()));
                }
            }
        };
    }

    private static LayeredArchitecture packageOrder() {
        LayeredArchitecture order = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(BASE, BASE + "..")
                .withOptionalLayers(true);
        for (List<String> row : ORDER) {
            for (String name : row) {
                order = order.layer(name).definedBy(BASE + "." + name + "..");
            }
        }
        List<String> lower = new ArrayList<>();
        for (List<String> row : ORDER) {
            for (String name : row) {
                order = lower.isEmpty()
                        ? order.whereLayer(name).mayNotAccessAnyLayer()
                        : order.whereLayer(name).mayOnlyAccessLayers(lower.toArray(String[]::new));
            }
            lower.addAll(row);
        }
        return order.ensureAllClassesAreContainedInArchitecture();
    }
}
