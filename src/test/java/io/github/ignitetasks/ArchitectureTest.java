package io.github.ignitetasks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.ignite.lang.IgniteClosure;
import org.apache.ignite.lang.IgniteFuture;
import org.junit.jupiter.api.Test;

/** Which package may know which: imports go one way. */
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

    @Test
    void rootImportsNothingOfOurs() {
        assertImports("");
    }

    @Test
    void wireImportsRoot() {
        assertImports("wire", "");
    }

    @Test
    void workerImportsRoot() {
        assertImports("worker", "");
    }

    @Test
    void lifecycleImportsNothingOfOurs() {
        assertImports("lifecycle");
    }

    @Test
    void sessionImportsWhatItIsMadeOf() {
        assertImports("session", "", "wire", "worker", "lifecycle");
    }

    @Test
    void localImportsWhatSessionsAreMadeOf() {
        assertImports("local", "", "wire", "worker", "session");
    }

    @Test
    void clusterImportsLifecycle() {
        assertImports("cluster", "lifecycle");
    }

    @Test
    void recordsImportRootWireAndCluster() {
        assertImports("ignite.record", "", "wire", "cluster");
    }

    @Test
    void workersOfAGridImportWhatTheyAreMadeOf() {
        assertImports("ignite.worker", "", "wire", "worker", "cluster", "ignite.record");
    }

    @Test
    void igniteImportsWhatSessionsAreMadeOfAndItsNodes() {
        assertImports("ignite", "", "wire", "worker", "session", "cluster", "ignite.record", "ignite.worker");
    }

    @Test
    void flowImportsRootWireAndLocal() {
        assertImports("flow", "", "wire", "local");
    }

    @Test
    void nodeImportsCluster() {
        assertImports("node", "cluster");
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
    void igniteIsKnownToItsRunnerItsClustersAndItsNodeAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".ignite..", ROOT + ".cluster..", ROOT + ".node..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.ignite..")
                .check(MAIN);
    }

    /** User code may fill it, with threads that wait for what we would do there. */
    @Test
    void nothingRunsOnTheCommonPool() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ForkJoinPool")
                .orShould()
                .callMethod(IgniteFuture.class, "chain", IgniteClosure.class) // of a cache it would go on there
                .check(MAIN);
    }

    @Test
    void classesAreNamedByWhatTheyAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Base|Common)")
                .check(WITH_EXAMPLES);
    }

    @Test
    void mainCodeLogsInsteadOfPrinting() {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(MAIN);
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

    /** Checks that a package knows no packages of ours but itself and these; the root is named by the empty text. */
    private static void assertImports(String name, String... others) {
        String[] allowed = Stream.concat(Stream.of(name), Arrays.stream(others))
                .map(ArchitectureTest::packageOf)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(packageOf(name))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(not(resideInAnyPackage(allowed))))
                .check(MAIN);
    }

    private static String packageOf(String name) {
        return name.isEmpty() ? ROOT : ROOT + "." + name;
    }
}
