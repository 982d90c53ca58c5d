package org.kinweave.demo.look

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.TimeInput
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.kinweave.demo.R
import java.time.LocalTime

/** An hour that is typed. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun TimeField(
    label: String,
    time: LocalTime,
    onChange: (LocalTime) -> Unit,
) {
    var isOpen by rememberSaveable { mutableStateOf(false) }
    Quiet(label)
    OtherButton(timeText(time)) { isOpen = true }
    if (!isOpen) return
    val picker = rememberTimePickerState(time.hour, time.minute)
    AlertDialog(
        onDismissRequest = { isOpen = false },
        confirmButton = {
            QuietButton(stringResource(R.string.choose)) {
                onChange(LocalTime.of(picker.hour, picker.minute))
                isOpen = false
            }
        },
        dismissButton = { QuietButton(stringResource(R.string.cancel)) { isOpen = false } },
        text = { TimeInput(picker) },
    )
}
