package io.github.dl4jsparse.examples.run;

import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Shows a page in the browser of the desktop. */
final class Browser {
    private Browser() {}

    /** Opens the page, or says where it is if there is no desktop. */
    static void show(Path page, Consumer<String> say) {
        boolean desktop = !GraphicsEnvironment.isHeadless()
                && Desktop.isDesktopSupported()
                && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE);
        if (!desktop) {
            say.accept("There is no desktop to open " + page.toAbsolutePath() + " on");
            return;
        }
        try {
            Desktop.getDesktop().browse(page.toAbsolutePath().toUri());
        } catch (IOException e) {
            say.accept("Can't open " + page.toAbsolutePath() + ": " + e.getMessage());
        }
    }
}
