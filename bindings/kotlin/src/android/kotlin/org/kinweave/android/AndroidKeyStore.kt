package org.kinweave.android

import android.content.Context
import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import android.util.AtomicFile
import org.kinweave.model.KeyStore
import org.kinweave.model.KinweaveException
import java.io.File
import java.io.IOException
import java.security.GeneralSecurityException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec
import java.security.KeyStore as JavaKeyStore

/**
 * A home's key in a file that only this phone can read: it is encrypted with a key that never leaves Android's key store. The
 * file is in no backup, since it would open nothing on another phone.
 *
 * @param name another one for each home of the app
 */
public class AndroidKeyStore(
    context: Context,
    private val name: String = "kinweave",
) : KeyStore {
    private val file = AtomicFile(File(context.noBackupFilesDir, "$name.key"))

    /** @throws KinweaveException.WrongKey if the file is there and what encrypted it is not */
    override fun load(): ByteArray? {
        if (!file.baseFile.exists()) return null
        val bytes = reaching { file.readFully() }
        val wrapping = reaching { wrappingKey() } ?: throw KinweaveException.WrongKey()
        return reaching {
            val cipher = Cipher.getInstance(CIPHER)
            cipher.init(Cipher.DECRYPT_MODE, wrapping, GCMParameterSpec(TAG_BITS, bytes, 0, NONCE_BYTES))
            cipher.doFinal(bytes, NONCE_BYTES, bytes.size - NONCE_BYTES)
        }
    }

    override fun save(key: ByteArray): Unit =
        reaching {
            val cipher = Cipher.getInstance(CIPHER)
            cipher.init(Cipher.ENCRYPT_MODE, wrappingKey() ?: makeWrappingKey())
            val encrypted = cipher.doFinal(key)
            check(cipher.iv.size == NONCE_BYTES)
            val stream = file.startWrite()
            try {
                stream.write(cipher.iv + encrypted)
                file.finishWrite(stream)
            } catch (error: IOException) {
                file.failWrite(stream)
                throw error
            }
        }

    private fun wrappingKey(): SecretKey? {
        val keys = JavaKeyStore.getInstance(PROVIDER)
        keys.load(null)
        return keys.getKey(name, null) as SecretKey?
    }

    private fun makeWrappingKey(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec
                .Builder(name, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(KEY_BITS)
                .build()
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, PROVIDER)
        generator.init(spec)
        return generator.generateKey()
    }

    /** Before a phone is first unlocked neither files nor keys can be read, which passes. */
    private fun <T> reaching(work: () -> T): T =
        try {
            work()
        } catch (_: IOException) {
            throw KinweaveException.StorageUnavailable()
        } catch (_: GeneralSecurityException) {
            throw KinweaveException.StorageUnavailable()
        }

    private companion object {
        const val PROVIDER = "AndroidKeyStore"
        const val CIPHER = "AES/GCM/NoPadding"
        const val KEY_BITS = 256
        const val TAG_BITS = 128
        const val NONCE_BYTES = 12
    }
}
