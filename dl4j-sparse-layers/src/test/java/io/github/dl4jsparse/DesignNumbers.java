package io.github.dl4jsparse;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The sizes of a module's sources: its files, its methods, and its public types outside of {@code internal} packages.
 * <p>A type counts where it is public and at the top of its file. A method goes from its first modifier or annotation to its closing
 * brace; the comment above it does not count.
 *
 * @param name        of the module's folder
 * @param files       of {@code src/main/java}
 * @param lines       of all files
 * @param publicTypes outside of {@code internal} packages, full names
 * @param internal    the number of public types in {@code internal} packages
 * @param longFiles   of more than {@value #FILE} lines, as {@code File lines}
 * @param longMethods of more than {@value #METHOD} lines, as {@code package.Type.method}
 */
record DesignNumbers(
        String name,
        int files,
        long lines,
        List<String> publicTypes,
        int internal,
        List<String> longFiles,
        List<String> longMethods) {
    /** The most lines of a file. */
    static final int FILE = 350;
    /** The most lines of a method. */
    static final int METHOD = 40;

    private static final String PACKAGES = "io.github.dl4jsparse";

    /** The modules of this project, by name, each with its folder {@code src/main/java}; those beside the folder that tests run in. */
    static List<DesignNumbers> ofModules() {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("dl4j-sparse-"))
                    .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .sorted()
                    .map(DesignNumbers::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One module. */
    static DesignNumbers of(Path module) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (Stream<Path> all = Files.walk(module.resolve("src/main/java"));
                StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            Scan scan = new Scan(Trees.instance(task).getSourcePositions());
            for (CompilationUnitTree unit : task.parse()) {
                scan.add(unit);
            }
            return new DesignNumbers(
                    module.getFileName().toString(),
                    sources.size(),
                    scan.lines,
                    scan.publicTypes,
                    scan.internal,
                    scan.longFiles,
                    scan.longMethods);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line of a table. */
    String row() {
        return String.format(
                Locale.ROOT,
                "%-28s %5d files %6d lines   public types: %3d + %3d internal   files > %d lines: %2d   methods > %d lines: %2d",
                name,
                files,
                lines,
                publicTypes.size(),
                internal,
                FILE,
                longFiles.size(),
                METHOD,
                longMethods.size());
    }

    private static final class Scan extends TreeScanner<Void, String> {
        private final SourcePositions positions;
        private final List<String> publicTypes = new ArrayList<>();
        private final List<String> longFiles = new ArrayList<>();
        private final List<String> longMethods = new ArrayList<>();
        private int internal;
        private long lines;
        private CompilationUnitTree unit;

        Scan(SourcePositions positions) {
            this.positions = positions;
        }

        void add(CompilationUnitTree each) throws IOException {
            unit = each;
            Path file = Path.of(each.getSourceFile().toUri());
            int length = Files.readAllLines(file).size();
            lines += length;
            if (length > FILE) {
                longFiles.add(file.getFileName() + " " + length);
            }
            String pack = each.getPackageName() == null
                    ? ""
                    : each.getPackageName().toString().replaceFirst("^" + PACKAGES + "\\.?", "");
            for (Tree declared : each.getTypeDecls()) {
                if (declared instanceof ClassTree type) {
                    if (type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
                        if (pack.matches("(.*\\.)?internal(\\..*)?")) {
                            internal++;
                        } else {
                            publicTypes.add(pack + "." + type.getSimpleName());
                        }
                    }
                    type.accept(this, pack);
                }
            }
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            return super.visitClass(type, outer + "." + type.getSimpleName());
        }

        @Override
        public Void visitMethod(MethodTree method, String type) {
            long start = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, method));
            long end = positions.getEndPosition(unit, method);
            // a record's canonical constructor that nobody wrote has no end
            if (end >= 0 && unit.getLineMap().getLineNumber(end) - start + 1 > METHOD) {
                longMethods.add(type + "." + method.getName());
            }
            return super.visitMethod(method, type);
        }
    }
}
