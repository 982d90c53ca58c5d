package org.kinweave.model

import java.time.Instant
import java.time.LocalDateTime
import java.time.ZoneId
import java.time.ZoneOffset
import java.time.ZonedDateTime

/**
 * A date and hour on the wall somewhere, and where that is.
 *
 * It isn't a [ZonedDateTime]: a phone whose time zones are older may not know the [zone], and must give it back unchanged all
 * the same.
 *
 * @property local the date and hour there, to the minute
 * @property offset the offset that was valid there then; none lets the zone say, of an hour that comes twice the first
 * @property zone the zone's IANA name, such as `America/New_York`
 */
public data class ZonedTime(
    public val local: LocalDateTime,
    public val zone: String,
    public val offset: ZoneOffset? = null,
) {
    /** The same hour in `java.time`'s words; where this phone doesn't know the zone, with the offset instead of it. */
    public fun toZonedDateTime(): ZonedDateTime {
        val known = runCatching { ZoneId.of(zone) }.getOrNull()
        return when {
            known != null -> ZonedDateTime.ofLocal(local, known, offset)
            else -> ZonedDateTime.of(local, offset ?: ZoneOffset.UTC)
        }
    }

    /** The instant: by the [offset], whatever this phone's rules say of the [zone]; without one, by them. */
    public fun toInstant(): Instant = offset?.let { local.toInstant(it) } ?: toZonedDateTime().toInstant()

    internal fun toParts(): ZonedTimeParts =
        ZonedTimeParts(
            localSeconds = local.toEpochSecond(ZoneOffset.UTC),
            offsetMinutes = offset?.let { it.totalSeconds / SECONDS_A_MINUTE },
            zone = zone,
        )

    public companion object {
        private const val SECONDS_A_MINUTE = 60

        /** The same hour, to the minute. [time] must have a zone with a name, not just an offset. */
        public fun of(time: ZonedDateTime): ZonedTime {
            val local = time.toLocalDateTime().withSecond(0).withNano(0)
            return ZonedTime(local, time.zone.id, time.offset)
        }

        internal fun of(parts: ZonedTimeParts): ZonedTime =
            ZonedTime(
                local = LocalDateTime.ofEpochSecond(parts.localSeconds, 0, ZoneOffset.UTC),
                zone = parts.zone,
                offset = parts.offsetMinutes?.let { ZoneOffset.ofTotalSeconds(it * SECONDS_A_MINUTE) },
            )
    }
}
