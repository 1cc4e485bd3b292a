package io.github.ignitetasks.support;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.flow.Flow;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.context.Context;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.NullMarked;

/** The source of a class {@code UserCode}, like code that users of the library write. */
public final class UserCode extends SimpleJavaFileObject {
    private final String text;

    /** Makes the source file with this text. */
    public UserCode(String text) {
        super(URI.create("string:///UserCode.java"), Kind.SOURCE);
        this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
    }

    /** Compiles the text with every warning on, and returns the messages of the compiler. */
    @SuppressWarnings("CheckReturnValue") // the messages tell whether it compiles
    public List<Diagnostic<? extends JavaFileObject>> compile(Path output) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release", "17", "-Xlint:all", "-proc:none", "-classpath", classPath(), "-d", output.toString());
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, null, null)) {
            compiler.getTask(null, files, said, options, null, List.of(this)).call();
        }
        return said.getDiagnostics();
    }

    /** Returns the class path: the library, what it brings, and the API of OpenTelemetry, for tracing. */
    private static String classPath() {
        return Stream.of(
                        Flow.class,
                        NullMarked.class,
                        Ignite.class,
                        Cache.class,
                        MeterRegistry.class,
                        OpenTelemetry.class,
                        Context.class)
                .map(UserCode::origin)
                .collect(joining(File.pathSeparator));
    }

    private static String origin(Class<?> type) {
        try {
            URI place = type.getProtectionDomain().getCodeSource().getLocation().toURI();
            return Path.of(place).toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
