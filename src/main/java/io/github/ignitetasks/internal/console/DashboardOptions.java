package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.internal.web.ServerSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.function.Function;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a node for a dashboard of the whole grid. For one thread. */
public final class DashboardOptions {
    private static final String ANY_PORT = "0";

    @Option(
            names = "--dashboard",
            arity = "0..1",
            paramLabel = "PORT",
            preprocessor = AttachedPort.class,
            converter = Port.class,
            description = "Serve a dashboard of the whole grid on this port, or on a free one; the log has its link.")
    private @Nullable Integer port;

    @Option(
            names = "--dashboard-host",
            paramLabel = "HOST",
            description = "The interface of the dashboard; default: IGNITE_TASKS_DASHBOARD_HOST, or else 127.0.0.1.")
    private @Nullable String host;

    @Option(
            names = "--dashboard-allowed-host",
            paramLabel = "HOST[:PORT]",
            description = "One more host that requests to the dashboard may name, as a proxy passes it on; repeatable.")
    private List<String> allowedHosts = List.of();

    /** Makes the options of a command line. */
    public DashboardOptions() {}

    /**
     * Returns the start of the dashboard; it starts none if none is wanted.
     *
     * @param defaultPort the port if the options have none; empty for no dashboard
     * @param defaultHost the interface if the options have none
     * @throws IllegalArgumentException if a value is not right; the message has the remedy
     */
    public Function<Ignite, Optional<GridDashboard>> start(
            Optional<Integer> defaultPort, Optional<String> defaultHost) {
        Optional<Integer> wanted = Optional.ofNullable(port).or(() -> defaultPort);
        if (wanted.isEmpty()) {
            if (host != null || !allowedHosts.isEmpty()) {
                throw new IllegalArgumentException(
                        "--dashboard-host and --dashboard-allowed-host need --dashboard; add it, or leave them out");
            }
            return ignite -> Optional.empty();
        }
        ServerSettings settings = ServerSettings.standard().withPort(wanted.get());
        Optional<String> address = Optional.ofNullable(host).or(() -> defaultHost);
        if (address.isPresent()) {
            settings = settings.withAddress(address.get());
        }
        for (String allowed : allowedHosts) {
            settings = settings.withAllowedHost(allowed);
        }
        ServerSettings all = settings;
        return ignite -> GridDashboard.start(ignite, all);
    }

    /** Takes a port only behind an equals sign, because the file of the node may come next. */
    static final class AttachedPort implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's type
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push(ANY_PORT);
            }
            return false;
        }
    }

    /** A converter for a port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
                throw new TypeConversionException("'" + text + "' is no port from 1 to 65535, or 0 for a free one");
            }
            return Integer.valueOf(text);
        }
    }
}
