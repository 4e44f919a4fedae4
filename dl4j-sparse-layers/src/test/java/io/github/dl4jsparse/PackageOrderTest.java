package io.github.dl4jsparse;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.github.dl4jsparse.energy.Penalty;
import io.github.dl4jsparse.nn.lista.Coupling;
import io.github.dl4jsparse.nn.lista.Momentum;
import io.github.dl4jsparse.nn.lista.ThresholdSchedule;
import io.github.dl4jsparse.shrinkage.Shrinkage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * Holds the order of the library's packages: a package imports only from packages of earlier rows, so neither upwards nor
 * sideways. A package that is in no row is refused too: give a new one its position in {@link #ORDER}.
 */
@AnalyzeClasses(
        packages = PackageOrderTest.BASE,
        importOptions = {ImportOption.DoNotIncludeTests.class, PackageOrderTest.WithoutContracts.class})
class PackageOrderTest {
    static final String BASE = "io.github.dl4jsparse";
    /** The contracts of dl4j-sparse-testkit are no package of the library. */
    static final class WithoutContracts implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/testkit/") && !location.contains("dl4j-sparse-testkit");
        }
    }

    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Lowest first. Packages of the same row do not know each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("internal.backend"),
            List.of("internal.check"),
            List.of("internal.io"),
            List.of("parallel"),
            List.of("internal.parallel"),
            List.of("internal.math"),
            List.of("operator"),
            List.of("group"),
            List.of("internal.energy"),
            List.of("energy"),
            List.of("shrinkage"),
            List.of("samediff"),
            List.of("solver"),
            List.of("data"),
            List.of("nn"),
            List.of("internal.dl4j"),
            List.of("internal.nn"),
            List.of("nn.constraint"),
            List.of("nn.spi"),
            List.of("nn.lista", "nn.pooling", "nn.inhibition", "nn.coding", "nn.normalization"),
            List.of("model"),
            List.of("train"),
            List.of("serve"));

    @ArchTest
    static final ArchRule packagesImportDownwardsOnly = packageOrder();

    /** A package with classes says what it holds and where to start. */
    @ArchTest
    static void packagesAreDescribed(JavaClasses library) {
        List<String> silent = library.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name ->
                        !Files.exists(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java")))
                .sorted()
                .toList();
        assertEquals(List.of(), silent);
    }

    @ArchTest
    static final ArchRule libraryWritesToTheLogOnly =
            NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.allowEmptyShould(true).because("a library logs with SLF4J");

    @ArchTest
    static final ArchRule libraryNeedsNoDesktop = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.imageio..", "javax.swing..")
            .because("servers have no java.desktop; pictures are in dl4j-sparse-diagnostics");

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
            .resideOutsideOfPackage(BASE + ".internal.dl4j")
            .should(askForTheKindOfANetwork())
            .because("Net is a network of either kind");

    /**
     * What DL4J does not promise to keep: workspaces, memory reports, updaters of layers, vertices and layers at work. Layers must name
     * the types that are in the signatures that they implement.
     */
    private static final String[] INTERNALS_OF_DL4J = {
        "org.deeplearning4j.nn.workspace..",
        "org.deeplearning4j.nn.conf.memory..",
        "org.deeplearning4j.nn.updater..",
        "org.deeplearning4j.nn.layers..",
        "org.deeplearning4j.nn.graph.vertex..",
        "org.deeplearning4j.optimize.solvers.."
    };

    @ArchTest
    static final ArchRule internalsOfDl4jAreInOnePackage = noClasses()
            .that()
            .resideOutsideOfPackages(BASE + ".internal.dl4j", BASE + ".nn..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNALS_OF_DL4J)
            .because("the next release of DL4J is one place to change: " + BASE + ".internal.dl4j");

    /** Of the packages of layers, only classes that implement DL4J's own interfaces. */
    @ArchTest
    static final ArchRule onlyLayersNameWorkspaces = noClasses()
            .that()
            .resideInAPackage(BASE + ".nn..")
            .and()
            .areNotAssignableTo(Layer.class)
            .and()
            .areNotAssignableTo(org.deeplearning4j.nn.conf.layers.Layer.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(INTERNALS_OF_DL4J)
            .because("what is no layer reaches DL4J's internals through " + BASE + ".internal.dl4j");

    /** They make one thing of another by its kind: sums, DL4J's layers, penalties of earlier files; or are for one penalty alone. */
    private static final List<String> BY_KIND = List.of(
            "energy.SumPenalty",
            "train.StandardLayers",
            "train.UnrolledSteps",
            "nn.spi.EarlierLearning",
            "solver.MajorizedIsta",
            "solver.InhibitionCoordinateDescent");

    @ArchTest
    static final ArchRule choicesAreAskedWhatTheyCanDo = noClasses()
            .that(are(not(BY_KIND)))
            .should(askForTheKindOfAChoice())
            .because("a new penalty, shrinkage, coupling or layer is one new class");

    private static DescribedPredicate<JavaClass> not(List<String> names) {
        return new DescribedPredicate<>("none of " + names) {
            @Override
            public boolean test(JavaClass each) {
                return names.stream().noneMatch(name -> each.getName().startsWith(BASE + "." + name));
            }
        };
    }

    private static ArchCondition<JavaClass> askForTheKindOfAChoice() {
        List<Class<?>> choices = List.of(
                Penalty.class,
                Shrinkage.class,
                Coupling.class,
                Momentum.class,
                ThresholdSchedule.class,
                Layer.class,
                org.deeplearning4j.nn.conf.layers.Layer.class);
        return new ArchCondition<>(
                "ask by instanceof for one penalty, shrinkage, coupling, momentum, schedule or layer") {
            @Override
            public void check(JavaClass asking, ConditionEvents events) {
                for (InstanceofCheck asked : asking.getInstanceofChecks()) {
                    JavaClass type = asked.getRawType();
                    boolean kind = type.getName().startsWith(BASE)
                            && !type.isInterface()
                            && !type.getModifiers().contains(JavaModifier.ABSTRACT)
                            && !type.equals(asking)
                            && choices.stream().anyMatch(type::isAssignableTo);
                    events.add(new SimpleConditionEvent(
                            asking, kind, asked.getOwner().getFullName() + ", line " + asked.getLineNumber()));
                }
            }
        };
    }

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
                order = order.layer(name).definedBy(BASE + "." + name);
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
