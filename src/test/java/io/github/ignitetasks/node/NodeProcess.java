package io.github.ignitetasks.node;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.FreePort;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A grid node in a JVM of its own, on ports of its own.
 *
 * @param jvm the JVM of the node
 * @param address the address at which clients join it
 */
public record NodeProcess(ChildJvm jvm, String address) implements AutoCloseable {
    /** Starts the jar with these arguments. */
    static NodeProcess ofJar(String... arguments) {
        return start(Map.of(), List.of(), jar(), arguments);
    }

    /** Starts the jar with these variables in its environment. */
    static NodeProcess ofJarIn(Map<String, String> environment) {
        return start(environment, List.of(), jar());
    }

    /** Starts the jar with these variables in its environment, as one more node of this node's grid. */
    NodeProcess addJarIn(Map<String, String> environment) {
        String addresses = address + ",127.0.0.1:${IGNITE_TASKS_PORT}"; // the node's file resolves the variable
        return start(environment, List.of("-DIGNITE_TASKS_ADDRESSES=" + addresses), jar());
    }

    /** Starts the program from the jar, with these classes on its class path as well. */
    static NodeProcess ofJarAnd(Path classes, String... arguments) {
        return start(
                Map.of(),
                List.of("@" + System.getProperty("jvm.opens.file")),
                List.of("-cp", System.getProperty("node.jar") + File.pathSeparator + classes, GridNode.class.getName()),
                arguments);
    }

    /**
     * Starts the program with a configuration file, on the class path of this JVM. The node joins {@code grid}, and
     * keeps its records on disk.
     */
    static NodeProcess ofStore(Path store, Path file, List<NodeProcess> grid, String... arguments) {
        String addresses = grid.stream().map(node -> node.address() + ",").collect(joining());
        List<String> all = new ArrayList<>(List.of(file.toString()));
        all.addAll(List.of(arguments));
        return start(
                Map.of(),
                List.of(
                        "@" + System.getProperty("jvm.opens.file"),
                        "-DIGNITE_TASKS_STORE=" + store,
                        "-DIGNITE_TASKS_ADDRESSES=" + addresses + "127.0.0.1:${IGNITE_TASKS_PORT}"),
                List.of("-cp", System.getProperty("java.class.path"), GridNode.class.getName()),
                all.toArray(String[]::new));
    }

    /** Starts the program on the class path of this JVM. */
    public static NodeProcess ofClasses(String... arguments) {
        return ofClassesIn(Map.of(), arguments);
    }

    /** Starts the program on the class path of this JVM, with these variables in its environment. */
    static NodeProcess ofClassesIn(Map<String, String> environment, String... arguments) {
        return start(
                environment,
                List.of("@" + System.getProperty("jvm.opens.file")),
                List.of("-cp", System.getProperty("java.class.path"), GridNode.class.getName()),
                arguments);
    }

    /** Starts the program on the class path of this JVM, as one more node of this node's grid. */
    public NodeProcess addOfClasses(String... arguments) {
        return ofClassesIn(Map.of("IGNITE_TASKS_ADDRESSES", address + ",127.0.0.1:${IGNITE_TASKS_PORT}"), arguments);
    }

    private static List<String> jar() {
        return List.of("-jar", System.getProperty("node.jar"));
    }

    private static NodeProcess start(
            Map<String, String> environment, List<String> options, List<String> program, String... arguments) {
        int port = FreePort.find();
        List<String> command = new ArrayList<>(options);
        command.add("-DIGNITE_TASKS_PORT=" + port);
        command.add("-DIGNITE_TASKS_COMMUNICATION_PORT=" + FreePort.find());
        command.add("-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"));
        command.addAll(program);
        command.addAll(List.of(arguments));
        return new NodeProcess(ChildJvm.start(command, environment), "127.0.0.1:" + port);
    }

    /** Waits until the node has joined its grid. */
    @SuppressWarnings("CheckReturnValue") // the text of the line does not matter
    public void awaitJoined() {
        jvm.awaitText("has joined");
    }

    @Override
    public void close() {
        jvm.close();
    }
}
