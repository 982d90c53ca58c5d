package org.kinweave.demo.look

import androidx.compose.runtime.Composable
import androidx.compose.ui.res.stringResource
import org.kinweave.demo.R
import org.kinweave.demo.family.Field

/** A field of a record, as people call it. */
@Composable
fun fieldText(field: Field): String =
    stringResource(
        when (field) {
            Field.PLACE -> R.string.field_place
            Field.AT -> R.string.field_at
            Field.IDEA -> R.string.field_idea
            Field.TEXT -> R.string.field_text
            Field.TITLE -> R.string.field_title
            Field.NOTE -> R.string.field_note
            Field.MOOD -> R.string.field_mood
            Field.NAME -> R.string.field_name
            Field.OTHER -> R.string.field_other
        },
    )
