package org.kinweave.demo.family.core

import org.kinweave.Kinweave
import org.kinweave.demo.family.Circle
import org.kinweave.demo.family.Device
import org.kinweave.demo.family.People
import org.kinweave.demo.family.Phone
import org.kinweave.demo.family.Settings
import org.kinweave.model.MemberId
import org.kinweave.model.PeerStatus
import org.kinweave.parts
import java.time.Instant
import java.time.ZoneId

/** The circle's phones and what this one stores, read from the core. */
internal class CorePhones(
    private val home: Kinweave,
    private val speech: Speech,
) {
    suspend fun people(
        circle: Circle,
        names: Map<MemberId, String>,
        zone: ZoneId,
    ): People {
        val devices = home.devices().associateBy { it.device }
        val near = home.nearby().map { it.device }.toSet()
        val phones =
            home.status().map { Phone(names[it.member].orEmpty(), devices[it.device]?.nickname, it.device in near, standing(it, zone)) }
        return People(circle, phones.sortedBy { it.who }, hasSecondCopy = home.secondCopy() != null)
    }

    private fun standing(
        status: PeerStatus,
        zone: ZoneId,
    ): String {
        val whenMs = status.comparedAtMs ?: return speech.say("sync.not_seen_yet")
        val ahead = status.audiences.sumOf { it.ahead.toLong() }
        if (ahead > 0) return speech.counted("sync.on_their_way", ahead)
        val on =
            Instant
                .ofEpochMilli(whenMs)
                .atZone(zone)
                .toLocalDate()
        return speech.say("sync.up_to_date", "date" to speech.dateText(on))
    }

    suspend fun settings(names: Map<MemberId, String>): Settings {
        val use = home.storage()
        val devices = home.devices().map { Device(names[it.member].orEmpty(), it.nickname, it.isThis) }
        return Settings(devices, use.databaseBytes.toLong(), use.trashBytes.toLong(), parts().kinweave)
    }
}
