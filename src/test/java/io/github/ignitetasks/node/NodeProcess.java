package io.github.ignitetasks.node;

import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A grid node in a JVM of its own, on ports of its own.
 *
 * @param jvm its JVM
 * @param address where it is joined
 */
public record NodeProcess(ChildJvm jvm, String address) implements AutoCloseable {

    /** Starts the jar with these arguments. */
    static NodeProcess ofJar(String... arguments) {
        return start(List.of(), List.of("-jar", System.getProperty("node.jar")), arguments);
    }

    /** Starts the program from the jar, with these classes beside it. */
    static NodeProcess ofJarAnd(Path classes, String... arguments) {
        return start(
                List.of("@" + System.getProperty("jvm.opens.file")),
                List.of("-cp", System.getProperty("node.jar") + File.pathSeparator + classes, GridNode.class.getName()),
                arguments);
    }

    /** Starts the program on the class path of this JVM. */
    public static NodeProcess ofClasses(String... arguments) {
        return start(
                List.of("@" + System.getProperty("jvm.opens.file")),
                List.of("-cp", System.getProperty("java.class.path"), GridNode.class.getName()),
                arguments);
    }

    private static NodeProcess start(List<String> options, List<String> program, String... arguments) {
        int port = FreePort.find();
        List<String> command = new ArrayList<>(options);
        command.add("-DIGNITE_TASKS_PORT=" + port);
        command.add("-DIGNITE_TASKS_COMMUNICATION_PORT=" + FreePort.find());
        command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        return new NodeProcess(ChildJvm.start(command), "127.0.0.1:" + port);
    }

    /** Waits until it has joined its grid. */
    @SuppressWarnings("CheckReturnValue") // the line says nothing more
    public void awaitJoined() {
        jvm.awaitText("has joined");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
