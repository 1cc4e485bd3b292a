package io.github.ignitetasks.kotlin

import io.github.ignitetasks.local.ThreadPoolTaskRunner

/** Tests of user code in Kotlin on threads of this JVM. */
class KotlinTest : KotlinContract() {
    override fun runner() = ThreadPoolTaskRunner.create()
}
