package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.internal.base.PlainText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The command that shows what a grid knows of one key. */
@Command(
        name = "key",
        description =
                "Shows what a grid knows of a key: how it ended and why, or what it does now. It does not show the"
                        + " result, only its size.",
        sortOptions = false,
        exitCodeOnExecutionException = ExitCodes.BROKEN,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the key is Completed",
            "1:it is Failed, Crashed, Cancelled or NotReady",
            "2:an option or the key is not right",
            "3:it runs, or its call waits on a server",
            "4:the grid cannot be reached, or no server answered",
            "5:no server that answered knows it, but some did not answer",
            "6:no server knows it",
            "70:the command itself failed"
        })
final class KeyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KEY", description = "The key.")
    private String key = "";

    @Mixin
    private GridOptions grid;

    KeyCommand(GridOptions grid) {
        this.grid = grid;
    }

    @Override
    public Integer call() {
        try {
            PlainText.check("KEY", key);
        } catch (IllegalArgumentException e) {
            throw grid.wrong(e.getMessage() + "; give a key as a session has it");
        }
        return grid.ask((asked, out) -> {
            KeyAnswer answer = KeyAnswer.of(key, asked.key(key), asked::nodeName);
            if (grid.isJson()) {
                out.println(KeyJson.of(answer));
            } else {
                out.print(KeyText.of(answer));
            }
            return answer.exitCode();
        });
    }
}
