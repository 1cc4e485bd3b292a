package io.github.ignitetasks.support;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.LocalCluster;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.local.SequentialTaskRunner;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

/**
 * An application in a JVM of its own. It submits a task that waits for a gate and a task that depends on it. Then it
 * ends in the way that an argument names. Its session is open until then.
 */
public final class ApplicationMain {
    private ApplicationMain() {}

    /** Arguments: the folder of the gate and of the log of runs, the runner, and the way to end. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        TaskSession session = args[2].equals("spring")
                ? inSpringContext(runner(args[1], folder))
                : runner(args[1], folder).start();
        if (args[1].equals("sequential")) {
            System.out.println("submitted"); // submit runs the task itself here
        }
        TaskFuture<Integer> order = submit(session, folder);
        System.out.println("submitted");
        end(args[2], session, order);
    }

    private static TaskFuture<Integer> submit(TaskSession session, Path folder) {
        Gate gate = Gate.in(folder);
        RunLog log = RunLog.in(folder);
        TaskFuture<Integer> order = session.submit("order", () -> {
            log.add("started");
            gate.pass();
            log.add("order");
            return 1;
        });
        TaskFuture<Integer> receipt = session.submit("receipt", () -> {
            log.add("receipt");
            return order.result() + 1;
        });
        receipt.whenDone(state -> System.out.println("receipt " + state.type()));
        return order;
    }

    private static TaskRunner runner(String name, Path folder) {
        return switch (name) {
            case "sequential" -> SequentialTaskRunner.create();
            case "thread-pool" -> ThreadPoolTaskRunner.create();
            case "embedded" -> IgniteTaskRunner.create();
            case "given" -> IgniteTaskRunner.builder().ignite(ownIgnite(folder)).build();
            case "cluster" ->
                IgniteTaskRunner.builder()
                        .clusterFactory(LocalCluster.builder().nodes(1).build())
                        .build();
            default -> IgniteTaskRunner.builder().address(name).build();
        };
    }

    /** Starts a node with Ignite's shutdown hook, like an application. */
    private static Ignite ownIgnite(Path folder) {
        return Ignition.start(new IgniteConfiguration()
                .setIgniteInstanceName("shop")
                .setWorkDirectory(folder.resolve("shop").toString())
                .setLocalHost("127.0.0.1")
                .setDiscoverySpi(new TcpDiscoverySpi()
                        .setLocalPort(FreePort.find())
                        .setIpFinder(new TcpDiscoveryVmIpFinder(true)))
                .setConnectorConfiguration(null)
                .setClientConnectorConfiguration(null)
                .setGridLogger(new NullLogger()));
    }

    private static TaskSession inSpringContext(TaskRunner runner) {
        GenericApplicationContext context = new GenericApplicationContext();
        context.registerBean("session", TaskSession.class, runner::start, bean -> bean.setDestroyMethodName("close"));
        context.addApplicationListener((ContextClosedEvent event) -> System.out.println("context closes"));
        context.refresh();
        context.registerShutdownHook();
        return context.getBean(TaskSession.class);
    }

    private static void end(String way, TaskSession session, TaskFuture<Integer> order) throws Exception {
        switch (way) {
            case "main" -> System.out.println("main ends");
            case "exit" -> System.exit(0);
            case "hook" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    session.close();
                    System.out.println("hook closed");
                }));
                System.exit(0);
            }
            case "spring" -> new CountDownLatch(1).await();
            case "close" -> session.close();
            default ->
                System.out.println("order "
                        + order.await(CallOptions.FOREVER).orElseThrow().type());
        }
    }
}
