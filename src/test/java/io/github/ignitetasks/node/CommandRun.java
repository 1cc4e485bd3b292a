package io.github.ignitetasks.node;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of a command in this JVM.
 *
 * @param exitCode the exit code
 * @param out the standard output
 * @param err the standard error
 */
record CommandRun(int exitCode, String out, String err) {

    /** Runs the program with these arguments. */
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = GridNode.program();
        program.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int exitCode = program.execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
