package org.kinweave.demo.look

import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import androidx.compose.ui.res.stringResource
import org.kinweave.demo.R
import java.time.LocalDate

/** A day that is picked in a calendar. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
fun DateField(
    label: String,
    date: LocalDate,
    onChange: (LocalDate) -> Unit,
) {
    var isOpen by rememberSaveable { mutableStateOf(false) }
    Quiet(label)
    OtherButton(dateText(date)) { isOpen = true }
    if (!isOpen) return
    val picker = rememberDatePickerState(initialSelectedDateMillis = date.toEpochDay() * DAY_MS)
    DatePickerDialog(
        onDismissRequest = { isOpen = false },
        confirmButton = {
            QuietButton(stringResource(R.string.choose)) {
                picker.selectedDateMillis?.let { onChange(LocalDate.ofEpochDay(Math.floorDiv(it, DAY_MS))) }
                isOpen = false
            }
        },
        dismissButton = { QuietButton(stringResource(R.string.cancel)) { isOpen = false } },
    ) { DatePicker(picker) }
}

private const val DAY_MS = 86_400_000L
