package org.kinweave

import com.sun.jna.CallbackThreadInitializer
import com.sun.jna.Native
import kotlinx.coroutines.runBlocking
import org.kinweave.model.Body
import org.kinweave.model.KeyStore
import org.kinweave.model.Language
import org.kinweave.model.LogSink
import org.kinweave.model.NewRecord
import org.kinweave.model.Record
import org.kinweave.model.RecordId
import org.kinweave.model.ShareWith
import java.io.File
import java.time.ZoneId

/**
 * A home: one family's records on this device. Begin with [open].
 *
 * **Threads.** Every suspending method may be called from any dispatcher, the main one too: the work is done by threads of the
 * library's own. A call that is cancelled has happened whole or not at all. The app's own code, such as an [Observer], is
 * called from one thread of the home's, one call after the other.
 *
 * **Crashes.** What a writing method has answered is on the disk. Connections, listening ports and pairing codes don't
 * survive; open them again.
 *
 * **Errors.** Every method throws a [org.kinweave.model.KinweaveException], whose subclasses say what the app should do.
 */
public class Kinweave private constructor(
    private val handle: KinweaveHandle,
) : KinweaveHandleInterface by handle,
    AutoCloseable {
    /**
     * Ends it, and waits for that; [shutDown] does the same and suspends. Idempotent. Every later call throws
     * [org.kinweave.model.KinweaveException.Closed].
     */
    override fun close(): Unit = runBlocking { shutDown() }

    /** Makes a record, shared as its kind usually is unless [with] says otherwise. See [KinweaveHandleInterface.add]. */
    public suspend fun add(
        body: Body,
        with: ShareWith = ShareWith.Default,
        about: RecordId? = null,
    ): Record = add(NewRecord(body = body, with = with, about = about))

    public companion object {
        init {
            // JNA would otherwise make each thread of the core's known to the JVM for every single call, and forget it after:
            // the larger part of what an asynchronous call costs.
            Native.setCallbackThreadInitializer(
                uniffiRustFutureContinuationCallbackImpl,
                CallbackThreadInitializer(true, false, "kinweave-answers"),
            )
        }

        /**
         * Opens the home in [directory], or makes one there. One process may have a home at a time.
         *
         * The home's key is drawn when it is made, and kept by [keyStore] alone: whoever loses it loses the home.
         *
         * @param directory the app's own, in no backup; it is made so that only its owner can enter
         * @param zone the zone in which the owner of this phone counts days; see [setZone] for when it changes
         * @param language the language of the words that the home answers with; none is English
         * @param log where lines for developers go; none has a name, a key or a word that somebody wrote
         * @param clock another clock than the device's, for tests and previews
         * @throws org.kinweave.model.KinweaveException.Busy while another process has the home
         * @throws org.kinweave.model.KinweaveException.WrongKey also if [keyStore] has none for a home that is there
         */
        public suspend fun open(
            directory: File,
            keyStore: KeyStore,
            zone: ZoneId = ZoneId.systemDefault(),
            language: Language? = null,
            log: LogSink? = null,
            clock: SettableClock? = null,
        ): Kinweave {
            val options = OpenOptions(directory.path, zone, language, log, clock)
            return Kinweave(openHome(options, keyStore))
        }
    }
}
