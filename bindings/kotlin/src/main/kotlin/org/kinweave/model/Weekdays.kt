package org.kinweave.model

import java.time.DayOfWeek

/** The same day in `java.time`'s words. */
public val Weekday.dayOfWeek: DayOfWeek
    get() =
        when (this) {
            Weekday.MON -> DayOfWeek.MONDAY
            Weekday.TUE -> DayOfWeek.TUESDAY
            Weekday.WED -> DayOfWeek.WEDNESDAY
            Weekday.THU -> DayOfWeek.THURSDAY
            Weekday.FRI -> DayOfWeek.FRIDAY
            Weekday.SAT -> DayOfWeek.SATURDAY
            Weekday.SUN -> DayOfWeek.SUNDAY
        }

/** The same day in a record's words. */
public val DayOfWeek.weekday: Weekday
    get() =
        when (this) {
            DayOfWeek.MONDAY -> Weekday.MON
            DayOfWeek.TUESDAY -> Weekday.TUE
            DayOfWeek.WEDNESDAY -> Weekday.WED
            DayOfWeek.THURSDAY -> Weekday.THU
            DayOfWeek.FRIDAY -> Weekday.FRI
            DayOfWeek.SATURDAY -> Weekday.SAT
            DayOfWeek.SUNDAY -> Weekday.SUN
        }
