package io.github.dl4jsparse.examples;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the order of the packages of the examples: a package imports only from packages of earlier rows, so that no command
 * knows another. A package that is in no row is refused: give a new one its place in {@link #ORDER}.
 */
@AnalyzeClasses(packages = PackageOrderTest.BASE, importOptions = ImportOption.DoNotIncludeTests.class)
class PackageOrderTest {
    static final String BASE = "io.github.dl4jsparse.examples";
    private static final Path SOURCES = Path.of("src", "main", "java");

    /** Lowest first. Packages of the same row do not know each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("run"),
            List.of("picture"),
            List.of("data"),
            List.of("patch"),
            List.of(
                    "anomaly",
                    "compare",
                    "dictionary",
                    "drsae",
                    "features",
                    "inhibition",
                    "inspect",
                    "map",
                    "onnx",
                    "quickstart",
                    "restore",
                    "stack"),
            List.of("cli"));

    @ArchTest
    static final ArchRule packagesImportDownwardsOnly = packageOrder();

    /** A package says what it holds and where to start. */
    @ArchTest
    static void packagesAreDescribed(JavaClasses examples) {
        List<String> silent = examples.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name ->
                        !Files.exists(SOURCES.resolve(name.replace('.', '/')).resolve("package-info.java")))
                .sorted()
                .toList();
        assertEquals(List.of(), silent);
    }

    private static LayeredArchitecture packageOrder() {
        LayeredArchitecture order = layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(BASE, BASE + "..")
                .withOptionalLayers(false);
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
