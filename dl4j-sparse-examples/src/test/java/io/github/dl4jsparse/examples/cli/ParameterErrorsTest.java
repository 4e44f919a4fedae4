package io.github.dl4jsparse.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake on the command line is answered by one line. */
class ParameterErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dictionnary | unknown command \"dictionnary\" (did you mean dictionary?); see \"sparse --help\"",
                "nothing --help | unknown command \"nothing\"; see \"sparse --help\"",
                "drsae --unit 3 | unknown option \"--unit\" (did you mean --units?); see \"sparse drsae --help\"",
                "drsae --xyzzy | unknown option \"--xyzzy\"; see \"sparse drsae --help\"",
                "map more | unknown argument \"more\"; see \"sparse map --help\"",
                "drsae --units many | Invalid value for option '--units': 'many' is not an int; "
                        + "see \"sparse drsae --help\"",
                "drsae --preset papre | Invalid value for option '--preset': expected one of [QUICK, PAPER, BEST] "
                        + "(case-insensitive) but was 'papre' (did you mean paper?); see \"sparse drsae --help\"",
                "onnx | Missing required parameter: 'NETWORK.zip'; see \"sparse onnx --help\""
            })
    void oneLineSaysWhatWasMeantAndWhereHelpIs(String arguments, String line) {
        ProgramRun program = new ProgramRun();
        assertEquals(SparseCommand.USER_ERROR, program.run((Object[]) arguments.split(" ")));
        assertEquals("error: " + line + System.lineSeparator(), program.err());
        assertEquals("", program.out());
    }

    @ParameterizedTest
    @CsvSource({"drsae", "map", "restore"})
    void aDirectoryWithoutANameIsRefused(String command) {
        ProgramRun program = new ProgramRun();
        assertEquals(SparseCommand.USER_ERROR, program.run(command, "--out", ""));
        assertEquals("error: --out must be the name of a directory, got \"\"" + System.lineSeparator(), program.err());
    }
}
