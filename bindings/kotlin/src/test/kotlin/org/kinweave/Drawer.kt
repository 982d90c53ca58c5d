package org.kinweave

import org.kinweave.model.KeyStore
import org.kinweave.model.KinweaveException

/** A key store in memory, which can be locked, as a phone's is before it is first unlocked. */
internal class Drawer : KeyStore {
    var key: ByteArray? = null
    var problem: Exception? = null

    override fun load(): ByteArray? {
        problem?.let { throw it }
        return key
    }

    override fun save(key: ByteArray) {
        problem?.let { throw it }
        this.key = key
    }

    companion object {
        val locked = KinweaveException.StorageUnavailable()
    }
}
