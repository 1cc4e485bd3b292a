package io.github.ignitetasks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.ignitetasks.observe.TaskTracing;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.ignite.lang.IgniteClosure;
import org.apache.ignite.lang.IgniteFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests of the rules for packages and classes, such as: imports go one way. */
final class ArchitectureTest {
    private static final String ROOT = "io.github.ignitetasks";
    private static final String EXAMPLES = ROOT + ".examples..";

    private static final JavaClasses WITH_EXAMPLES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    private static final JavaClasses MAIN = WITH_EXAMPLES.that(not(resideInAPackage(EXAMPLES)));
    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Maps each package to the packages of this library that it may import. The empty text names the root. */
    private static final Map<String, List<String>> IMPORTS = Map.ofEntries(
            entry("", List.of("internal.base", "internal.context")),
            entry("flow", List.of("", "internal.base", "internal.codec", "internal.context", "local", "observe")),
            entry(
                    "local",
                    List.of(
                            "",
                            "internal.codec",
                            "internal.context",
                            "internal.events",
                            "internal.execution",
                            "internal.session",
                            "internal.tracing")),
            entry(
                    "ignite",
                    List.of(
                            "",
                            "cluster",
                            "internal.client",
                            "internal.compat",
                            "internal.connect",
                            "internal.events",
                            "internal.execution",
                            "internal.node",
                            "internal.session",
                            "internal.worker",
                            "observe")),
            entry(
                    "cluster",
                    List.of(
                            "internal.folder",
                            "internal.lifecycle",
                            "internal.node",
                            "internal.process",
                            "internal.tls")),
            entry("node", List.of("internal.console", "internal.node", "internal.tls")),
            entry(
                    "internal.console",
                    List.of(
                            "",
                            "cluster",
                            "internal.base",
                            "internal.client",
                            "internal.connect",
                            "internal.events",
                            "internal.json",
                            "internal.node",
                            "internal.protocol",
                            "internal.tls",
                            "internal.view",
                            "internal.web",
                            "internal.worker")),
            entry(
                    "observe",
                    List.of(
                            "",
                            "internal.events",
                            "internal.metrics",
                            "internal.opentelemetry",
                            "internal.tracing",
                            "internal.view",
                            "internal.web")),
            entry("internal.metrics", List.of("", "internal.events")),
            entry("internal.codec", List.of("", "internal.context")),
            entry("internal.events", List.of("", "internal.base")),
            entry(
                    "internal.execution",
                    List.of("", "internal.base", "internal.context", "internal.events", "internal.tracing")),
            entry("internal.tracing", List.of("")),
            entry("internal.opentelemetry", List.of("", "internal.tracing")),
            entry("internal.view", List.of("", "internal.base", "internal.events", "internal.json")),
            entry("internal.web", List.of("", "internal.events", "internal.json")),
            entry("internal.json", List.of()),
            entry("internal.base", List.of()),
            entry("internal.context", List.of()),
            entry("internal.lifecycle", List.of()),
            entry(
                    "internal.session",
                    List.of(
                            "",
                            "internal.base",
                            "internal.codec",
                            "internal.context",
                            "internal.events",
                            "internal.execution",
                            "internal.lifecycle",
                            "internal.tracing")),
            entry("internal.compat", List.of()),
            entry("internal.folder", List.of()),
            entry("internal.tls", List.of()),
            entry("internal.node", List.of("", "internal.base", "internal.compat", "internal.folder", "internal.tls")),
            entry(
                    "internal.process",
                    List.of(
                            "internal.base",
                            "internal.compat",
                            "internal.folder",
                            "internal.lifecycle",
                            "internal.node",
                            "internal.tls")),
            entry(
                    "internal.connect",
                    List.of(
                            "",
                            "cluster",
                            "internal.compat",
                            "internal.execution",
                            "internal.folder",
                            "internal.node",
                            "internal.tls")),
            entry(
                    "internal.protocol",
                    List.of(
                            "",
                            "internal.base",
                            "internal.codec",
                            "internal.compat",
                            "internal.execution",
                            "internal.node",
                            "internal.tracing")),
            entry(
                    "internal.worker",
                    List.of(
                            "",
                            "internal.base",
                            "internal.codec",
                            "internal.compat",
                            "internal.context",
                            "internal.events",
                            "internal.execution",
                            "internal.node",
                            "internal.protocol",
                            "internal.tracing")),
            entry(
                    "internal.client",
                    List.of(
                            "",
                            "internal.base",
                            "internal.codec",
                            "internal.compat",
                            "internal.connect",
                            "internal.context",
                            "internal.events",
                            "internal.execution",
                            "internal.node",
                            "internal.protocol",
                            "internal.session",
                            "internal.tracing",
                            "internal.worker")));

    private static final String INTERNAL = ROOT + ".internal..";

    @ParameterizedTest
    @MethodSource("packages")
    void packageImportsWhatTheTableSays(String name) {
        String[] allowed = Stream.concat(Stream.of(name), IMPORTS.getOrDefault(name, List.of()).stream())
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(name))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .check(MAIN);
    }

    @Test
    void tableHasEveryPackage() {
        assertThat(packages()).containsExactlyInAnyOrderElementsOf(IMPORTS.keySet());
    }

    private static Set<String> packages() {
        return MAIN.stream()
                .map(type -> type.getPackageName().equals(ROOT)
                        ? ""
                        : type.getPackageName().substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
    }

    /** Users depend on the public classes of public packages, and on the types that their signatures name. */
    @Test
    void publicSignaturesNameNothingInternal() {
        classes()
                .that()
                .resideOutsideOfPackage(INTERNAL)
                .and()
                .arePublic()
                .should(nameNothingInternal())
                .check(MAIN);
    }

    private static ArchCondition<JavaClass> nameNothingInternal() {
        return new ArchCondition<>("name nothing internal in what users see of them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream<JavaClass> supertypes =
                        Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream());
                Stream<JavaClass> ofMembers = type.getMembers().stream()
                        .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                                || member.getModifiers().contains(JavaModifier.PROTECTED))
                        .filter(member -> !member.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .flatMap(member -> member instanceof JavaCodeUnit code
                                ? code.getAllInvolvedRawTypes().stream()
                                : member.getAllInvolvedRawTypes().stream());
                Stream.concat(supertypes, ofMembers)
                        .filter(resideInAPackage(INTERNAL))
                        .forEach(internal -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " names " + internal.getName())));
            }
        };
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("(" + ROOT + "..)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void examplesAreImportedByNothing() {
        noClasses().should().dependOnClassesThat().resideInAPackage(EXAMPLES).check(MAIN);
    }

    @Test
    void igniteIsNotKnownToWhatRunsWithoutIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + ".ignite",
                        ROOT + ".cluster",
                        ROOT + ".node",
                        ROOT + ".internal.client",
                        ROOT + ".internal.compat",
                        ROOT + ".internal.connect",
                        ROOT + ".internal.console",
                        ROOT + ".internal.node",
                        ROOT + ".internal.process",
                        ROOT + ".internal.protocol",
                        ROOT + ".internal.tls",
                        ROOT + ".internal.worker")
                .and()
                .areNotAssignableTo(TaskContext.class) // TaskContext gives a task its Ignite node
                .and()
                .areNotAssignableTo(CachePartition.class) // which reads a cache of that node
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ignite..")
                .check(MAIN);
    }

    /** OpenTelemetry may be missing on the class path. So only these classes, which are asked for by name, need it. */
    @Test
    void openTelemetryIsKnownToWhatIsAskedForByNameAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.opentelemetry")
                .and()
                .doNotHaveFullyQualifiedName(TaskTracing.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.opentelemetry..")
                .check(WITH_EXAMPLES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.opentelemetry")
                .and()
                .doNotHaveFullyQualifiedName(TaskTracing.class.getName())
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.opentelemetry")
                .check(WITH_EXAMPLES);
    }

    @Test
    void examplesUseNothingInternal() {
        noClasses()
                .that()
                .resideInAPackage(EXAMPLES)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(INTERNAL)
                .check(WITH_EXAMPLES);
    }

    @Test
    void internalsOfIgniteAreKnownToOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.compat")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ignite..internal..")
                .check(MAIN);
    }

    /** Micrometer is optional: an application without it loads none of these classes. */
    @Test
    void micrometerIsKnownOnlyToTheMetrics() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".internal.metrics")
                .and()
                .doNotHaveFullyQualifiedName(ROOT + ".observe.TaskMetrics")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.micrometer..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".observe.TaskMetrics")
                .check(WITH_EXAMPLES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".internal.metrics", ROOT + ".observe")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".internal.metrics")
                .check(WITH_EXAMPLES);
    }

    /** User code may fill the common pool with threads that wait for the library's work there. */
    @Test
    void nothingRunsOnTheCommonPool() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ForkJoinPool")
                .orShould()
                .callMethod(IgniteFuture.class, "chain", IgniteClosure.class) // caches run it on the common pool
                .check(MAIN);
    }

    @Test
    void classesAreNamedByWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Base|Common)")
                .check(WITH_EXAMPLES);
    }

    /** One line is printed if nothing shows the log: the link to the dashboard. */
    @Test
    void mainCodeLogsInsteadOfPrinting() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".observe.SessionDashboard")
                .should(ACCESS_STANDARD_STREAMS)
                .check(MAIN);
    }

    @Test
    void testsAreNeitherDisabledNorConditional() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit.jupiter.api.condition..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Disabled")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.junit.jupiter.api.Assumptions")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.assertj.core.api.Assumptions")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.opentest4j.TestAbortedException")
                .check(TESTS);
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
