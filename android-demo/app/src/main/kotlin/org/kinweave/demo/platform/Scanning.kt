package org.kinweave.demo.platform

import android.app.Activity
import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import androidx.activity.compose.rememberLauncherForActivityResult
import androidx.activity.result.contract.ActivityResultContract
import androidx.compose.runtime.Composable

/** Reads a code with an app that can, so that this one needs no camera. */
private object ReadCode : ActivityResultContract<Unit, String?>() {
    override fun createIntent(
        context: Context,
        input: Unit,
    ): Intent = Intent("com.google.zxing.client.android.SCAN").putExtra("SCAN_MODE", "QR_CODE_MODE")

    override fun parseResult(
        resultCode: Int,
        intent: Intent?,
    ): String? = intent?.getStringExtra("SCAN_RESULT")?.takeIf { resultCode == Activity.RESULT_OK }
}

/** Answers with what starts the scanner; that answers whether there is one. */
@Composable
fun rememberScanner(onCode: (String) -> Unit): () -> Boolean {
    val launcher = rememberLauncherForActivityResult(ReadCode) { code -> code?.let(onCode) }
    return {
        try {
            launcher.launch(Unit)
            true
        } catch (_: ActivityNotFoundException) {
            false
        }
    }
}
