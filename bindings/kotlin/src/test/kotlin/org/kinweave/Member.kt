package org.kinweave

import kotlinx.coroutines.runBlocking
import org.kinweave.model.Body
import org.kinweave.model.DeviceKey
import org.kinweave.model.Encouragement
import org.kinweave.model.EncouragementKind
import org.kinweave.model.Endpoint
import org.kinweave.model.Invitation
import org.kinweave.model.ListQuery
import org.kinweave.model.PairingStep
import org.kinweave.model.RecordKind
import org.kinweave.model.Role
import org.kinweave.model.ShareWith
import java.io.File
import java.time.ZoneId

/** One phone of a circle, told line by line what to do; the twin of `tests/src/bin/member.rs`. */
private class Member {
    private lateinit var home: Kinweave
    private lateinit var pairing: Pairing

    suspend fun obey(words: List<String>): String {
        when (words[0]) {
            "open" -> home = Kinweave.open(File(words[1]), Drawer(), ZoneId.of("America/New_York"))
            "create" -> home.createCircle(words[1], words[2])
            "invite" -> {
                pairing = home.invite(Invitation.NewMember(Role.Member, null), anywhere)
                return pairing.code()!!
            }
            "join" -> pairing = home.join(words[1], words[2])
            "words" -> return (pairing.next(PATIENCE_MS) as PairingStep.Words).words.joinToString(" ")
            "confirm" -> pairing.confirmWords(true)
            "accept" -> {
                pairing.next(PATIENCE_MS) as PairingStep.Here
                pairing.accept()
            }
            "done" -> pairing.next(PATIENCE_MS) as PairingStep.Done
            "device" -> return home.circle().device.text
            "listen" -> return home.listen(anywhere).let { "${it.ip}:${it.port}" }
            "meet" -> {
                val (ip, port) = words[2].split(":")
                return home.meet(DeviceKey(words[1]), Endpoint(ip, port.toUShort())).equal.toString()
            }
            "write" -> home.add(note(words[1]), ShareWith.Everyone)
            "read" -> {
                val records = home.list(ListQuery(kinds = listOf(RecordKind.ENCOURAGEMENT))).records
                return records.map { (it.body as Body.Encouragement).body.text }.sorted().joinToString(",")
            }
            "quit" -> home.close()
            else -> error("no such command")
        }
        return ""
    }

    private fun note(text: String) =
        Body.Encouragement(Encouragement(text = text, encouragementKind = EncouragementKind.ENCOURAGEMENT))
}

internal fun main() =
    runBlocking {
        val member = Member()
        for (line in generateSequence(::readlnOrNull)) {
            val words = line.split(" ")
            val answer = runCatching { member.obey(words) }
            println(answer.fold({ "ok $it".trimEnd() }, { "error $it" }))
            System.out.flush()
            if (words[0] == "quit") break
        }
    }
