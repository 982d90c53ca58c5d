package org.kinweave.demo.screens.checkin

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.kinweave.demo.R
import org.kinweave.demo.family.CheckInDraft
import org.kinweave.demo.family.Mood
import org.kinweave.demo.family.Sharing
import org.kinweave.demo.family.Wish
import org.kinweave.demo.look.Choices
import org.kinweave.demo.look.Field
import org.kinweave.demo.look.MainButton
import org.kinweave.demo.look.Page
import org.kinweave.demo.look.Section
import org.kinweave.demo.look.Told

/** Two taps at the least: a word for the day, and save. Everything else may be left as it is. */
@Composable
fun CheckInScreen(
    model: CheckInViewModel,
    onBack: () -> Unit,
) {
    val problem by model.deeds.problem.collectAsStateWithLifecycle()
    val isWorking by model.deeds.isWorking.collectAsStateWithLifecycle()
    var mood by rememberSaveable { mutableStateOf<Mood?>(null) }
    var wish by rememberSaveable { mutableStateOf(Wish.NOTHING) }
    var note by rememberSaveable { mutableStateOf("") }
    var sharing by rememberSaveable { mutableStateOf(Sharing.ONLY_ME) }
    Page(stringResource(R.string.check_in), onBack) {
        Told(problem)
        Section(stringResource(R.string.how_is_today))
        Choices(Mood.entries.map { it to moodText(it) }, mood) { mood = it }
        Section(stringResource(R.string.would_help))
        Choices(Wish.entries.map { it to wishText(it) }, wish) { wish = it }
        Field(stringResource(R.string.note), note, lines = 3) { note = it }
        Section(stringResource(R.string.who_sees_it))
        Choices(Sharing.entries.map { it to sharingText(it) }, sharing) { sharing = it }
        MainButton(stringResource(R.string.save), enabled = mood != null && !isWorking) {
            mood?.let { model.save(CheckInDraft(it, wish, note, sharing), after = onBack) }
        }
    }
}

@Composable
fun moodText(mood: Mood): String =
    stringResource(
        when (mood) {
            Mood.GOOD -> R.string.mood_good
            Mood.OKAY -> R.string.mood_okay
            Mood.HARD -> R.string.mood_hard
            Mood.NEED_COMPANY -> R.string.mood_need_company
        },
    )

@Composable
fun wishText(wish: Wish): String =
    stringResource(
        when (wish) {
            Wish.NOTHING -> R.string.wish_nothing
            Wish.CALL -> R.string.wish_call
            Wish.HUG -> R.string.wish_hug
            Wish.SPACE -> R.string.wish_space
            Wish.LIFT -> R.string.wish_lift
            Wish.LISTENER -> R.string.wish_listener
        },
    )

@Composable
private fun sharingText(sharing: Sharing): String =
    stringResource(
        when (sharing) {
            Sharing.ONLY_ME -> R.string.only_me
            Sharing.MOOD -> R.string.share_mood
            Sharing.ALL -> R.string.share_all
        },
    )
