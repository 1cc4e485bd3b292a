package io.github.ignitetasks.internal.console;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that shows what the servers of a grid do. */
@Command(
        name = "status",
        description = "Shows what the servers of a grid do: slots, calls, counts by task, and the last failures.",
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
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private GridOptions grid;

    StatusCommand(GridOptions grid) {
        this.grid = grid;
    }

    @Override
    public Integer call() {
        return grid.ask((asked, out) -> {
            GridStatus status = asked.status();
            if (grid.isJson()) {
                out.println(StatusJson.of(status));
            } else {
                out.print(new StatusText(status));
            }
            return status.exitCode();
        });
    }
}
