package io.github.dl4jsparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.tree.AnnotatedTypeTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Everything that may be null by the comments of the API is {@code @Nullable}, and the packages of the API are
 * {@code @NullMarked}.
 */
class NullnessTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern MAY_BE_NULL = Pattern.compile("\\bnull\\b");

    private static List<Path> api() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !SOURCES.relativize(file).toString().contains("internal"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void packagesOfTheApiAreNullMarked() throws IOException {
        List<Path> unmarked = new ArrayList<>();
        for (Path file : api()) {
            if (file.endsWith("package-info.java") && !Files.readString(file).contains("@NullMarked")) {
                unmarked.add(SOURCES.relativize(file));
            }
        }
        assertEquals(List.of(), unmarked);
    }

    @Test
    void whatCommentsSayMayBeNullIsNullable() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(api()));
            Scan scan = new Scan(DocTrees.instance(task));
            for (CompilationUnitTree unit : task.parse()) {
                scan.scan(unit, null);
            }
            assertEquals("", String.join("\n", scan.missing));
            assertTrue(scan.checked > 20, "statements about null: " + scan.checked);
        }
    }

    /** Goes through the comments of public types and their public and protected members. */
    private static final class Scan extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> missing = new ArrayList<>();
        private int checked;

        Scan(DocTrees docs) {
            this.docs = docs;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            boolean isShown = isShown(type.getModifiers())
                    || getCurrentPath().getParentPath().getLeaf() instanceof ClassTree outer
                            && outer.getKind() == Tree.Kind.INTERFACE;
            if (!isShown) {
                return null;
            }
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment != null && type.getKind() == Tree.Kind.RECORD) {
                List<VariableTree> components = new ArrayList<>();
                for (Tree member : type.getMembers()) {
                    if (member instanceof VariableTree field
                            && !field.getModifiers().getFlags().contains(Modifier.STATIC)) {
                        components.add(field);
                    }
                }
                params(comment, components, type.getSimpleName().toString());
            }
            return super.visitClass(type, none);
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            ClassTree owner = (ClassTree) getCurrentPath().getParentPath().getLeaf();
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment == null || !(isShown(method.getModifiers()) || owner.getKind() == Tree.Kind.INTERFACE)) {
                return null;
            }
            String name = owner.getSimpleName() + "." + method.getName();
            params(comment, new ArrayList<>(method.getParameters()), name);
            if (Pattern.compile("; null ")
                    .matcher(comment.getFullBody().toString())
                    .find()) {
                check(isNullable(method.getModifiers(), method.getReturnType()), name + ", the comment's first part");
            }
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ReturnTree result
                        && saysNull(result.getDescription().toString())) {
                    check(isNullable(method.getModifiers(), method.getReturnType()), name + " returns null");
                }
            }
            return null;
        }

        /** A field's comment is that of its getter. */
        @Override
        public Void visitVariable(VariableTree field, Void none) {
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment != null && getCurrentPath().getParentPath().getLeaf() instanceof ClassTree owner) {
                boolean hasGetter = Stream.of(owner.getModifiers(), field.getModifiers())
                        .flatMap(modifiers -> modifiers.getAnnotations().stream())
                        .anyMatch(each -> each.getAnnotationType().toString().equals("Getter"));
                if (hasGetter && saysNull(comment.getFullBody().toString())) {
                    check(
                            isNullable(field.getModifiers(), field.getType()),
                            owner.getSimpleName() + "." + field.getName());
                }
            }
            return null;
        }

        private void params(DocCommentTree comment, List<VariableTree> params, String owner) {
            for (DocTree tag : comment.getBlockTags()) {
                if (tag instanceof ParamTree param
                        && saysNull(param.getDescription().toString())) {
                    for (VariableTree each : params) {
                        if (each.getName().contentEquals(param.getName().toString())) {
                            check(isNullable(each.getModifiers(), each.getType()), owner + ": " + each.getName());
                        }
                    }
                }
            }
        }

        private void check(boolean nullable, String what) {
            checked++;
            if (!nullable) {
                missing.add(what);
            }
        }

        private static boolean saysNull(String text) {
            return MAY_BE_NULL.matcher(text).find();
        }

        private static boolean isShown(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED);
        }

        /** A declaration's annotation stands before its type; one of an array's before the brackets. */
        private static boolean isNullable(ModifiersTree modifiers, Tree type) {
            List<AnnotationTree> all = new ArrayList<>(modifiers.getAnnotations());
            if (type instanceof AnnotatedTypeTree annotated) {
                all.addAll(annotated.getAnnotations());
            }
            return all.stream()
                    .anyMatch(each -> each.getAnnotationType().toString().endsWith("Nullable"));
        }
    }
}
