package io.github.ignitetasks.internal.node;

import io.github.ignitetasks.internal.folder.WorkFolder;
import io.github.ignitetasks.internal.tls.TlsCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.IgniteState;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node in this JVM, server or client, that a Spring XML file configures. The instance name and the work directory
 * must differ between nodes, so they are generated if the file leaves them out. The node logs through SLF4J, unless the
 * file sets another logger.
 *
 * <p>Safe for use by many threads.
 */
public final class SpringNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpringNode.class);
    private static final String SPRING_CLASS = "org.springframework.context.support.GenericXmlApplicationContext";

    /** The name of the setting that gives the node of a file TLS. */
    private static final String TLS_SETTING =
            "sslContextFactory (in the files under config/ by IGNITE_TASKS_KEY_STORE and the variables that go with it)";

    private final Ignite ignite;
    private final SpringContext context;
    private final @Nullable WorkFolder work;
    private final RecordFolders records;

    private SpringNode(Ignite ignite, SpringContext context, @Nullable WorkFolder work, RecordFolders records) {
        this.ignite = ignite;
        this.context = context;
        this.work = work;
        this.records = records;
    }

    /**
     * Starts a node from a file.
     *
     * @param declared what the node declares, beside the attributes that the file sets
     * @throws IllegalStateException if there is no such file, if it is invalid, or if the node cannot start; the
     *     message names the file and the remedy
     */
    public static SpringNode start(Path file, NodeAttributes declared) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("there is no Spring XML file '" + file + "' (looked for "
                    + file.toAbsolutePath() + "); give the path of one that configures a node");
        }
        try {
            return start(file.toUri().toURL(), declared);
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts a node from a file, which may be in a jar.
     *
     * @param declared what the node declares, beside the attributes that the file sets
     * @throws IllegalStateException if the file is invalid, or if the node cannot start; the message names the file and
     *     the remedy
     */
    public static SpringNode start(URL file, NodeAttributes declared) {
        checkSpring();
        SafeNode.prepareJvm();
        LOG.info("starting the node of {}", file);
        SpringContext context = SpringContext.read(file);
        WorkFolder work = null;
        try {
            IgniteConfiguration configuration = context.node();
            checkNumber(configuration, SafeNode.SLOTS_ATTRIBUTE, file);
            checkNumber(configuration, SafeNode.QUORUM_ATTRIBUTE, file);
            declared.addTo(configuration);
            Protocol.announce(configuration);
            if (configuration.getGridLogger() == null) {
                configuration.setGridLogger(new NodeLogger());
            }
            if (configuration.getIgniteInstanceName() == null) {
                configuration.setIgniteInstanceName(SafeNode.newName());
            }
            if (configuration.getWorkDirectory() == null) {
                checkNotPersistent(configuration, file);
                work = WorkFolder.make();
                configuration.setWorkDirectory(work.path().toString());
            }
            configuration.setWorkDirectory(absolute(configuration.getWorkDirectory()));
            checkHost(configuration, file);
            checkPorts(configuration, file);
            RecordFolders records = RecordFolders.prepare(configuration);
            SpringNode node = new SpringNode(NodeStart.start(configuration), context, work, records);
            node.checkNotKeptOut(file);
            return node;
        } catch (IgniteException e) {
            String reason = TlsCheck.of(context.node(), TLS_SETTING)
                    .refusal()
                    .orElseGet(() -> lastMessage(e) + "; check the addresses and ports that it sets");
            close(context, work);
            throw new IllegalStateException("cannot start a node by " + file + ": " + reason, e);
        } catch (RuntimeException | Error e) {
            close(context, work);
            throw e;
        }
    }

    /**
     * Checks that other servers did not reject this one because of its TLS. A rejected server may silently form a grid
     * of its own.
     */
    private void checkNotKeptOut(URL file) {
        if (ignite.cluster().nodes().size() == 1) {
            TlsCheck check = TlsCheck.of(ignite.configuration(), TLS_SETTING);
            if (check.refusal().isPresent() && !check.isWelcome()) {
                close();
                throw new IllegalStateException("the node of " + file + " does not get into its grid: "
                        + check.refusal().get());
            }
        }
    }

    /** Returns the node. */
    public Ignite ignite() {
        return ignite;
    }

    /**
     * Removes the permissions of other users from the record files that the node has created so far. Other users cannot
     * enter the directory of these files. Nevertheless Ignite creates the files with the umask of the process, which
     * Java cannot set.
     *
     * @throws IOException if the permissions of a file cannot be changed
     */
    public void narrowFiles() throws IOException {
        records.narrow();
    }

    /**
     * Stops the node, destroys the beans of its file, and deletes a generated work directory. A second call does
     * nothing.
     */
    @Override
    public void close() {
        if (!Boolean.TRUE.equals(ignite.configuration().isClientMode())) {
            NodeShutdown.stopAll(List.of(ignite));
        }
        if (Ignition.state(ignite.name()) != IgniteState.STARTED || Ignition.stop(ignite.name(), true)) {
            close(context, work);
        }
    }

    private static void close(SpringContext context, @Nullable WorkFolder work) {
        context.close();
        if (work != null) {
            work.close();
        }
    }

    private static void checkSpring() {
        try {
            Class.forName(SPRING_CLASS, false, SpringNode.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "configuring a node by a Spring XML file needs Spring, which is not on the class path; add the"
                            + " dependency org.apache.ignite:ignite-spring in the version of ignite-core",
                    e);
        }
    }

    /**
     * Checks a numeric attribute. A node with an attribute of another type would start, and would then fail the first
     * call.
     */
    private static void checkNumber(IgniteConfiguration configuration, String attribute, URL file) {
        Map<String, ?> attributes = configuration.getUserAttributes();
        Object value = attributes == null ? null : attributes.get(attribute);
        if (value != null && !(value instanceof Integer number && number >= 1)) {
            throw new IllegalStateException("the Spring XML file " + file + " sets attribute " + attribute + " to '"
                    + value + "', a " + value.getClass().getName() + "; it must be a java.lang.Integer of 1 or more");
        }
    }

    /**
     * Checks the local host. Ignite takes an empty address to mean all interfaces, and lets IGNITE_LOCAL_HOST override
     * it.
     */
    private static void checkHost(IgniteConfiguration configuration, URL file) {
        String host = configuration.getLocalHost();
        if (host != null && host.isBlank()) {
            throw new IllegalStateException("the Spring XML file " + file + " sets localHost to '" + host
                    + "', by which the node would listen at every interface; set an address"
                    + " (in the files under config/ by IGNITE_TASKS_HOST)");
        }
        if (Boolean.TRUE.equals(configuration.isClientMode())) {
            InheritedSettings.checkClient();
        } else if (host != null) {
            InheritedSettings.checkServer(host);
        }
    }

    private static String absolute(String path) {
        try {
            return Path.of(path).toAbsolutePath().toString();
        } catch (InvalidPathException e) {
            throw new IllegalStateException(
                    "workDirectory (in the files under config/ by IGNITE_TASKS_STORE) is no path: " + e.getMessage()
                            + "; set another",
                    e);
        }
    }

    private static void checkPorts(IgniteConfiguration configuration, URL file) {
        PortCheck.refusal(configuration).ifPresent(refusal -> {
            throw new IllegalStateException("cannot start a node by " + file + ": " + refusal);
        });
    }

    /**
     * Checks that a node without a work directory does not persist records, which would be deleted with the generated
     * directory.
     */
    private static void checkNotPersistent(IgniteConfiguration configuration, URL file) {
        DataStorageConfiguration storage = configuration.getDataStorageConfiguration();
        if (storage != null && storage.getDefaultDataRegionConfiguration().isPersistenceEnabled()) {
            throw new IllegalStateException("the Spring XML file " + file
                    + " sets persistenceEnabled, but no workDirectory; set that to a folder of this node alone, which is"
                    + " there when it starts again");
        }
    }

    private static String lastMessage(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return last.getMessage() == null ? last.toString() : last.getMessage();
    }
}
