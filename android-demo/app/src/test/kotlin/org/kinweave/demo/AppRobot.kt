package org.kinweave.demo

import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.AndroidComposeTestRule
import androidx.compose.ui.test.onAllNodesWithText
import androidx.compose.ui.test.onFirst
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performScrollTo
import androidx.compose.ui.test.performTextReplacement
import androidx.lifecycle.Lifecycle
import androidx.test.ext.junit.rules.ActivityScenarioRule
import kotlinx.coroutines.runBlocking
import org.kinweave.demo.family.Family
import org.kinweave.demo.platform.Opening
import java.time.LocalDateTime

/** Does on the screens what a person does: finds words, and taps them. The core answers in its own time, so it waits for words. */
class AppRobot(
    private val rule: AndroidComposeTestRule<ActivityScenarioRule<MainActivity>, MainActivity>,
) {
    val application: TestApplication get() = rule.activity.application as TestApplication

    /** What the screens know of the core. */
    val family: Family get() = (application.phoneHome.opening.value as Opening.Open).family

    /** Marta lets this app in, and its phone listens. */
    fun joins(
        reyes: Reyes,
        name: String,
    ) {
        runBlocking { reyes.letIn(family, name) }
        rule.waitUntil("$name's phone listens", PATIENCE_MS) { application.phoneHome.address != null }
    }

    /** Where the app's phone listens, which it does once it is in a circle and seen. */
    fun port(): UShort {
        rule.waitUntil("listens", PATIENCE_MS) { application.phoneHome.address != null }
        return checkNotNull(application.phoneHome.address).port
    }

    /** Puts the phone away, and takes it out again when its clock shows this. It listens anew then. */
    fun comesBackAt(local: LocalDateTime) {
        val listened = application.phoneHome.address != null
        rule.activityRule.scenario.moveToState(Lifecycle.State.CREATED)
        application.setClock(local)
        rule.activityRule.scenario.moveToState(Lifecycle.State.RESUMED)
        rule.waitUntil("listens anew", PATIENCE_MS) { !listened || application.phoneHome.address != null }
    }

    fun tap(words: String) {
        see(words)
        val node = rule.onAllNodesWithText(words).onFirst()
        scrolled(node).performClick()
    }

    /** A button among others of the same words. */
    fun tapLast(words: String) {
        see(words)
        val nodes = rule.onAllNodesWithText(words)
        scrolled(nodes[nodes.fetchSemanticsNodes().lastIndex]).performClick()
    }

    fun type(
        label: String,
        text: String,
    ) {
        see(label)
        scrolled(rule.onNode(hasText(label) and hasSetTextAction())).performTextReplacement(text)
    }

    /** Waits until these words are there. */
    fun see(words: String) {
        rule.waitUntil("sees “$words”, not only $visible", PATIENCE_MS) {
            rule.onAllNodesWithText(words).fetchSemanticsNodes().isNotEmpty()
        }
    }

    fun seeNot(words: String) {
        rule.waitUntil("no longer sees “$words”", PATIENCE_MS) {
            rule.onAllNodesWithText(words).fetchSemanticsNodes().isEmpty()
        }
    }

    /** The code of an invitation: the one word on the screen that is as long. */
    fun code(): String {
        rule.waitUntil("shows a code", PATIENCE_MS) { visible.any(::isCode) }
        return visible.first(::isCode)
    }

    private fun isCode(text: String) = text.length > CODE_LENGTH_MIN && ' ' !in text

    /** The words that both phones show. */
    fun fourWords(): List<String> {
        see(SAME_WORDS)
        return visible.dropWhile { it != SAME_WORDS }.drop(1).takeWhile { it != "Yes, the same" }
    }

    fun back() {
        rule.onNodeWithContentDescription(rule.activity.getString(R.string.back)).performClick()
    }

    /** Every word on the screen. */
    private val visible: List<String>
        get() =
            rule
                .onAllNodes(hasText("", substring = true))
                .fetchSemanticsNodes()
                .flatMap { it.config.getOrElse(SemanticsProperties.Text) { emptyList() } }
                .map { it.text }

    private fun scrolled(node: SemanticsNodeInteraction): SemanticsNodeInteraction =
        try {
            node.performScrollTo()
        } catch (_: AssertionError) {
            // What is in a bar doesn't scroll.
            node
        }

    private companion object {
        const val PATIENCE_MS = 20_000L
        const val CODE_LENGTH_MIN = 40
        const val SAME_WORDS = "Do both phones show these words?"
    }
}
