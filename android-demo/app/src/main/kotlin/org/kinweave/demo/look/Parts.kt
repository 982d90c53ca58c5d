package org.kinweave.demo.look

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Button
import androidx.compose.material3.Card
import androidx.compose.material3.CardDefaults
import androidx.compose.material3.FilterChip
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp

/** The least that a finger finds. */
private val TOUCH = 48.dp

@Composable
fun Section(title: String) {
    Text(
        title,
        modifier = Modifier.padding(top = 8.dp).semantics { heading() },
        style = MaterialTheme.typography.titleMedium,
        color = MaterialTheme.colorScheme.primary,
    )
}

@Composable
fun Panel(
    modifier: Modifier = Modifier,
    container: Color = MaterialTheme.colorScheme.surfaceContainerLow,
    onClick: (() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    val colors = CardDefaults.cardColors(containerColor = container)
    val inside: @Composable ColumnScope.() -> Unit = {
        Column(Modifier.padding(16.dp), verticalArrangement = Arrangement.spacedBy(8.dp), content = content)
    }
    if (onClick == null) {
        Card(modifier.fillMaxWidth(), colors = colors, content = inside)
    } else {
        Card(onClick, modifier.fillMaxWidth().heightIn(min = TOUCH), colors = colors, content = inside)
    }
}

@Composable
fun Headline(text: String) = Text(text, style = MaterialTheme.typography.titleLarge)

@Composable
fun Body(text: String) = Text(text, style = MaterialTheme.typography.bodyLarge)

/** Less loud than the rest: who, when, why. */
@Composable
fun Quiet(text: String) = Text(text, style = MaterialTheme.typography.bodyMedium, color = MaterialTheme.colorScheme.onSurfaceVariant)

/** The one thing that a screen is for. */
@Composable
fun MainButton(
    text: String,
    enabled: Boolean = true,
    onClick: () -> Unit,
) {
    Button(onClick, Modifier.fillMaxWidth().heightIn(min = TOUCH), enabled = enabled) { Text(text) }
}

@Composable
fun OtherButton(
    text: String,
    enabled: Boolean = true,
    onClick: () -> Unit,
) {
    OutlinedButton(onClick, Modifier.heightIn(min = TOUCH), enabled = enabled) { Text(text) }
}

@Composable
fun QuietButton(
    text: String,
    onClick: () -> Unit,
) {
    TextButton(onClick, Modifier.heightIn(min = TOUCH)) { Text(text) }
}

/** Buttons beside each other, or below where there is no room. */
@Composable
fun Buttons(content: @Composable () -> Unit) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(4.dp),
    ) { content() }
}

/** One of several, each with its word. */
@Composable
fun <T> Choices(
    options: List<Pair<T, String>>,
    chosen: T?,
    onChoose: (T) -> Unit,
) = Chips(options, isChosen = { it == chosen }, onChoose)

/** Any number of several. */
@Composable
fun <T> ManyChoices(
    options: List<Pair<T, String>>,
    chosen: Set<T>,
    onChange: (Set<T>) -> Unit,
) = Chips(options, isChosen = { it in chosen }, { onChange(if (it in chosen) chosen - it else chosen + it) })

@Composable
private fun <T> Chips(
    options: List<Pair<T, String>>,
    isChosen: (T) -> Boolean,
    onChoose: (T) -> Unit,
) {
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        options.forEach { (option, words) ->
            FilterChip(
                selected = isChosen(option),
                onClick = { onChoose(option) },
                label = { Text(words, Modifier.padding(vertical = 8.dp)) },
                modifier = Modifier.heightIn(min = TOUCH),
            )
        }
    }
}

@Composable
fun Field(
    label: String,
    value: String,
    lines: Int = 1,
    onChange: (String) -> Unit,
) {
    OutlinedTextField(
        value = value,
        onValueChange = onChange,
        label = { Text(label) },
        singleLine = lines == 1,
        minLines = lines,
        modifier = Modifier.fillMaxWidth(),
    )
}
