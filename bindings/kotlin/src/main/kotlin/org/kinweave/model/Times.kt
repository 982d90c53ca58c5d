package org.kinweave.model

import java.time.Duration
import java.time.Instant

private const val SECONDS_A_MINUTE = 60L

/** When it was made, says its author: to the minute, and only for a list's natural order. */
public val Record.madeAt: Instant
    get() = Instant.ofEpochSecond(wall * SECONDS_A_MINUTE)

/** When it was done, says its author; only making a record has a time. */
public val HistoryStep.doneAt: Instant?
    get() = at?.let { Instant.ofEpochSecond(it * SECONDS_A_MINUTE) }

/** When it was removed. */
public val TrashItem.removedAt: Instant
    get() = Instant.ofEpochMilli(removedAtMs)

/** Until when it can be brought back. */
public val TrashItem.until: Instant
    get() = Instant.ofEpochMilli(untilMs)

/** When both phones last held the same; none if they never met. */
public val PeerStatus.comparedAt: Instant?
    get() = comparedAtMs?.let(Instant::ofEpochMilli)

/** When both phones last held the same of this audience; none if they never did. */
public val AudienceStatus.comparedAt: Instant?
    get() = comparedAtMs?.let(Instant::ofEpochMilli)

/** How long the meeting took. */
public val Meeting.duration: Duration
    get() = Duration.ofMillis(durationMs.toLong())
