package io.github.ignitetasks.ignite;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.contract.GridRunnerContract;
import io.github.ignitetasks.support.ChildJvm;
import io.github.ignitetasks.support.ServerMain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tests of a runner that joins a server in another JVM by its address. Each number of slots has its own server, because
 * sessions share a server's slots.
 */
final class JoinedGridIT extends GridRunnerContract {
    private final ChildJvm servers = ChildJvm.start(ServerMain.class);
    private final Map<Integer, String> addresses = new ConcurrentHashMap<>();

    @Override
    public TaskRunner withSlots(int slots) {
        String address = addresses.computeIfAbsent(slots, number -> {
            servers.writeLine("start");
            return servers.awaitLine("address ");
        });
        return IgniteTaskRunner.builder().address(address).slots(slots).build();
    }

    @Override
    public boolean sharesKeysBetweenSessions() {
        return true;
    }

    @Override
    protected void closeGrids() {
        servers.close();
    }
}
