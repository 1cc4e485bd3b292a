package io.github.ignitetasks.kotlin

import io.github.ignitetasks.Retries
import io.github.ignitetasks.State
import io.github.ignitetasks.TaskCall
import io.github.ignitetasks.TaskRunner
import io.github.ignitetasks.flow.Flow
import io.github.ignitetasks.flow.Task
import io.github.ignitetasks.ignite.IgniteTaskRunner
import java.io.IOException
import java.io.Serializable
import java.net.URI
import java.time.Duration

// docs/kotlin.md shows this code.

data class Page(val address: URI, val length: Int) : Serializable

val FETCH = Task.named("fetch")
    .retries(Retries.exponential(3, Duration.ofMillis(100)).onlyOn(IOException::class.java))
    .body { address: URI -> Page(address, address.path.length) }
    .withRunName { "fetch $it" }

val SUM = Task.named("sum").body { pages: List<Page> -> pages.sumOf { it.length } }

val CRAWL = Flow.named("crawl").body { run, addresses: List<URI> ->
    run.submit(SUM, run.map(FETCH, addresses).all()).result()
}

fun main() {
    val addresses = listOf(URI("https://example.org/home"), URI("https://example.org/news"))
    println(CRAWL.run(addresses)) // on threads of this JVM, the default
    println(CRAWL.withTaskRunner(IgniteTaskRunner.create()).run(addresses)) // on an Ignite node
}

val ANSWER = Task.named("answer").body { -> 42 }
val PATH = Task.named("path").body<URI, String> { it.path }
val HELLO = Task.named("hello").action { println("hello") }
val SHOUT = Task.named("shout").action { text: String -> println(text.uppercase()) }
val HELLO_ALL = Flow.named("hello-all").action { run -> run.submit(HELLO) }

fun eight(runner: TaskRunner): Int = runner.start().use { session ->
    val seven = session.submit("seven") { 7 }
    val next = session.submit("next") { seven.result() + 1 } // seven is an upstream
    session.submitAction("log") { println("submitted") }
    when (val state = next.await()) {
        is State.Completed -> state.result()
        else -> error(state.describe())
    }
}

class Square(private val number: Int) : TaskCall<Int> {
    override fun call() = number * number
}

val LENGTH = Task.named("length").body { text: String? -> text?.length }
val LENGTH_OF_NOTHING = Flow.named("nothing").body { run -> run.submit(LENGTH, null).result() } // an Int?

@JvmRecord
data class Order(val id: Int, val item: String) : Serializable

val PRICE = Task.named("price").body { order: Order -> order.item.length }.keyedByInput("1")
val SIZE = Task.named("size").body { page: Page -> page.length }.keyedBy { it.toString() }

val TIMES = Flow.named("times").body { run, factor: Int ->
    val times = @JvmSerializableLambda { number: Int -> number * factor }
    run.submit("twelve") { times(12) }.result()
}
