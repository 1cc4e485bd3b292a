package io.github.ignitetasks.flow;

import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** The contract of flows on every runner. Subclasses supply the runner. */
abstract class FlowContract
        implements FlowTaskContract,
                FlowMapContract,
                FlowMemoContract,
                FlowCachedContract,
                FlowCallContract,
                FlowAdoptContract,
                FlowShareContract,
                FlowListenerContract,
                FlowEndContract,
                FlowPolicyContract {
    @TempDir
    private Path folder;

    @Override
    public final Gate gate() {
        return new Gate(folder.resolve(UUID.randomUUID().toString()).toFile());
    }

    @Override
    public final Tally tally() {
        try {
            return new Tally(Files.createTempDirectory(folder, "tally").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
