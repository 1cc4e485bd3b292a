package io.github.ignitetasks.internal.console;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.cluster.ClientCustomizer;
import io.github.ignitetasks.internal.connect.ClientNode;
import io.github.ignitetasks.internal.connect.GridAddress;
import io.github.ignitetasks.internal.tls.NodeTls;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.ignite.IgniteException;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of all commands: where the grid is, how long to wait for it, and the form of the output. */
final class GridOptions {
    private static final int MAX_TIMEOUT = 3_600; // seconds

    private final Supplier<String> defaultAddresses;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--address",
            paramLabel = "ADDRESSES",
            description = "Where servers of the grid are: host, host:port or host:port..port, separated by commas;"
                    + " default: IGNITE_TASKS_ADDRESSES, or else this machine.")
    private @Nullable String addresses;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "15",
            converter = Timeout.class,
            description = "How long to look for the grid, and then to wait for its answers; default: ${DEFAULT-VALUE}.")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--json", description = "Print one JSON object instead of text for people.")
    private boolean json;

    @SuppressWarnings("UnusedVariable") // picocli alone reads it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    /** Makes options with the addresses that hold if there are none. These may throw IllegalArgumentException. */
    GridOptions(Supplier<String> defaultAddresses) {
        this.defaultAddresses = defaultAddresses;
    }

    /** A question to a grid. */
    interface Question {
        /** Asks the grid, prints the answer, and returns the exit code. */
        int ask(GridQueries grid, PrintWriter out);
    }

    /** Joins the grid as a client, asks the question, leaves, and returns the exit code. */
    int ask(Question question) {
        CommandLine command = requireNonNull(spec, "spec").commandLine();
        List<String> wanted = addresses();
        NodeTls tls = tls();
        try {
            ClientNode client = ClientNode.join(wanted, new ClientSettings(tls, timeout));
            try {
                return question.ask(new GridQueries(client.ignite(), timeout), command.getOut());
            } finally {
                command.getOut().flush();
                client.close();
            }
        } catch (IllegalStateException | IgniteException e) {
            command.getErr().println(ConsoleFormat.text(String.valueOf(e.getMessage())));
            return ExitCodes.UNREACHABLE;
        }
    }

    /** The settings of the client node of a command. */
    private record ClientSettings(NodeTls tls, Duration timeout) implements ClientCustomizer {
        @Override
        public void customize(IgniteConfiguration node) {
            tls.sslContextFactory().ifPresent(node::setSslContextFactory);
            ((TcpDiscoverySpi) node.getDiscoverySpi()).setJoinTimeout(timeout.toMillis());
        }
    }

    private List<String> addresses() {
        try {
            List<String> wanted = ClientNode.split(addresses == null ? defaultAddresses.get() : addresses);
            wanted.forEach(GridAddress::parse);
            return wanted;
        } catch (IllegalArgumentException e) {
            throw wrong((addresses == null ? "" : "--address is not right: ") + e.getMessage());
        }
    }

    private NodeTls tls() {
        try {
            return NodeTls.ofEnvironment();
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    /** Returns whether the answer must be JSON. */
    boolean isJson() {
        return json;
    }

    /** Returns an exception that ends the command as wrongly used, with this message. */
    ParameterException wrong(String message) {
        return new ParameterException(requireNonNull(spec, "spec").commandLine(), message);
    }

    /** A converter for the timeout. */
    static final class Timeout implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.ofSeconds(number(text, "seconds", MAX_TIMEOUT));
        }
    }

    /** Returns a whole number from 1. */
    static int number(String text, String what, int most) {
        if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is no whole number of " + what + " from 1 to " + most);
        }
        return Integer.parseInt(text);
    }
}
