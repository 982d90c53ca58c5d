package org.kinweave.demo.family.core

import org.kinweave.demo.family.Change
import org.kinweave.demo.family.Field
import org.kinweave.languageOfTag
import org.kinweave.model.FieldChange
import org.kinweave.model.FieldValue
import org.kinweave.model.Language
import org.kinweave.phrase
import java.time.LocalDate
import java.time.LocalTime
import java.time.format.DateTimeFormatter
import java.time.format.FormatStyle
import java.util.Locale

/**
 * What the core says, in the language of this phone's owner.
 *
 * @property tag the language, as a tag of BCP 47
 */
internal class Speech(
    var tag: String,
) {
    val language: Language get() = languageOfTag(tag) ?: Language.EN
    private val locale: Locale get() = Locale.forLanguageTag(tag)

    fun say(
        key: String,
        vararg arguments: Pair<String, String>,
    ): String = phrase(language, key, mapOf(*arguments)).orEmpty()

    fun counted(
        key: String,
        count: Long,
    ): String = say(key, "count" to count.toString())

    /** A preset has a name in every language; what somebody typed is what it is. */
    fun ideaOf(idea: String): String = phrase(language, "idea.$idea", emptyMap()) ?: idea

    fun dateText(date: LocalDate): String = date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale))

    fun shown(value: FieldValue): String =
        when (value) {
            is FieldValue.Nothing -> ""
            is FieldValue.Flag -> if (value.value) say("rsvp.yes") else say("rsvp.no")
            is FieldValue.Whole -> value.value.toString()
            is FieldValue.Fraction -> value.value.toString()
            is FieldValue.Text -> value.value
            is FieldValue.Day -> dateText(value.value)
            is FieldValue.Time -> "${dateText(value.value.local.toLocalDate())} ${timeText(value.value.local.toLocalTime())}"
            is FieldValue.Several -> value.values.joinToString { shown(it) }
            is FieldValue.Fields -> value.values.values.joinToString { shown(it) }
        }

    /** What somebody changed; none of what people have no name for. */
    fun changed(change: FieldChange): Change? {
        val field = fieldOf(change.field)
        if (field == Field.OTHER) return null
        val words = { value: FieldValue -> if (field == Field.IDEA) ideaOf(shown(value)) else shown(value) }
        return Change(field, change.from.map(words), words(change.to))
    }

    private fun timeText(time: LocalTime): String = time.format(DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(locale))
}

/** A field of a record, as people know it. */
internal fun fieldOf(name: String): Field =
    when (name) {
        "place" -> Field.PLACE
        "at", "on", "due_on", "open_on" -> Field.AT
        "idea" -> Field.IDEA
        "text" -> Field.TEXT
        "title" -> Field.TITLE
        "note", "learned", "words" -> Field.NOTE
        "band" -> Field.MOOD
        "display_name", "name" -> Field.NAME
        else -> Field.OTHER
    }
