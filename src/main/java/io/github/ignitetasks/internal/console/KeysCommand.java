package io.github.ignitetasks.internal.console;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.github.ignitetasks.internal.client.ServerAnswers;
import io.github.ignitetasks.internal.json.JsonObject;
import io.github.ignitetasks.internal.worker.KeyList;
import io.github.ignitetasks.internal.worker.KeyList.ListedKey;
import io.github.ignitetasks.internal.worker.KeyState;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that lists the keys of a grid. */
@Command(
        name = "keys",
        description = "Lists the keys that a grid has, by key: with their states, servers and end times.",
        sortOptions = false,
        exitCodeOnExecutionException = ExitCodes.BROKEN,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all servers answered",
            "2:an option is not right",
            "4:the grid cannot be reached, or no server answered",
            "5:some servers did not answer; the output names them",
            "70:the command itself failed"
        })
final class KeysCommand implements Callable<Integer> {
    @Option(names = "--prefix", paramLabel = "TEXT", defaultValue = "", description = "List keys that begin so.")
    private String prefix = "";

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = State.class,
            description = "List keys in this state: Running, Completed, Failed, Crashed, Cancelled or NotReady.")
    private @Nullable KeyState state;

    @Option(
            names = "--limit",
            paramLabel = "KEYS",
            defaultValue = "1000",
            converter = Limit.class,
            description = "List so many keys at most; default: ${DEFAULT-VALUE}.")
    private int limit;

    @Mixin
    private GridOptions grid;

    KeysCommand(GridOptions grid) {
        this.grid = grid;
    }

    @Override
    public Integer call() {
        return grid.ask((asked, out) -> {
            ServerAnswers<KeyList> answers = asked.keys(prefix, Optional.ofNullable(state), limit);
            print(answers, out);
            int answered = answers.answered().size();
            int silent = answers.silent().size();
            return answered + silent == 0 ? ExitCodes.UNREACHABLE : ExitCodes.of(answered, silent);
        });
    }

    private void print(ServerAnswers<KeyList> answers, PrintWriter out) {
        List<ListedKey> keys = first(answers.answered(), limit);
        long matching = answers.answered().stream().mapToLong(KeyList::matching).sum();
        List<String> silent =
                answers.silent().stream().map(GridQueries::nodeName).sorted().toList();
        if (grid.isJson()) {
            out.println(new JsonObject()
                    .with("keys", keys.stream().map(KeysCommand::json).toList())
                    .with("matching", matching)
                    .with("noAnswer", silent));
            return;
        }
        Table table = new Table("STATE", "ENDED", "SERVER", "KEY");
        keys.forEach(key -> table.add(
                key.state().toString(),
                key.endTime().map(ConsoleFormat::time).orElse(ConsoleFormat.NOTHING),
                ConsoleFormat.text(key.node()),
                ConsoleFormat.text(key.key())));
        out.print(table);
        out.println(keys.size() + " of " + matching + " shown");
        silent.forEach(server -> out.println(GridStatus.NO_ANSWER + " from server " + ConsoleFormat.text(server)));
    }

    /** Returns the first keys of several lists. A key that moved between servers meanwhile may be in two of them. */
    static List<ListedKey> first(List<KeyList> lists, int limit) {
        return lists.stream()
                .flatMap(list -> list.first().stream())
                .collect(toMap(ListedKey::key, identity(), KeysCommand::latest, TreeMap::new))
                .values()
                .stream()
                .limit(limit)
                .toList();
    }

    private static ListedKey latest(ListedKey one, ListedKey other) {
        return one.state() == KeyState.RUNNING ? other : one;
    }

    private static JsonObject json(ListedKey key) {
        return new JsonObject()
                .with("key", key.key())
                .with("state", key.state())
                .with("server", key.node())
                .with("endTime", key.endTime());
    }

    /** A converter for a state. */
    static final class State implements CommandLine.ITypeConverter<KeyState> {
        @Override
        public KeyState convert(String text) {
            return Arrays.stream(KeyState.values())
                    .filter(state -> text.equalsIgnoreCase(state.toString()) || text.equalsIgnoreCase(state.name()))
                    .findFirst()
                    .orElseThrow(() -> new CommandLine.TypeConversionException(
                            "'" + text + "' is none of " + Arrays.toString(KeyState.values())));
        }
    }

    /** A converter for the number of keys. */
    static final class Limit implements CommandLine.ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return GridOptions.number(text, "keys", KeyList.MAX_KEYS);
        }
    }
}
