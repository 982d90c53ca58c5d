package org.kinweave.demo.screens.celebrations

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.Place
import org.kinweave.demo.R
import org.kinweave.demo.family.Apart
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationStage
import org.kinweave.demo.family.Choice
import org.kinweave.demo.family.Field
import org.kinweave.demo.family.Reply
import org.kinweave.demo.look.Body
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.Headline
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.OtherButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Panel
import org.kinweave.demo.look.Quiet
import org.kinweave.demo.look.QuietButton
import org.kinweave.demo.look.Shown
import org.kinweave.demo.look.Told
import org.kinweave.demo.look.dateTimeText
import org.kinweave.demo.look.fieldText
import org.kinweave.demo.look.Field as TextInput

@Composable
fun CelebrationsScreen(
    model: CelebrationsViewModel,
    onBack: () -> Unit,
    go: (Place) -> Unit,
) {
    val state by model.state.collectAsStateWithLifecycle()
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    Page(stringResource(R.string.celebrations), onBack) {
        Told(problem)
        MainButton(stringResource(R.string.plan_celebration)) { go(Place.NewCelebration) }
        Shown(state) { content ->
            if (content.celebrations.isEmpty()) Quiet(stringResource(R.string.nothing_yet))
            content.celebrations.forEach { CelebrationPanel(it, model, go) }
        }
    }
}

@Composable
private fun CelebrationPanel(
    celebration: Celebrating,
    model: CelebrationsViewModel,
    go: (Place) -> Unit,
) = Panel {
    Headline(celebration.title)
    Quiet(stageText(celebration.stage))
    celebration.at?.let { Body(dateTimeText(it)) }
    // A place that is apart is below, in both versions.
    if (celebration.apart.none { it.field == Field.PLACE }) celebration.place?.let { Body(it) }
    celebration.apart.forEach { apart -> TwoVersions(apart) { model.settle(celebration, apart, it) } }
    celebration.replies.groupBy({ it.reply }, { it.who }).forEach { (reply, people) ->
        Quiet("${replyText(reply)}: ${people.joinToString()}")
    }
    Body(stringResource(R.string.will_you_come))
    Choices(Reply.entries.map { it to replyText(it) }, celebration.mine) { model.answer(celebration, it) }
    OtherButton(stringResource(R.string.change_plan)) { go(Place.Plan(celebration.record)) }
    if (celebration.stage != CelebrationStage.HELD) {
        OtherButton(stringResource(R.string.we_celebrated)) { model.tellCelebrated(celebration) }
    }
    QuietButton(stringResource(R.string.history)) { go(Place.History(celebration.record)) }
}

/** Both stand side by side, with who wrote them, until somebody picks one or finds words for both. */
@Composable
private fun TwoVersions(
    apart: Apart,
    onSettle: (Choice) -> Unit,
) {
    var combined by rememberSaveable { mutableStateOf("") }
    Body(stringResource(R.string.two_versions, fieldText(apart.field)))
    apart.versions.forEachIndexed { number, version ->
        Quiet(version.who)
        OtherButton(version.text) { onSettle(Choice.Pick(number)) }
    }
    if (apart.field == Field.AT) return
    TextInput(stringResource(R.string.or_in_your_words), combined) { combined = it }
    if (combined.isNotBlank()) QuietButton(stringResource(R.string.use_this)) { onSettle(Choice.Combine(combined)) }
}

@Composable
fun replyText(reply: Reply): String =
    stringResource(
        when (reply) {
            Reply.YES -> R.string.reply_yes
            Reply.MAYBE -> R.string.reply_maybe
            Reply.NO -> R.string.reply_no
        },
    )

@Composable
private fun stageText(stage: CelebrationStage): String =
    stringResource(
        when (stage) {
            CelebrationStage.IDEA -> R.string.stage_idea
            CelebrationStage.PLANNED -> R.string.stage_planned
            CelebrationStage.MOVED -> R.string.stage_moved
            CelebrationStage.CANCELLED -> R.string.stage_cancelled
            CelebrationStage.HELD -> R.string.stage_held
        },
    )
