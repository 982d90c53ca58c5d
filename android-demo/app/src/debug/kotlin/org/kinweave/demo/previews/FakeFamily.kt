package org.kinweave.demo.previews

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.map
import kotlinx.coroutines.flow.update
import org.kinweave.demo.family.CardDraft
import org.kinweave.demo.family.Celebrating
import org.kinweave.demo.family.CelebrationDraft
import org.kinweave.demo.family.CheckInDraft
import org.kinweave.demo.family.Choice
import org.kinweave.demo.family.EncouragementDraft
import org.kinweave.demo.family.Family
import org.kinweave.demo.family.FamilyException
import org.kinweave.demo.family.MilestoneRef
import org.kinweave.demo.family.Newcomer
import org.kinweave.demo.family.Pairing
import org.kinweave.demo.family.Problem
import org.kinweave.demo.family.PromiseDraft
import org.kinweave.demo.family.PromiseWord
import org.kinweave.demo.family.Reply
import org.kinweave.demo.family.SetbackDraft
import org.kinweave.demo.family.SetbackNote
import org.kinweave.demo.family.Stage
import java.time.LocalDate
import java.time.LocalDateTime

/**
 * A family that is made up, for previews and for tests of a screen: it answers what it was given, and writes down what it was
 * asked to do.
 */
class FakeFamily(
    var answers: Answers = Answers(),
) : Family {
    private val done = mutableListOf<String>()
    private val rings = MutableStateFlow(0)

    /** What was done, in order. */
    val deeds: List<String> get() = done

    /** While it is set, everything comes to nothing for this reason. */
    var problem: Problem? = null

    /** Something is new. */
    fun ring() = rings.update { it + 1 }

    override val changes: Flow<Unit> = rings.map { }

    override val date: LocalDate get() = answers.today.date

    override suspend fun circle() = answer(answers.circle)

    override suspend fun today() = answer(answers.today)

    override suspend fun checkIns() = answer(answers.checkIns)

    override suspend fun promises() = answer(answers.promises)

    override suspend fun encouragements() = answer(answers.encouragements)

    override suspend fun celebrations() = answer(answers.celebrations)

    override suspend fun days() = answer(answers.days)

    override suspend fun guidance() = answer(answers.guidance)

    override suspend fun setbacks() = answer(emptyList<SetbackNote>())

    override suspend fun journal() = answer(answers.journal)

    override suspend fun people() = answer(answers.people)

    override suspend fun history(record: String) = answer(answers.history)

    override suspend fun settings() = answer(answers.settings)

    override suspend fun createCircle(
        name: String,
        myName: String,
    ) = note("createCircle $name $myName")

    override suspend fun markSeen() = note("markSeen")

    override suspend fun keepMilestone(
        milestone: MilestoneRef,
        share: Boolean,
    ) = note("keepMilestone ${milestone.title} $share")

    override suspend fun approve(admission: String) = note("approve $admission")

    override suspend fun checkIn(draft: CheckInDraft) = note("checkIn ${draft.mood}")

    override suspend fun promise(draft: PromiseDraft) = note("promise ${draft.title}")

    override suspend fun tellPromise(
        promise: String,
        dueOn: LocalDate,
        word: PromiseWord,
    ) = note("tellPromise $promise $dueOn $word")

    override suspend fun bearWitness(promise: String) = note("bearWitness $promise")

    override suspend fun encourage(draft: EncouragementDraft) = note("encourage ${draft.text}")

    override suspend fun setHeart(
        encouragement: String,
        on: Boolean,
    ) = note("setHeart $encouragement $on")

    override suspend fun celebrate(draft: CelebrationDraft) = note("celebrate ${draft.title}")

    override suspend fun plan(
        celebration: Celebrating,
        place: String,
        at: LocalDateTime?,
    ) = note("plan ${celebration.record} ${celebration.version} $place $at")

    override suspend fun answer(
        celebration: String,
        answer: Reply,
    ) = note("answer $celebration $answer")

    override suspend fun tellCelebrated(celebration: String) = note("tellCelebrated $celebration")

    override suspend fun settle(
        record: String,
        field: String,
        choice: Choice,
    ) = note("settle $record $field $choice")

    override suspend fun startCounting(from: LocalDate) = note("startCounting $from")

    override suspend fun publishCard(draft: CardDraft) = note("publishCard ${draft.way}")

    override suspend fun setback(draft: SetbackDraft) = note("setback ${draft.sort}")

    override suspend fun write(text: String) = note("write $text")

    override suspend fun goOnHere() = note("goOnHere")

    override suspend fun meetNow(): Int {
        note("meetNow")
        return answers.people.phones.count { it.isNear }
    }

    override suspend fun invite(who: Newcomer): Pairing {
        note("invite $who")
        return FakePairing("a code", answers.stages)
    }

    override suspend fun join(
        code: String,
        myName: String,
    ): Pairing {
        note("join $code $myName")
        return FakePairing(null, answers.stages)
    }

    override suspend fun remove(record: String) = note("remove $record")

    override suspend fun setLanguage(tag: String) = note("setLanguage $tag")

    private fun <T> answer(it: T): T {
        problem?.let { throw FamilyException(it, null) }
        return it
    }

    private fun note(deed: String) {
        done += answer(deed)
    }
}

/** Two made-up phones: one stage after the other, and the words differ where somebody says so. */
private class FakePairing(
    override val code: String?,
    stages: List<Stage>,
) : Pairing {
    private val coming = ArrayDeque(stages)

    override suspend fun next(): Stage = coming.removeFirstOrNull() ?: throw FamilyException(Problem.CODE_WRONG, null)

    override suspend fun confirmWords(same: Boolean) {
        if (!same) throw FamilyException(Problem.WORDS_DIFFER, null)
    }

    override suspend fun accept() = Unit

    override suspend fun decline() = Unit
}
