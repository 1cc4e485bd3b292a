package io.github.ignitetasks.internal.console;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The commands, as a program gets them. */
public final class GridCommands {
    /** The system properties with the levels of the logs of this library and of Ignite, which config/logback.xml reads. */
    private static final Map<String, String> LOG_LEVELS =
            Map.of("ignitetasks.logLevel", "WARN", "ignitetasks.igniteLogLevel", "OFF");

    private static final Set<String> NAMES = Set.of("status", "keys", "key");

    private GridCommands() {}

    /** Returns whether these arguments run one of the commands. */
    public static boolean isIn(String... arguments) {
        return arguments.length > 0 && NAMES.contains(arguments[0]);
    }

    /**
     * Lets the log show warnings of this library alone, so that the output of a command stands out, unless the system
     * properties say otherwise. Ignite's errors are off, as the command tells what they mean. Call it before the first
     * line is logged.
     */
    public static void quietLog() {
        LOG_LEVELS.forEach((property, level) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, level);
            }
        });
    }

    /**
     * Adds the commands to a program.
     *
     * @param program the program
     * @param defaultAddresses gives the addresses for a command without them; may throw IllegalArgumentException
     */
    public static void addTo(CommandLine program, Supplier<String> defaultAddresses) {
        program.addSubcommand(new StatusCommand(new GridOptions(defaultAddresses)));
        program.addSubcommand(new KeysCommand(new GridOptions(defaultAddresses)));
        program.addSubcommand(new KeyCommand(new GridOptions(defaultAddresses)));
        program.setExecutionStrategy(GridCommands::execute);
    }

    /** Runs what was parsed. The arguments of the program itself would be ignored beside a command. */
    private static int execute(ParseResult parsed) {
        List<String> own = parsed.matchedArgs().stream()
                .map(CommandLine.Model.ArgSpec::paramLabel)
                .toList();
        if (parsed.hasSubcommand() && !own.isEmpty()) {
            CommandLine command = parsed.subcommand().commandSpec().commandLine();
            throw new ParameterException(
                    command,
                    "command '" + command.getCommandName()
                            + "' must come first, but arguments of a node stand before it: "
                            + String.join(" ", parsed.originalArgs()) + "; leave them out");
        }
        return new CommandLine.RunLast().execute(parsed);
    }
}
