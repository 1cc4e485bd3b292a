package io.github.ignitetasks.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.github.ignitetasks.internal.folder.OwnFolder;
import io.github.ignitetasks.internal.folder.OwnFolder.ForeignFolderException;
import io.github.ignitetasks.internal.folder.StaleFolders;
import io.github.ignitetasks.internal.folder.WorkFolder;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A class-data archive: the loaded classes of a node in the memory format of the JVM, with which nodes start faster.
 * Each combination of class path and Java version has one archive. A cache directory keeps the few that were used last.
 *
 * <p>If the archive is missing, the first node of a cluster writes it when the cluster is closed. A JVM that cannot use
 * an archive starts without it. The author of an archive controls the code that runs. So an archive is used only if it
 * and its directory belong to this user.
 *
 * @param file the path of the archive, which may not exist yet
 */
record ClassArchive(Path file) {
    /** The number of archives that a directory keeps. Each has some 40 MB. */
    static final int KEPT = 4;

    private static final Logger LOG = LoggerFactory.getLogger(ClassArchive.class);
    private static final String NAME = "ignite-task-runner";
    private static final String ENDING = ".jsa";
    private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}\\" + ENDING);

    /** The name of a draft that an earlier version of this library left behind. */
    private static final Pattern OLD_DRAFT = Pattern.compile("[0-9a-f-]{36}\\.draft");

    private static final Duration OLD_DRAFT_AGE = Duration.ofMinutes(5);
    private static final String RECORD_OPTION = "RecordDynamicDumpInfo";
    private static final String QUIET = "-Xlog:cds*=off";

    /** Returns the archive of a class path; empty if archives are not possible. */
    static Optional<ClassArchive> of(String classPath) {
        return cacheFolder(Optional.ofNullable(System.getenv("XDG_CACHE_HOME")), System.getProperty("user.home", ""))
                .flatMap(folder -> in(folder, classPath));
    }

    /** Returns the archive of a class path in a directory; empty if archives are not possible. */
    static Optional<ClassArchive> in(Path folder, String classPath) {
        MessageDigest digest = sha256();
        digest.update(System.getProperty("java.home").getBytes(UTF_8));
        digest.update(System.getProperty("java.vm.version").getBytes(UTF_8));
        try {
            for (String name : classPath.split(File.pathSeparator, -1)) {
                Path entry = Path.of(name);
                if (Files.isDirectory(entry)) {
                    return Optional.empty(); // Java archives only classes from jars
                }
                digest.update(entry.toAbsolutePath().toString().getBytes(UTF_8));
                if (Files.exists(entry)) {
                    String version = Files.size(entry) + " " + Files.getLastModifiedTime(entry);
                    digest.update(version.getBytes(UTF_8));
                }
            }
            Path own = OwnFolder.make(folder);
            StaleFolders.sweepOnce(own, own);
            return Optional.of(new ClassArchive(own.resolve(HexFormat.of().formatHex(digest.digest()) + ENDING)));
        } catch (ForeignFolderException e) {
            LOG.warn("nodes start without a class-data archive: the folder {} {}", folder, e.getMessage());
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            LOG.debug("nodes start without a class-data archive", e);
            return Optional.empty();
        }
    }

    /**
     * Returns the directory for archives; empty if the user has no usable home directory.
     *
     * @param cache the user's cache directory, from the environment
     */
    static Optional<Path> cacheFolder(Optional<String> cache, String home) {
        try {
            Optional<Path> parent = cache.filter(text -> !text.isBlank())
                    .map(Path::of)
                    .or(() -> Optional.of(Path.of(home))
                            .filter(Files::isDirectory)
                            .map(path -> path.resolve(".cache")));
            return parent.filter(Path::isAbsolute).map(path -> path.resolve(NAME));
        } catch (InvalidPathException e) {
            LOG.debug("nodes start without a class-data archive", e);
            return Optional.empty();
        }
    }

    /** Returns whether a JVM should write the archive: it is missing, and this kind of JVM can write one. */
    boolean isWanted() {
        return !isThere() && isSupported();
    }

    /** Returns whether the archive exists and this user has written it. */
    private boolean isThere() {
        return OwnFolder.hasOwnFile(folder(), file);
    }

    private static boolean isSupported() {
        try {
            return Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
                    .map(options -> options.getVMOption(RECORD_OPTION))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            LOG.debug("this Java writes no class-data archives", e);
            return false;
        }
    }

    /** Returns the JVM options to use the archive; empty if it does not exist. */
    List<String> useOptions() {
        if (!isThere()) {
            return List.of();
        }
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // the last use, for eviction
        } catch (IOException e) {
            LOG.debug("the use of {} is not noted", file, e);
        }
        return List.of("-XX:SharedArchiveFile=" + file, "-Xshare:auto", QUIET);
    }

    /** Returns the options of a JVM that can write an archive on demand. */
    static List<String> recordOptions() {
        return List.of("-XX:+" + RECORD_OPTION, "-Xshare:auto", QUIET);
    }

    /**
     * Writes an archive of the classes that this JVM has loaded. The JVM must have been started with {@link
     * #recordOptions}.
     *
     * @throws JMException if this JVM cannot write an archive
     */
    static void write(Path draft) throws JMException {
        String quoted = '"' + draft.toString() + '"';
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmCds", // as jcmd VM.cds
                        new Object[] {new String[] {"dynamic_dump", quoted}},
                        new String[] {String[].class.getName()});
    }

    private Path folder() {
        return requireNonNull(file.toAbsolutePath().getParent(), "every file is in a folder");
    }

    /**
     * Creates a directory for a new archive while it is being written. If this JVM is killed, a later JVM deletes the
     * directory.
     */
    Optional<WorkFolder> draftFolder() {
        try {
            return Optional.of(WorkFolder.makeIn(folder()));
        } catch (IOException e) {
            LOG.debug("nodes start without the class-data archive {}", file, e);
            return Optional.empty();
        }
    }

    /** Atomically moves a draft to the path of the archive, and deletes the archives that were not used recently. */
    void publish(Path draft) {
        try {
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            deleteOldest();
        } catch (IOException e) {
            LOG.debug("nodes start without the class-data archive {}", file, e);
        }
    }

    private void deleteOldest() throws IOException {
        List<Use> uses = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path each : (Iterable<Path>) files::iterator) {
                String name = each.getFileName().toString();
                FileTime last = Files.getLastModifiedTime(each);
                if (OURS.matcher(name).matches()) {
                    uses.add(new Use(each, last));
                } else if (OLD_DRAFT.matcher(name).matches()
                        && last.toInstant().isBefore(Instant.now().minus(OLD_DRAFT_AGE))) {
                    Files.deleteIfExists(each);
                }
            }
        }
        uses.sort(Comparator.comparing(Use::last).reversed());
        for (Use old : uses.subList(Math.min(KEPT, uses.size()), uses.size())) {
            Files.deleteIfExists(old.file());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** An archive and the time of its last use. */
    private record Use(Path file, FileTime last) {}
}
