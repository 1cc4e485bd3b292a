package io.github.ignitetasks.kotlin

import io.github.ignitetasks.StateType
import io.github.ignitetasks.cluster.Cluster
import io.github.ignitetasks.cluster.LocalCluster
import io.github.ignitetasks.ignite.IgniteTaskRunner
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatIllegalArgumentException
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll
import org.junit.jupiter.api.Test

/** Tests of user code in Kotlin on two processes. */
class KotlinIT : KotlinContract() {
    override fun runner() = IgniteTaskRunner.builder().cluster(cluster).build()

    @Test
    fun `main of the page ends well`() = main()

    @Test
    fun `result that is a Unit is Crashed, and the message names it`() {
        val state = inFlow { it.submit("greet") { println("hello") }.await() }

        assertThat(state.type()).isEqualTo(StateType.CRASHED)
        assertThat(state.describe()).contains("kotlin.Unit is not serializable")
    }

    @Test
    fun `captured function and range are refused by name`() {
        val twice = { number: Int -> 2 * number }
        val range = 1..3
        inFlow { run ->
            assertThatIllegalArgumentException()
                .isThrownBy { run.submit("twice") { twice(1) } }
                .withMessageContaining("is not serializable: it is captured argument 1")
            assertThatIllegalArgumentException()
                .isThrownBy { run.submit("sum") { range.sum() } }
                .withMessageContaining("kotlin.ranges.IntRange is not serializable")
        }
    }

    @Test
    fun `captured variable is copied`() {
        var count = 1

        assertThat(inFlow { it.submit("count") { ++count }.result() }).isEqualTo(2)
        assertThat(count).isEqualTo(1)
    }

    companion object {
        private lateinit var cluster: Cluster

        @JvmStatic
        @BeforeAll
        fun startCluster() {
            cluster = LocalCluster.builder().nodes(2).build().start()
        }

        @JvmStatic
        @AfterAll
        fun closeCluster() = cluster.close()
    }
}
