package org.kinweave.model

import java.time.Instant
import java.time.ZoneId
import java.time.ZoneOffset

private const val SECONDS_A_MINUTE = 60

/** With the offset there now: the core may be older than this phone, and not know the name. */
internal fun ZoneId.toParts(): ZoneParts = ZoneParts(id, rules.getOffset(Instant.now()).totalSeconds / SECONDS_A_MINUTE)

internal fun ZoneParts.toZoneId(): ZoneId =
    runCatching { ZoneId.of(name) }.getOrNull() ?: ZoneOffset.ofTotalSeconds((offsetMinutes ?: 0) * SECONDS_A_MINUTE)
