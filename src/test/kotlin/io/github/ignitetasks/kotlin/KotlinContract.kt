package io.github.ignitetasks.kotlin

import io.github.ignitetasks.CallOptions
import io.github.ignitetasks.Retries
import io.github.ignitetasks.TaskRunner
import io.github.ignitetasks.flow.Flow
import io.github.ignitetasks.flow.FlowRun
import io.github.ignitetasks.flow.Task
import java.io.IOException
import java.net.URI
import java.time.Duration
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.api.Test

/** Tests of user code in Kotlin. Subclasses supply the runner. */
abstract class KotlinContract {
    private val addresses = listOf(URI("https://example.org/home"), URI("https://example.org/a"))

    abstract fun runner(): TaskRunner

    fun <R> inFlow(body: (FlowRun) -> R): R =
        Flow.named("kotlin").body { run -> body(run) }.withTaskRunner(runner()).run()

    @Test
    fun `flow maps and combines data classes`() {
        val report = CRAWL.withTaskRunner(runner()).runReport(addresses)

        assertThat(report.result()).isEqualTo(7)
        assertThat(report.taskStates().keys)
            .containsExactly("fetch ${addresses[0]}-0", "fetch ${addresses[1]}-0", "sum-0")
    }

    @Test
    fun `each form of a body runs`() {
        inFlow { run ->
            assertThat(run.submit(ANSWER).result()).isEqualTo(42)
            assertThat(run.submit(PATH, addresses[0]).result()).isEqualTo("/home")
            assertThat(run.submit(SHOUT, "hello").result()).isNull()
            assertThat(run.submit(Task.named("page").body(::pageOf), addresses[1]).result())
                .isEqualTo(Page(addresses[1], 2))
        }
        assertThat(HELLO_ALL.withTaskRunner(runner()).runReport().taskStates()).containsOnlyKeys("hello-0")
    }

    @Test
    fun `session takes lambdas, actions and calls`() {
        assertThat(eight(runner())).isEqualTo(8)
        runner().start().use { session -> assertThat(session.submit(Square(3)).result()).isEqualTo(9) }
    }

    @Test
    fun `argument and result may be null`() {
        assertThat(LENGTH_OF_NOTHING.withTaskRunner(runner()).run()).isNull()
    }

    @Test
    fun `records are keys, and data classes by their text`() {
        inFlow { run ->
            assertThat(run.map(PRICE, listOf(Order(1, "pen"), Order(1, "pen"))).map { it.key() }.distinct()).hasSize(1)
            assertThat(run.submit(SIZE, Page(addresses[0], 5)).result()).isEqualTo(5)
            assertThatIllegalArgumentException()
                .isThrownBy { run.submit(SIZE.keyedByInput("1"), Page(addresses[0], 5)) }
                .withMessageContaining("Page, which has no canonical form; use keyedBy(...)")
        }
    }

    @Test
    fun `call captures functions, pairs and lists`() {
        val factor = 3
        fun times(number: Int) = number * factor
        val pair = "a" to listOf(1, 2)

        assertThat(TIMES.withTaskRunner(runner()).run(3)).isEqualTo(36)
        inFlow { run ->
            assertThat(run.submit("local") { times(12) }.result()).isEqualTo(36)
            assertThat(run.submit("triple") { Triple(pair.second, pair.first, factor) }.result())
                .isEqualTo(Triple(listOf(1, 2), "a", 3))
        }
    }

    @Test
    fun `condition of retries is a lambda`() {
        val retries = Retries.fixed(2, Duration.ZERO).`when` { it is IOException }

        val state = inFlow { run ->
            run.submit("fail", { throw IOException("no") }, CallOptions.none().withRetries(retries)).await()
        }

        assertThat(state.attempt()).isEqualTo(3)
    }
}

fun pageOf(address: URI) = Page(address, address.path.length)
