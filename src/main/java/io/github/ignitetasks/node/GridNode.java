package io.github.ignitetasks.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.console.DashboardOptions;
import io.github.ignitetasks.internal.console.GridCommands;
import io.github.ignitetasks.internal.node.NodeAttributes;
import io.github.ignitetasks.internal.node.SpringNode;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command-line program that starts a server node of a grid and serves until the process receives a signal. It also
 * has commands that look at a grid.
 */
@Command(
        name = "java -jar ignite-task-runner-VERSION-node.jar",
        description =
                "Starts a server node of a grid, and serves until SIGTERM or SIGINT. The commands look at a grid.",
        mixinStandardHelpOptions = true,
        versionProvider = GridNode.Version.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:ended by a signal, also where tasks outlasted the grace; with --health: the node has joined its grid",
            "1:the node failed while it served; with --health: there is none, or it has not joined, or it ends",
            "2:an option or the file is not right, or the node cannot start"
        })
public final class GridNode implements Callable<Integer> {
    private static final String PACKED_FILE = "grid-node.xml";
    private static final int MAX_FILE_BYTES = 10_000_000;
    private static final String TLS_OF_ENVIRONMENT = "Tls).ofEnvironment()";

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The Spring XML file that configures the node; by default config/grid-node.xml, as packed in. A file"
                            + " with the name of a command is given with its folder, as in ./status.")
    private @Nullable Path file;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            defaultValue = "30",
            converter = Seconds.class,
            description = "How long tasks that run may go on after the signal; default: ${DEFAULT-VALUE}.")
    private Duration grace = Duration.ZERO;

    @Option(
            names = "--activate",
            paramLabel = "SERVERS",
            converter = Servers.class,
            description = "Activate the grid once it has so many servers, if it keeps records on disk and is new.")
    private int activateAt = ServingNode.NEVER;

    @Option(
            names = "--status-file",
            paramLabel = "FILE",
            description =
                    "The file, of this node alone, that it keeps fresh while it is part of its grid; --health reads it.")
    private @Nullable Path statusFile;

    @Option(
            names = "--health",
            description = "Start nothing, but tell by the exit code whether the node of this status file has joined.")
    private boolean health;

    @Mixin
    private DashboardOptions dashboard = new DashboardOptions();

    /** Creates the program for {@link #main}, which runs it through {@link #commandLine}. */
    GridNode() {}

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        if (GridCommands.isIn(arguments)) {
            GridCommands.quietLog();
        }
        System.exit(program().execute(arguments));
    }

    /** Returns the program as {@link #main} runs it. */
    static CommandLine program() {
        return commandLine().setParameterExceptionHandler(GridNode::refuse);
    }

    /** Returns the program with its help, which lists its environment variables and those of the packed file. */
    static CommandLine commandLine() {
        CommandLine program = new CommandLine(new GridNode());
        GridCommands.addTo(program, () -> NodeVariable.addresses(NodeVariable::value));
        program.getCommandSpec()
                .usageMessage()
                .footerHeading("%nEnvironment variables, or system properties of the same names:%n")
                .footer(Stream.of(NodeVariable.values()).map(NodeVariable::help).toArray(String[]::new));
        return program;
    }

    private static int refuse(ParameterException problem, String[] arguments) {
        PrintWriter err = problem.getCommandLine().getErr();
        err.println(problem.getMessage());
        err.println("(--help tells the options)");
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws InterruptedException {
        Optional<StatusFile> status = Optional.ofNullable(statusFile).map(StatusFile::new);
        if (health) {
            StatusFile asked = status.orElseThrow(
                    () -> wrong("--health needs --status-file, the one that the node was given", null));
            Optional<String> problem = asked.problem();
            problem.ifPresent(requireNonNull(spec, "spec").commandLine().getErr()::println);
            return problem.isEmpty() ? 0 : 1;
        }
        ServingNode serving;
        try {
            checkVariables();
            var startDashboard = dashboard.start(
                    NodeVariable.dashboardPort(NodeVariable::value), NodeVariable.dashboardHost(NodeVariable::value));
            serving = ServingNode.start(this::startNode, startDashboard, grace, status, activateAt);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(e.getMessage(), e);
        }
        return serving.awaitEnd();
    }

    /**
     * Checks the variables that the program or the node's file uses. Spring and Ignite would report them with long stack
     * traces.
     */
    private void checkVariables() {
        String text = text();
        for (NodeVariable variable : NodeVariable.values()) {
            if (variable.isOfProgram()
                    || text.contains("'" + variable.name() + "'")
                    || text.contains("${" + variable.name())) {
                variable.problem(NodeVariable::value).ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
            }
        }
        if (text.contains(TLS_OF_ENVIRONMENT)) {
            Objects.requireNonNull(NodeTls.ofEnvironment(), "tls");
        }
    }

    /** Returns the text of the node's file; empty if it cannot be read, which the start of the node reports later. */
    private String text() {
        try (InputStream text = file == null
                ? requireNonNull(GridNode.class.getResourceAsStream(PACKED_FILE), PACKED_FILE)
                : Files.newInputStream(file)) {
            byte[] bytes = text.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new IllegalArgumentException("the Spring XML file '" + file + "' has more than " + MAX_FILE_BYTES
                        + " bytes; give one that configures a node");
            }
            return new String(bytes, UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private SpringNode startNode() {
        NodeAttributes declared = NodeVariable.declared(NodeVariable::value);
        return file == null
                ? SpringNode.start(requireNonNull(GridNode.class.getResource(PACKED_FILE), PACKED_FILE), declared)
                : SpringNode.start(file, declared);
    }

    /** Returns an exception that ends the program with exit code 2 and this message. */
    private ParameterException wrong(@Nullable String message, @Nullable Throwable cause) {
        return new ParameterException(requireNonNull(spec, "spec").commandLine(), message, cause);
    }

    /** A converter for a number of seconds. */
    static final class Seconds implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[0-9]{1,9}")) {
                throw new CommandLine.TypeConversionException(
                        "'" + text + "' is no whole number of seconds from 0 to 999999999");
            }
            return Duration.ofSeconds(Long.parseLong(text));
        }
    }

    /** A converter for a number of servers. */
    static final class Servers implements CommandLine.ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-9][0-9]{0,5}")) {
                throw new CommandLine.TypeConversionException("'" + text + "' is no whole number of servers from 1");
            }
            return Integer.valueOf(text);
        }
    }

    /** A provider of the version of the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = GridNode.class.getPackage().getImplementationVersion();
            return new String[] {"ignite-task-runner " + (version == null ? "(not from its jar)" : version)};
        }
    }
}
