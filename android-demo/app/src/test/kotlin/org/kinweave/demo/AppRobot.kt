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
import kotlinx.coroutines.runBlocking
import org.kinweave.demo.family.Family
import org.kinweave.demo.platform.Opening

/** Does on the screens what a person does: finds words, and taps them. The core answers in its own time, so it waits for words. */
class AppRobot(
    private val rule: AndroidComposeTestRule<*, MainActivity>,
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
    }
}
