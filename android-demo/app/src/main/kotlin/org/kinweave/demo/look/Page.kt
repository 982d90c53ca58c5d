package org.kinweave.demo.look

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.imePadding
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Icon
import androidx.compose.material3.IconButton
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.res.painterResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.kinweave.demo.R
import org.kinweave.demo.family.Problem
import org.kinweave.demo.screens.ScreenState

/** The frame of every screen: its title, a way back unless it is a tab, and what can be scrolled. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun Page(
    title: String,
    onBack: (() -> Unit)? = null,
    actions: @Composable RowScope.() -> Unit = {},
    bottomBar: @Composable () -> Unit = {},
    content: @Composable ColumnScope.() -> Unit,
) {
    Scaffold(
        topBar = {
            TopAppBar(
                title = {
                    val modifier = Modifier.semantics { heading() }
                    Text(title, modifier, maxLines = 1, overflow = TextOverflow.Ellipsis)
                },
                navigationIcon = { onBack?.let { BackButton(it) } },
                actions = actions,
            )
        },
        bottomBar = bottomBar,
    ) { inner ->
        Column(
            modifier =
                Modifier
                    .fillMaxSize()
                    .padding(inner)
                    .imePadding()
                    .verticalScroll(rememberScrollState())
                    .padding(horizontal = 16.dp)
                    .padding(bottom = 24.dp),
            verticalArrangement = Arrangement.spacedBy(12.dp),
            content = content,
        )
    }
}

@Composable
private fun BackButton(onBack: () -> Unit) {
    IconButton(onClick = onBack) {
        Icon(painterResource(R.drawable.ic_back), stringResource(R.string.back))
    }
}

/** What a screen shows in each of its states; [content] only for what is there. */
@Composable
fun <T> ColumnScope.Shown(
    state: ScreenState<T>,
    content: @Composable ColumnScope.(T) -> Unit,
) {
    when (state) {
        is ScreenState.Loading -> Text(stringResource(R.string.loading), color = MaterialTheme.colorScheme.onSurfaceVariant)
        is ScreenState.Failed -> Told(state.problem)
        is ScreenState.Shown -> content(state.content)
    }
}

/** What didn't work, and what to do; nothing where all did. */
@Composable
fun Told(problem: Problem?) {
    problem ?: return
    Panel(container = MaterialTheme.colorScheme.errorContainer, modifier = Modifier.fillMaxWidth()) {
        Text(stringResource(problem.words), color = MaterialTheme.colorScheme.onErrorContainer)
    }
}

private val Problem.words: Int
    get() =
        when (this) {
            Problem.INPUT_EMPTY -> R.string.problem_input_empty
            Problem.INPUT_TOO_LONG -> R.string.problem_input_too_long
            Problem.INPUT_OTHER -> R.string.problem_input_other
            Problem.NOT_ALLOWED -> R.string.problem_not_allowed
            Problem.ADULTS_ONLY -> R.string.problem_adults_only
            Problem.GONE -> R.string.problem_gone
            Problem.DISK_FULL -> R.string.problem_disk_full
            Problem.PHONE_LOCKED -> R.string.problem_phone_locked
            Problem.WRONG_KEY -> R.string.problem_wrong_key
            Problem.SECOND_COPY -> R.string.problem_second_copy
            Problem.DAMAGED -> R.string.problem_damaged
            Problem.APP_TOO_OLD -> R.string.problem_app_too_old
            Problem.BUSY -> R.string.problem_busy
            Problem.NOBODY_NEAR -> R.string.problem_nobody_near
            Problem.NOT_PAIRED -> R.string.problem_not_paired
            Problem.CODE_WRONG -> R.string.problem_code_wrong
            Problem.WORDS_DIFFER -> R.string.problem_words_differ
            Problem.DECLINED -> R.string.problem_declined
            Problem.NETWORK_CLOSED -> R.string.problem_network_closed
            Problem.OTHER -> R.string.problem_other
        }
