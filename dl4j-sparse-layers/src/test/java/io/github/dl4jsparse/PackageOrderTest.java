package io.github.dl4jsparse;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.ArrayList;
import java.util.List;

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
