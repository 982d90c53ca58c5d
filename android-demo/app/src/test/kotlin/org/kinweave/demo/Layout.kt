package org.kinweave.demo

import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.test.SemanticsMatcher
import androidx.compose.ui.test.SemanticsNodeInteractionsProvider
import androidx.compose.ui.text.TextLayoutResult

/** Whether every text on the screen fits where it is, and lies on no other. */
class Layout(
    private val rule: SemanticsNodeInteractionsProvider,
) {
    /** Texts that are cut off, and pairs that overlap; none where all is well. */
    fun troubles(): List<String> {
        val texts = SemanticsMatcher.keyIsDefined(SemanticsActions.GetTextLayoutResult)
        val nodes = rule.onAllNodes(texts, useUnmergedTree = true).fetchSemanticsNodes()
        val shown = nodes.filter { !it.boundsInRoot.isEmpty && words(it).isNotEmpty() }
        val cut = shown.filter(::isCut).map { "cut off: ${words(it)}" }
        val pairs = shown.flatMapIndexed { index, one -> shown.drop(index + 1).map { one to it } }
        return cut + pairs.filter { (one, other) -> overlap(one, other) }.map { (one, other) -> "${words(one)} lies on ${words(other)}" }
    }

    /** `hasVisualOverflow` is true of every line here, so this measures what was laid out against its box. */
    private fun isCut(node: SemanticsNode): Boolean {
        val result = measured(node) ?: return false
        val lines = 0 until result.lineCount
        val width = lines.maxOf { result.getLineRight(it) } - lines.minOf { result.getLineLeft(it) }
        val height = result.getLineBottom(lines.last) - result.getLineTop(0)
        val isTooLarge = width > node.size.width + HAIR || height > node.size.height + HAIR
        return isTooLarge || result.multiParagraph.didExceedMaxLines || lines.any(result::isLineEllipsized)
    }

    private fun overlap(
        one: SemanticsNode,
        other: SemanticsNode,
    ): Boolean = one.boundsInRoot.deflate(HAIR).overlaps(other.boundsInRoot.deflate(HAIR))

    private fun words(node: SemanticsNode): String =
        measured(node)
            ?.layoutInput
            ?.text
            ?.text
            .orEmpty()

    private fun measured(node: SemanticsNode): TextLayoutResult? {
        val results = mutableListOf<TextLayoutResult>()
        node.config[SemanticsActions.GetTextLayoutResult].action?.invoke(results)
        return results.firstOrNull()
    }

    private companion object {
        /** Boxes that only touch don't overlap, and a rounded pixel cuts nothing off. */
        const val HAIR = 1f
    }
}
